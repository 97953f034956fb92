import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSqlTarget } from '../../../src/targets/sql/create-sql-target.ts';
import type { Target } from '../../../src/targets/target.ts';
import { checkPassword, copyOf, lockOutContract, REHASH, targetContract } from '../../contract/target.ts';
import { freePort } from '../../support/database-server.ts';
import { sqlOptions } from '../../support/sql-target.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const usersWith = (columns: string) => `drop table if exists users; create table users (
  id int auto_increment primary key,
  external_id varchar(64) unique,
  ${columns}
)`;
const USERS = (collation: string) =>
  usersWith(`email varchar(190) collate ${collation} unique,
  name varchar(100),
  password_hash varchar(255),
  changed_at timestamp(6) not null default current_timestamp(6) on update current_timestamp(6)`);

async function rows(query: string): Promise<Record<string, unknown>[]> {
  const [result] = await database.admin.query(query);
  return result as Record<string, unknown>[];
}

describe.each(['utf8mb4_unicode_ci', 'utf8mb4_bin'])('A table with the collation %s', (collation) => {
  targetContract(async () => {
    await database.admin.query(USERS(collation));
    const url = await database.accountWith('SELECT, INSERT, UPDATE');
    const target = createSqlTarget('new', sqlOptions(url), checkPassword);
    return {
      target,
      people: async () =>
        (await rows(
          'select external_id as sub, email, name, password_hash as hash from users order by external_id',
        )) as never,
      addStranger: async (email) => {
        await database.admin.query('insert into users (email) values (?)', [email]);
      },
      fingerprint: () => rows('select * from users order by id'),
      close: () => target.close(),
    };
  });
});

describe('A table with a switch', () => {
  lockOutContract(async () => {
    await database.admin.query(
      usersWith(`email varchar(190) unique, name varchar(100), password_hash varchar(255),
        active tinyint not null default 1`),
    );
    const url = await database.accountWith('SELECT, INSERT, UPDATE, DELETE');
    const lockOut = { disable: { column: 'active', disabled: 0, enabled: 1 }, allowDelete: true };
    const target = createSqlTarget('new', sqlOptions(url, lockOut));
    return {
      target,
      standing: async () => {
        const people = await rows('select external_id, active from users order by external_id');
        return Object.fromEntries(people.map(({ external_id, active }) => [external_id, active === 1]));
      },
      close: () => target.close(),
    };
  });
});

async function withTarget<T>(
  use: (target: Target) => Promise<T>,
  changes: Record<string, unknown> = {},
  url?: string,
): Promise<T> {
  const target = createSqlTarget('new', sqlOptions(url ?? database.adminUrl, changes));
  try {
    return await use(target);
  } finally {
    await target.close();
  }
}
const ada = { email: 'ada@example.com', name: 'Ada Lovelace' };
const putAda = (target: Target) => target.put(copyOf('sub-a', ada, REHASH));

describe('A table of MySQL or MariaDB', () => {
  beforeEach(() => database.admin.query(USERS('utf8mb4_unicode_ci')));

  test.each([
    ['password_hash varchar(60)', 'password_hash'],
    ['name varchar(5)', 'name'],
    ['name int', 'name'],
    ['name varchar(50) character set latin1', 'name'],
  ])('with %s refuses what does not fit, and names the column alone.', async (column, named) => {
    await database.admin.query(`alter table users modify ${column}`);
    const result = await withTarget((target) =>
      target.put(copyOf('sub-a', { ...ada, name: 'Ada 😀 Lovelace' }, REHASH)),
    );
    expect(result).toMatchObject({ kind: 'rejected', reason: expect.stringContaining(named) });
    expect(JSON.stringify(result)).not.toMatch(/Lovelace|argon2id|example/);
    expect(await rows('select * from users')).toEqual([]);
  });

  test('with a column that needs a value refuses people who lack it, and names it.', async () => {
    await database.admin.query('alter table users modify name varchar(50) not null');
    const result = await withTarget((target) => target.put(copyOf('sub-a', { email: 'ada@example.com' })));
    expect(result).toMatchObject({ kind: 'rejected', reason: expect.stringContaining('name') });
  });

  test('keeps its own default where a column cannot be null and the profile says nothing.', async () => {
    await database.admin.query(`alter table users modify name varchar(50) not null default 'nobody'`);
    await withTarget(async (target) => {
      await target.put(copyOf('sub-a', { email: 'ada@example.com' }));
      await target.put(copyOf('sub-a', { email: 'ada@example.com' }));
    });
    expect(await rows('select name from users')).toEqual([{ name: 'nobody' }]);
  });

  test('names the column behind a unique index that is violated.', async () => {
    await database.admin.query('alter table users add unique index an_index_of_names (name)');
    await database.admin.query(`insert into users (email, name) values ('x@example.com', 'Ada Lovelace')`);
    expect(await withTarget(putAda)).toEqual({
      kind: 'conflict',
      reason: 'Another row has the same value in name.',
    });
  });

  test('writes claims as its types have them, once.', async () => {
    await database.admin.query(
      usersWith(`email varchar(190) unique, password_hash varchar(255), verified tinyint(1), phone_ok bit(1),
        born date, changed datetime, seconds bigint, home text,
        stamp timestamp(6) not null default current_timestamp(6) on update current_timestamp(6)`),
    );
    const columns = {
      email: 'email',
      verified: 'email_verified',
      phone_ok: 'phone_number_verified',
      born: 'birthdate',
      changed: 'updated_at',
      seconds: 'updated_at',
      home: 'address',
    };
    const copy = copyOf('sub-a', {
      email: 'ada@example.com',
      email_verified: false,
      phone_number_verified: true,
      birthdate: '1815-12-10',
      updated_at: 1_700_000_000,
      address: { formatted: 'St James’s Square\nLondon' },
    });
    await withTarget(
      async (target) => {
        expect(await target.put(copy)).toEqual({ kind: 'created' });
        const [before] = await rows('select stamp from users');
        expect(await target.put(copy)).toEqual({ kind: 'updated' });
        expect(await rows('select stamp from users')).toEqual([before]);
      },
      { columns },
    );
    expect(
      await rows(`select verified, phone_ok + 0 as phone_ok, cast(born as char) as born,
        cast(changed as char) as changed, seconds, home from users`),
    ).toEqual([
      {
        verified: 0,
        phone_ok: 1,
        born: '1815-12-10',
        changed: '2023-11-14 22:13:20',
        seconds: 1_700_000_000,
        home: 'St James’s Square\nLondon',
      },
    ]);
  });

  test('whose row somebody holds is tried again, soon, and is no outage.', async () => {
    await withTarget(
      async (target) => {
        await putAda(target);
        await database.admin.query(`begin; update users set name = 'locked' where external_id = 'sub-a'`);
        const result = await target.put(copyOf('sub-a', { ...ada, name: 'A. L.' }));
        expect(result).toMatchObject({ kind: 'retry' });
        await database.admin.query('rollback');
      },
      { timeoutMs: 2_500 },
    );
  });

  test('with two rows that the collation takes for one person has neither of them changed.', async () => {
    await database.admin.query('alter table users drop index external_id, drop index email');
    await database.admin.query(
      `insert into users (external_id, name) values ('sub-a', 'one'), ('SUB-A', 'two')`,
    );
    expect(await withTarget(putAda)).toEqual({
      kind: 'conflict',
      reason: 'Another row has the same value in external_id.',
    });
    expect(await rows('select name from users order by id')).toEqual([{ name: 'one' }, { name: 'two' }]);
  });

  test('with one statement that hangs takes everybody else at once.', async () => {
    await withTarget(
      async (target) => {
        await putAda(target);
        await database.admin.query(
          'create trigger slow before update on users for each row set @slept = sleep(4)',
        );
        expect(await target.put(copyOf('sub-a', { ...ada, name: 'A. L.' }))).toMatchObject({
          kind: 'unavailable',
        });
        const began = performance.now();
        const other = copyOf('sub-b', { email: 'b@example.com' });
        expect(await target.put(other)).toEqual({ kind: 'created' });
        expect(performance.now() - began).toBeLessThan(2_000);
      },
      { timeoutMs: 500 },
    );
  });

  test('that hangs is an outage after its time, and is used again when it answers.', async () => {
    await withTarget(
      async (target) => {
        await putAda(target);
        await database.admin.query('lock tables users write');
        const result = await target.put(copyOf('sub-a', { ...ada, name: 'A. L.' }));
        await database.admin.query('unlock tables');
        expect(result).toMatchObject({ kind: 'unavailable' });
        expect(await target.put(copyOf('sub-a', { ...ada, name: 'A. L.' }))).toEqual({ kind: 'updated' });
      },
      { timeoutMs: 1_000 },
    );
  });

  test('survives that its connections are ended.', async () => {
    await withTarget(async (target) => {
      await putAda(target);
      const own = await rows(
        `select id from information_schema.processlist where db = '${database.name}' and id <> connection_id()`,
      );
      for (const { id } of own) await database.admin.query(`kill ${Number(id)}`);
      const first = await putAda(target);
      expect(['unavailable', 'updated']).toContain(first.kind);
      expect(await putAda(target)).toEqual({ kind: 'updated' });
    });
  });
});

describe('An unreachable database is an outage:', () => {
  const outage = (url: string) => withTarget(putAda, { timeoutMs: 500 }, url);
  const at = (port: number) => `mysql://root@127.0.0.1:${port}/x`;

  test('nobody listens.', async () => {
    expect(await outage(at(await freePort()))).toMatchObject({ kind: 'unavailable' });
  });

  test('somebody listens and says nothing.', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => silent.once('listening', done));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await outage(at(port))).toMatchObject({ kind: 'unavailable' });
    silent.close();
  });

  test('the password is wrong.', async () => {
    const url = new URL(await database.accountWith('SELECT'));
    url.password = 'wrong';
    const result = await outage(url.href);
    expect(result).toMatchObject({ kind: 'unavailable' });
    expect(JSON.stringify(result)).not.toContain(url.username);
  });

  test('the database, the table or the grant is missing.', async () => {
    const elsewhere = new URL(database.adminUrl);
    elsewhere.pathname = '/nowhere';
    expect(await outage(elsewhere.href)).toMatchObject({ kind: 'unavailable' });
    await database.admin.query('drop table if exists users');
    expect(await outage(database.adminUrl)).toMatchObject({ kind: 'unavailable' });
    await database.admin.query(USERS('utf8mb4_unicode_ci'));
    expect(await outage(await database.accountWith('SELECT'))).toMatchObject({ kind: 'unavailable' });
  });
});

