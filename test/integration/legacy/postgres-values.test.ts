import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LegacyId } from '../../../src/domain/ids.ts';
import { createPostgresDirectory } from '../../../src/legacy/postgres/create-postgres-directory.ts';
import { createPostgresTables } from '../../../src/legacy/postgres/create-postgres-tables.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { beUsersOptions, createBeUsersInPostgres } from '../../support/be-users.ts';
import { freePort } from '../../support/database-server.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

let server: PostgresServer;
let url: string;
beforeAll(async () => {
  server = await startPostgres({ timezone: 'Asia/Tashkent' });
  await createBeUsersInPostgres(server.run);
  await server.run('CREATE EXTENSION IF NOT EXISTS citext');
  await server.run("CREATE TYPE state AS ENUM ('on', 'off')");
  await server.run(`
    CREATE TABLE oddities (
      id uuid PRIMARY KEY, name citext UNIQUE, login_char char(20), nick text, "eMail" varchar(100), pw char(80),
      raw_pw bytea, confirmed boolean, state state, confirmed_at timestamptz, changed timestamp(6), number bigint,
      settings jsonb)`);
  await server.run('CREATE UNIQUE INDEX ON oddities (lower("eMail"))');
  await server.run(`
    INSERT INTO oddities VALUES
      ('0123abcd-0000-4000-8000-0123456789ab', 'José', 'fixed', 'nick', 'A@b.example', 'hash in CHAR',
        '\\x00ff10', true, 'on', '2023-11-15 03:13:20+05', '2023-11-15 03:13:20.789', 42, '{"a": 1}'),
      ('ffffffff-0000-4000-8000-0123456789ab', 'second', 'second', repeat('x', 100000), 'b@b.example', '',
        '\\x', false, 'off', 'infinity', '-infinity', NULL, NULL)`);
  url = await server.accountWith('SELECT');
});
afterAll(() => server?.stop());

const deps = { logger: createLogger('silent'), clock: systemClock };
const open = (changes: Record<string, unknown> = {}, to: string | string[] = url) =>
  createPostgresDirectory(
    beUsersOptions('postgres', to as string, {
      table: 'oddities',
      login: ['name'],
      password: { column: 'pw' },
      profile: {},
      updatedAt: undefined,
      ...changes,
    }),
    deps,
  );

async function find(name: string, changes: Record<string, unknown> = {}) {
  const directory = open(changes);
  const result = await directory.find(name);
  await directory.close();
  return result.kind === 'unavailable' ? (result.cause as Error).message : result;
}

test('Every type is read as it is meant.', async () => {
  const profile = {
    email: 'eMail',
    email_verified: 'confirmed',
    updated_at: 'confirmed_at',
    nickname: 'nick',
  };
  expect(await find('José', { profile, status: { column: 'state', active: ['on'] } })).toMatchObject({
    user: {
      id: '0123abcd-0000-4000-8000-0123456789ab',
      status: 'active',
      credential: { encoded: 'hash in CHAR' },
      profile: { email: 'A@b.example', email_verified: true, updated_at: 1_700_000_000 },
    },
  });
  expect(await find('second', { profile, status: { column: 'state', active: ['on'] } })).toMatchObject({
    user: { status: 'disabled', profile: { email: 'b@b.example', email_verified: false } },
  });
  expect(await find('José', { profile: { updated_at: 'changed' } })).toMatchObject({
    user: { profile: { updated_at: 1_700_000_000 } },
  });
  expect(await find('José', { password: { column: 'raw_pw' } })).toMatchObject({
    user: { credential: { encoded: '00ff10' } },
  });
});

test.each([
  ['citext', 'name', 'José', 'JOSÉ'],
  ['char(n)', 'login_char', 'fixed', 'FIXED'],
  ['text', 'nick', 'nick', 'Nick'],
  ['varchar in mixed case', 'email', 'A@b.example', 'a@B.EXAMPLE'],
])('A login column of %s is compared by the rule.', async (_, login, name, spelling) => {
  expect(await find(name, { login: [login] })).toMatchObject({ kind: 'found' });
  expect(await find(spelling, { login: [login] })).toEqual({ kind: 'none' });
  expect(await find(spelling, { login: [login], match: 'case-insensitive' })).toMatchObject({
    kind: 'found',
  });
  expect(await find(`${name} `, { login: [login] })).toEqual({ kind: 'none' });
});

