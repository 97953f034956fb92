import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { createSqlTarget } from '../../../../src/targets/sql/create-sql-target.ts';
import { checkPassword, copyOf, lockOutContract, REHASH, targetContract } from '../../../contract/target.ts';
import { sqlOptions } from '../../../support/sql-target.ts';

const USERS = `create table users (
  id integer primary key,
  external_id text unique,
  email text not null unique,
  name text,
  password_hash text,
  changes integer not null default 0
);
create trigger count_changes after update of external_id, email, name, password_hash on users
begin update users set changes = changes + 1 where id = new.id; end`;

const files: string[] = [];
function newFile(schema = USERS): { file: string; url: string; db: Database.Database } {
  const file = join(mkdtempSync(join(tmpdir(), 'footbridge-target-')), 'platform.sqlite');
  files.push(file);
  const db = new Database(file);
  db.exec(schema);
  return { file, url: `sqlite:${file}`, db };
}
afterEach(() => {
  for (const file of files.splice(0)) rmSync(dirname(file), { recursive: true });
});

describe('A table in SQLite', () => {
  targetContract(async () => {
    const { url, db } = newFile();
    const target = createSqlTarget('new', sqlOptions(url), checkPassword);
    return {
      target,
      people: async () =>
        db
          .prepare(
            'select external_id as sub, email, name, password_hash as hash from users order by external_id',
          )
          .all() as never,
      addStranger: async (email) => void db.prepare('insert into users (email) values (?)').run(email),
      fingerprint: async () => db.prepare('select * from users order by id').all(),
      async close() {
        await target.close();
        db.close();
      },
    };
  });
});

const LOCK_OUT = { disable: { column: 'active', disabled: 0, enabled: 1 }, allowDelete: true };

describe('A table in SQLite with a switch', () => {
  lockOutContract(async () => {
    const { url, db } = newFile(USERS.replace('name text', 'name text, active integer not null default 1'));
    const target = createSqlTarget('new', sqlOptions(url, LOCK_OUT));
    return {
      target,
      standing: async () => {
        const rows = db.prepare('select external_id, active from users order by external_id').all();
        const people = rows as { external_id: string; active: number }[];
        return Object.fromEntries(people.map(({ external_id, active }) => [external_id, active === 1]));
      },
      async close() {
        await target.close();
        db.close();
      },
    };
  });
});

test('A table whose rows may not be deleted, and that has no switch, says so.', async () => {
  const { url } = newFile();
  const target = createSqlTarget('new', sqlOptions(url));
  expect(target.capabilities).toMatchObject({ disable: false, remove: false });
  expect(target.disable).toBeUndefined();
  expect(target.remove).toBeUndefined();
  await target.close();
});

const put = async (url: string, changes: Record<string, unknown> = {}, profile = {}) => {
  const target = createSqlTarget('new', sqlOptions(url, changes));
  try {
    return await target.put(copyOf('sub-a', { email: 'ada@example.com', ...profile }, REHASH));
  } finally {
    await target.close();
  }
};

test('A file that is not there yet is an outage, and becomes a target without a restart.', async () => {
  const { url, file, db } = newFile();
  db.close();
  rmSync(file);
  const target = createSqlTarget('new', sqlOptions(url));
  expect(await target.put(copyOf('sub-a', {}))).toMatchObject({ kind: 'unavailable' });
  new Database(file).exec(USERS).close();
  expect(await target.put(copyOf('sub-a', { email: 'ada@example.com' }))).toEqual({ kind: 'created' });
  await target.close();
});

test('A missing table or column is an outage of the target, named, and mended without a restart.', async () => {
  const { url, db } = newFile('create table other (id integer)');
  const target = createSqlTarget('new', sqlOptions(url));
  expect(await target.put(copyOf('sub-a', {}))).toMatchObject({
    kind: 'unavailable',
    reason: expect.stringContaining('users'),
  });
  db.exec(`${USERS}; alter table users drop column name`);
  expect(await target.put(copyOf('sub-a', {}))).toMatchObject({
    kind: 'unavailable',
    reason: expect.stringContaining('name'),
  });
  db.exec('alter table users add column name text');
  expect(await target.put(copyOf('sub-a', { email: 'ada@example.com' }))).toEqual({ kind: 'created' });
  await target.close();
  db.close();
});

test('A locked file is tried again later.', async () => {
  const { url, db } = newFile();
  db.exec('begin exclusive');
  expect(await put(url, { timeoutMs: 100 })).toMatchObject({ kind: 'retry' });
  db.close();
});

test.each([
  ['email text not null, name text not null', /name/],
  ['email text, name text check (length(name) > 100)', /constraint/],
])('A table with %s refuses the row and names what refused it, never the value.', async (columns, reason) => {
  const table = `create table users (external_id text unique, password_hash text, ${columns})`;
  const { url, db } = newFile(table);
  const result = await put(url, {}, columns.includes('check') ? { name: 'Ada' } : {});
  expect(result).toMatchObject({ kind: 'rejected', reason: expect.stringMatching(reason) });
  expect(JSON.stringify(result)).not.toMatch(/Ada|argon2/);
  db.close();
});

test('A unique column other than the external id is a conflict that names it.', async () => {
  const { url, db } = newFile(`${USERS}; create unique index one_name on users (name)`);
  db.exec(`insert into users (email, name) values ('x@example.com', 'Ada')`);
  const result = await put(url, {}, { name: 'Ada' });
  expect(result).toEqual({ kind: 'conflict', reason: 'Another row has the same value in name.' });
  db.close();
});

test('Without a password column only the profile is copied, and the target says so.', async () => {
  const { url, db } = newFile();
  expect(await put(url, { password: undefined })).toEqual({ kind: 'created' });
  expect(db.prepare('select password_hash from users').get()).toEqual({ password_hash: null });
  expect(createSqlTarget('new', sqlOptions(url, { password: undefined })).capabilities).toEqual({
    firstHash: false,
    laterHash: false,
    encodings: [],
    verify: false,
    disable: false,
    remove: false,
  });
  db.close();
});

test('A table that a copy would not fit is found by the check, with what to do.', async () => {
  const { url, db } = newFile(
    'create table users (external_id text, email text, name text, password_hash text, tenant text not null)',
  );
  const target = createSqlTarget('new', sqlOptions(url));
  const results = await target.check();
  expect(results.filter(({ level }) => level !== 'ok').map(({ level, about }) => [level, about])).toEqual([
    ['error', 'targets.new.externalId'],
    ['warning', 'targets.new.columns.email'],
    ['error', 'targets.new.columns.tenant'],
  ]);
  expect(results.find(({ about }) => about.endsWith('externalId'))?.remedy).toBe(
    'CREATE UNIQUE INDEX users_external_id_unique ON users (external_id);',
  );
  await target.close();
  db.close();
});
