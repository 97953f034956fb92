import { afterAll, beforeAll, expect, test } from 'vitest';
import { mysqlDialect } from '../../../src/compose/write-back.ts';
import { parseTableName } from '../../../src/legacy/mapping/table-name.ts';
import { parseAddress } from '../../../src/legacy/mysql/address.ts';
import { createMysqlColumn } from '../../../src/writeback/mysql/create-mysql-column.ts';
import type { PasswordColumn } from '../../../src/writeback/password-column.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
let url: string;
const columns: PasswordColumn[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  url = await database.accountWith('USAGE');
});
afterAll(async () => {
  await Promise.all(columns.map((column) => column.close()));
  await database.drop();
});

async function columnOf(table: string, definition: string, rows: readonly (readonly string[])[]) {
  await database.admin.query(`create table ${table} (${definition})`);
  for (const row of rows) await database.admin.query(`insert into ${table} values (?)`, [row]);
  const user = `'${new URL(url).username}'@'%'`;
  await database.admin.query(`GRANT SELECT (id, pass), UPDATE (pass) ON ${table} TO ${user}`);
  const column = createMysqlColumn(
    { directory: 'legacy', table, id: 'id', column: 'pass', salt: undefined },
    { address: parseAddress(url), timeoutMs: 2_000 },
    mysqlDialect,
  );
  columns.push(column);
  const all = async () => {
    const [found] = await database.admin.query(
      `select cast(id as char) as id, pass from ${parseTableName(table).table}`,
    );
    return Object.fromEntries((found as { id: string; pass: string }[]).map(({ id, pass }) => [id, pass]));
  };
  return { column, all };
}

test('The one row of a key is written, also next to keys that a double cannot tell apart.', async () => {
  const [one, other] = ['9007199254740993', '9007199254740992'];
  const { column, all } = await columnOf('big', 'id bigint unsigned primary key, pass varchar(60)', [
    [one, 'old'],
    [other, 'old'],
  ]);
  const change = { before: 'old', encoded: 'new', salt: undefined };
  expect(await column.replace({ ...change, id: one })).toBe('replaced');
  expect(await all()).toEqual({ [one]: 'new', [other]: 'old' });
  for (const id of ['0', '1 or 1=1', `${other} `, 'x', '']) {
    expect(await column.replace({ ...change, id })).toBe('changed-meanwhile');
  }
  expect(await all()).toEqual({ [one]: 'new', [other]: 'old' });
});

test('A hash that differs by its case alone has changed meanwhile; of several writers at once one is the first.', async () => {
  const { column, all } = await columnOf('texts', 'id varchar(20) primary key, pass varchar(60)', [
    ['anna', 'AbC'],
  ]);
  const change = { id: 'anna', before: 'abc', encoded: 'new', salt: undefined };
  expect(await column.replace(change)).toBe('changed-meanwhile');
  const results = await Promise.all(
    [1, 2, 3, 4, 5, 6].map((time) => column.replace({ ...change, before: 'AbC', encoded: `new ${time}` })),
  );
  expect(results.filter((result) => result === 'replaced')).toHaveLength(1);
  expect(Object.values(await all())[0]).toMatch(/^new \d$/);
});

test('What the column would cut, or what a trigger changes, is taken back.', async () => {
  const { column, all } = await columnOf('narrow', 'id int primary key, pass varchar(5)', [['1', 'old']]);
  const change = { id: '1', before: 'old', encoded: 'longer', salt: undefined };
  expect(await column.replace(change)).toBe('does-not-fit');
  await database.admin.query(
    'create trigger shout before update on narrow for each row set new.pass = upper(new.pass)',
  );
  expect(await column.replace({ ...change, encoded: 'short' })).toBe('does-not-fit');
  expect(await all()).toEqual({ 1: 'old' });
});

test('A row that somebody keeps locked, and a server that is gone, are outages.', async () => {
  const { column, all } = await columnOf('locked', 'id int primary key, pass varchar(20)', [['1', 'old']]);
  const change = { id: '1', before: 'old', encoded: 'new', salt: undefined };
  await database.admin.query("start transaction; update locked set pass = 'theirs' where id = 1");
  await expect(column.replace(change)).rejects.toMatchObject({ code: 'legacy_unavailable' });
  await database.admin.query('commit');
  expect(await column.replace(change)).toBe('changed-meanwhile');
  expect(await all()).toEqual({ 1: 'theirs' });
  const gone = createMysqlColumn(
    { directory: 'legacy', table: 'locked', id: 'id', column: 'pass', salt: undefined },
    { address: { ...parseAddress(url), port: 1 }, timeoutMs: 500 },
    mysqlDialect,
  );
  await expect(gone.replace(change)).rejects.toMatchObject({ code: 'legacy_unavailable' });
  await gone.close();
});