test('A name that is none of the type of the column is nobody, and no fault.', async () => {
  for (const name of ['x', '1.5', '9223372036854775808', '-9223372036854775809', '٤٢', 'anna\0', '\ud800']) {
    for (const login of ['number', 'id', 'state', 'confirmed', 'confirmed_at', 'raw_pw', 'name']) {
      expect(await find(name, { login: [login] }), `${login}: ${JSON.stringify(name)}`).toEqual({
        kind: 'none',
      });
    }
  }
  expect(await find('42', { login: ['number'] })).toMatchObject({ kind: 'found' });
  expect(await find('on', { login: ['state'] })).toMatchObject({ kind: 'found' });
});

describe('A primary key', () => {
  test.each([
    ['uuid', ['00000000-0000-4000-8000-000000000001', 'ffffffff-0000-4000-8000-00000000000a'], ['1', 'x']],
    ['bigint', ['-5', '7', '9007199254740993', '9223372036854775807'], ['9223372036854775808', '7.0', '07']],
    ['smallint', ['-32768', '1', '32767'], ['32768', '99999999999']],
    ['numeric(30,2)', ['1.50', '2.00', '99999999999999999999.25'], ['1.5', '2', 'NaN']],
    ['citext', ['a', 'B', 'c d', 'é'], ['A', 'b']],
    ['text COLLATE "C"', ['a', 'B', 'c d', 'é', "o'b"], ['A', 'a ']],
    ['char(5)', ['a', 'B', 'c d'], ['A', 'a ']],
    ['date', ['1999-12-31', '2024-02-29'], ['31.12.1999', 'yesterday']],
  ])(
    'of %s finds its row, pages each row once, and knows nobody by another spelling.',
    async (type, keys, others) => {
      const table = `keys_${randomBytes(4).toString('hex')}`;
      await server.run(`CREATE TABLE ${table} (id ${type} PRIMARY KEY, name text, pw text, at timestamp)`);
      for (const key of keys) {
        await server.run(`INSERT INTO ${table} VALUES ($1, 'n', 'p', '2024-03-01 12:00:00.123456')`, [key]);
      }
      const directory = open({ table, updatedAt: 'at' });
      for (const key of keys) expect((await directory.findById(key as LegacyId))?.id).toBe(key);
      const ids = [...keys, ...others].map((key) => key as LegacyId);
      expect((await directory.findMany(ids)).map(({ id }) => id).toSorted()).toEqual(keys.toSorted());
      for (const key of [...others, 'x'.repeat(3_000)]) {
        expect(await directory.findById(key as LegacyId), key).toBeUndefined();
      }
      const seen: string[] = [];
      for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
        const page = await directory.scan(next, 1);
        seen.push(...page.rows.map(({ id }) => id));
        next = page.next;
      }
      expect(seen.toSorted()).toEqual(keys.toSorted());
      const changed: string[] = [];
      for (let watermark: string | undefined, more = true; more; ) {
        const changes = await directory.changedSince(watermark, 1);
        changed.push(...changes.rows.map(({ id }) => id));
        ({ watermark, more } = changes);
      }
      expect(changed.toSorted()).toEqual(keys.toSorted());
      await directory.close();
    },
  );

  test('of bytea is written in hexadecimal.', async () => {
    await server.run('CREATE TABLE binary_keys (id bytea PRIMARY KEY, name text, pw text)');
    await server.run("INSERT INTO binary_keys VALUES ('\\x00ff', 'n', 'p'), ('\\x41', 'n', 'p')");
    const directory = open({ table: 'binary_keys' });
    expect((await directory.findById('00ff' as LegacyId))?.id).toBe('00ff');
    expect(await directory.findById('A' as LegacyId)).toBeUndefined();
    expect(await directory.findMany(['A', '41'].map((id) => id as LegacyId))).toMatchObject([{ id: '41' }]);
    const first = await directory.scan(undefined, 1);
    const second = await directory.scan(first.next, 1);
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(['00ff', '41']);
    await directory.close();
  });
});

test('check says which index serves, by the rule.', async () => {
  const warnings = async (changes: Record<string, unknown>) => {
    const directory = open(changes);
    const results = await directory.check();
    await directory.close();
    return results.filter(({ level }) => level !== 'ok').map(({ about, remedy }) => `${about} ${remedy}`);
  };
  expect(await warnings({ login: ['name'], match: 'case-insensitive' })).toEqual([]);
  expect(await warnings({ login: ['name'] })).toEqual([]);
  expect(await warnings({ login: ['email'], match: 'case-insensitive' })).toEqual([]);
  expect((await warnings({ login: ['email'] })).join()).toContain(
    'CREATE UNIQUE INDEX "oddities_eMail_login" ON "public"."oddities" ("eMail");',
  );
  expect((await warnings({ login: ['nick'], match: 'case-insensitive' })).join()).toContain(
    '(lower("nick"));',
  );
  expect((await warnings({ id: 'number' })).join()).toMatch(/legacy\.id .*CREATE UNIQUE INDEX/);
});