describe('The check', () => {
  const faults = async (url?: string, changes = {}) =>
    withTarget(
      async (target) =>
        (await target.check())
          .filter(({ level }) => level !== 'ok')
          .map(({ level, about, remedy }) => [level, about, remedy]),
      changes,
      url,
    );

  test('finds grants that are missing, and changes nothing to find out.', async () => {
    await database.admin.query(USERS('utf8mb4_unicode_ci'));
    await database.admin.query(`insert into users (external_id, email) values ('x', 'x@example.com')`);
    const before = await rows('select * from users');
    expect(await faults(await database.accountWith('SELECT, INSERT'))).toEqual([
      ['error', 'targets.new.grants', expect.stringContaining('UPDATE')],
    ]);
    expect(await faults(await database.accountWith('SELECT, INSERT, UPDATE'))).toEqual([]);
    expect(await rows('select * from users')).toEqual(before);
  });

  test('finds a table that a copy would not fit.', async () => {
    await database.admin.query(
      `drop table if exists users; create table users (external_id varchar(64), email varchar(190),
        name varchar(100), password_hash varchar(60), tenant int not null)`,
    );
    expect(await faults()).toEqual([
      [
        'error',
        'targets.new.externalId',
        'CREATE UNIQUE INDEX users_external_id_unique ON users (external_id);',
      ],
      ['error', 'targets.new.password', 'ALTER TABLE users MODIFY password_hash VARCHAR(255);'],
      ['warning', 'targets.new.columns.email', expect.stringContaining('UNIQUE')],
      ['error', 'targets.new.columns.tenant', expect.stringContaining('Map a claim')],
    ]);
    expect(await faults(undefined, { columns: { nick: 'nickname' } })).toEqual([
      ['error', 'targets.new.columns.nick', expect.any(String)],
    ]);
  });

  test('says that the database cannot be reached.', async () => {
    expect(await faults(`mysql://root@127.0.0.1:${await freePort()}/x`)).toEqual([
      ['error', 'targets.new.url', undefined],
    ]);
  });
});

test('It foresees a value that is too long, one that is needed, and a taken index of its own, in the words of a refusal.', async () => {
  await database.admin.query(
    usersWith(`email varchar(20) unique, name varchar(10) not null, password_hash varchar(255),
      unique index by_name (name)`),
  );
  await database.admin.query("insert into users (email, name) values ('x@example.com', 'Taken')");
  await withTarget(async (target) => {
    for (const profile of [
      { email: 'somebody-with-a-long-address@example.com', name: 'Ann' },
      { email: 'ann@example.com' },
      { email: 'ann@example.com', name: 'taken' },
    ]) {
      const copy = copyOf('sub-a', profile, REHASH);
      const foreseen = await target.foresee?.(copy);
      const put = await target.put(copy);
      expect([foreseen?.kind, put.kind]).toEqual(
        profile.name === 'taken' ? ['conflict', 'conflict'] : ['rejected', 'rejected'],
      );
      expect(JSON.stringify(foreseen)).not.toContain(profile.email);
    }
  });
});

test('A table that is gone lets nobody be judged: neither a "no" nor a wrong password.', async () => {
  await database.admin.query('drop table if exists users');
  const target = createSqlTarget('new', sqlOptions(database.adminUrl), checkPassword);
  expect(await target.verify?.('sub-a', Buffer.from('x'))).toMatchObject({ kind: 'unavailable' });
  expect(await target.foresee?.(copyOf('sub-a', {}))).toMatchObject({ kind: 'unavailable' });
  await target.close();
});