test('check warns of every right beyond reading, and of a superuser.', async () => {
  const grants = async (to: string) => {
    const directory = open({}, to);
    const found = (await directory.check()).filter(({ about }) => about === 'legacy.grants');
    await directory.close();
    return found.map((result) => `${result.level}: ${result.found}`).join('\n');
  };
  expect(await grants(url)).toMatch(/^ok: /);
  expect(await grants(await server.accountWith('SELECT, UPDATE'))).toMatch(/may write to public\.be_users/);
  expect(await grants(`postgres://postgres@127.0.0.1:${server.port}/postgres`)).toMatch(/is a superuser/);
  const wide = await server.accountWith('SELECT');
  const role = new URL(wide).username;
  await server.run(`ALTER ROLE ${role} CREATEDB; GRANT pg_read_all_data TO ${role}`);
  await server.run(`GRANT CREATE ON SCHEMA public TO ${role}`);
  const found = await grants(wide);
  for (const right of ['has CREATEDB', 'member of pg_read_all_data', 'may create tables'])
    expect(found).toContain(right);
});

test('An account that may not read, a database that is not there and a schema that is not are named as such.', async () => {
  const blind = await server.accountWith('INSERT');
  const directory = open({}, blind);
  expect(await directory.find('José')).toMatchObject({ kind: 'unavailable' });
  const remedies = (await directory.check()).map(({ remedy }) => remedy).join('\n');
  expect(remedies).toContain('GRANT USAGE ON SCHEMA "public" TO');
  await directory.close();
  expect(await find('José', { table: 'nowhere.oddities' })).toMatch(/no table or view nowhere\.oddities/);
});

test('A restart, a hanging statement and a server that is gone are outages, with a sentence each; replicas step in.', async () => {
  const directory = open({ connections: 2 });
  expect(await directory.find('José')).toMatchObject({ kind: 'found' });
  await server.run(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'footbridge'",
  );
  expect(await directory.find('José')).toMatchObject({ kind: 'found' });
  await directory.close();

  const slow = open({ status: { active: 'pg_sleep(10) IS NOT NULL' }, timeoutMs: 300 });
  const result = await slow.find('José');
  expect(result.kind === 'unavailable' && (result.cause as Error).message).toMatch(
    /took longer|did not answer/,
  );
  await slow.close();

  const dead = url.replace(`:${server.port}/`, `:${await freePort()}/`);
  const gone = open({}, dead);
  const refused = await gone.find('José');
  expect(refused.kind === 'unavailable' && (refused.cause as Error).message).toMatch(
    /refused the connection/,
  );
  await expect(gone.ping()).rejects.toMatchObject({ code: 'legacy_unavailable' });
  expect((await gone.check()).map(({ level }) => level)).toEqual(['error']);
  await gone.close();

  const replicated = open({}, [dead, url]);
  expect(await replicated.find('José')).toMatchObject({ kind: 'found' });
  const results = await replicated.check();
  expect(results.filter(({ level }) => level !== 'ok').map(({ about }) => about)).toEqual(['legacy.url[0]']);
  await replicated.close();
});

test('A row is looked up for inspect by the text of a column, of whatever type it is.', async () => {
  const source = createPostgresTables(url);
  const table = (await source.tables()).find(({ definition }) => definition.name === 'oddities')?.definition;
  if (table === undefined) throw new Error('There is such a table.');
  const namesOf = async (column: string, text: string) =>
    (await source.rowsWhere(table, column, text)).map((row) => row.get('name'));
  expect(await namesOf('name', 'JOSÉ')).toEqual(['José']);
  expect(await namesOf('email', 'a@B.example')).toEqual(['José']);
  expect(await namesOf('number', '42')).toEqual(['José']);
  expect(await namesOf('number', '42 OR 1=1')).toEqual([]);
  expect(await namesOf('nick', "' OR ''='")).toEqual([]);
  await expect(namesOf('nothing', 'a')).rejects.toThrow('has no column nothing that may be read.');
  await source.close();
});
