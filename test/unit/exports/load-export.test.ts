import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import type { LoadOptions } from '../../../src/exports/load.ts';
import { loadExport } from '../../../src/exports/load-export.ts';
import { openExport } from '../../../src/exports/open-export.ts';

const folder = mkdtempSync(join(tmpdir(), 'footbridge-exports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const freshFile = () => {
  count += 1;
  return join(folder, `legacy-${count}.sqlite`);
};

async function load(text: string, into: string, options: Partial<LoadOptions> = {}) {
  return loadExport(await openExport(Readable.from([Buffer.from(text)])), into, {
    replace: false,
    ...options,
  });
}

function query(file: string, sql: string): unknown[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare(sql).raw().all();
  } finally {
    database.close();
  }
}

const DUMP = `CREATE TABLE users (id int, code varchar(9), email varchar(99) COLLATE utf8_general_ci, pw varbinary(60), big bigint unsigned);
INSERT INTO users VALUES (1,'007','a@x',0x00ff,18446744073709551615),(2,'1e5','b@x','abc',2),
(3,NULL),
(4,'0x10','d@x',NULL,NULL);
CREATE TABLE other (x int); INSERT INTO other VALUES (1),(2);
ALTER TABLE users ADD PRIMARY KEY (id), ADD UNIQUE KEY e (email), ADD KEY c (code);
SET x = 1;
`;

test('Rows, keys and types of a dump are in the file, and text stays text.', async () => {
  const file = freshFile();
  const summary = await load(DUMP, file);
  expect(summary).toMatchObject({
    tables: [
      { table: 'users', read: 4, loaded: 3, rejected: 1 },
      { table: 'other', read: 2, loaded: 2, rejected: 0 },
    ],
    skipped: { SET: 1 },
    rejected: 1,
    brokenKeys: 0,
  });
  expect(query(file, 'SELECT code, typeof(code), hex(pw), typeof(pw), big FROM users')).toEqual([
    ['007', 'text', '00FF', 'blob', '18446744073709551615'],
    ['1e5', 'text', '616263', 'blob', '2'],
    ['0x10', 'text', '', 'null', null],
  ]);
  expect(query(file, `SELECT name, "unique" FROM pragma_index_list('users') ORDER BY name`)).toEqual([
    ['users_c', 0],
    ['users_c_nocase', 0],
    ['users_e', 1],
    ['users_e_nocase', 1],
    ['users_primary', 1],
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(`${file}.rejects.ndjson`).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(`${file}.rejects.ndjson`, 'utf8'))).toMatchObject({
    table: 'users',
    line: 3,
    raw: '(3,NULL)',
    reason: expect.stringContaining('2 values where 5'),
  });
  expect(existsSync(`${file}.loading`)).toBe(false);
});

test('Only the tables that were asked for are loaded, and the others are named.', async () => {
  const file = freshFile();
  expect(await load(DUMP, file, { tables: ['other'] })).toMatchObject({
    tables: [{ table: 'other', loaded: 2 }],
    leftOut: [{ table: 'users', rows: 3 }],
    rejected: 0,
  });
  await expect(load(DUMP, freshFile(), { tables: ['nobody'] })).rejects.toThrow(
    /no table nobody.*users, other/,
  );
});

test('A file that is there stays as it is, unless it may be replaced.', async () => {
  const file = freshFile();
  writeFileSync(file, 'mine');
  await expect(load(DUMP, file)).rejects.toThrow(/--replace/);
  expect(readFileSync(file, 'utf8')).toBe('mine');
  await load(DUMP, file, { replace: true });
  expect(query(file, 'SELECT count(*) FROM users')).toEqual([[3]]);
});

test('A load that is stopped or fails leaves nothing, and what was there before.', async () => {
  const file = freshFile();
  await load(DUMP, file);
  const before = readdirSync(folder);
  const stopped = AbortSignal.abort();
  await expect(load(DUMP, file, { replace: true, signal: stopped })).rejects.toThrow(/stopped/);
  await expect(load(`${DUMP}SET NAMES gbk;`, file, { replace: true })).rejects.toThrow(/charset/);
  await expect(load('SET x = 1;', file, { replace: true })).rejects.toThrow(/no table/);
  expect(query(file, 'SELECT count(*) FROM users')).toEqual([[3]]);
  expect(readdirSync(folder).filter((name) => !before.includes(name))).toEqual([]);
});

test('Two loads do not write the same file, and what a killed one left is taken over.', async () => {
  const file = freshFile();
  const running = new Database(`${file}.loading`);
  running.exec('CREATE TABLE half (x); BEGIN EXCLUSIVE');
  await expect(load(DUMP, file)).rejects.toThrow(/Another load/);
  running.close();
  await load(DUMP, file);
  expect(query(file, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'")).toEqual([[0]]);
});

test('A unique key that the rows break is said, and no row is dropped for it.', async () => {
  const file = freshFile();
  const summary = await load('CREATE TABLE t (a int PRIMARY KEY); INSERT INTO t VALUES (1),(1);', file);
  expect(summary).toMatchObject({
    brokenKeys: 1,
    remarks: [expect.stringContaining('t (a) is a unique key')],
  });
  expect(query(file, 'SELECT count(*) FROM t')).toEqual([[2]]);
});

test('Columns that an NDJSON file brings up later are in the file.', async () => {
  const file = freshFile();
  await load('{"id": 1}\n{"id": 2, "x\\"y": "007"}\n', file);
  expect(query(file, 'SELECT * FROM users')).toEqual([
    ['1', null],
    ['2', '007'],
  ]);
});

test('No journal lies beside the file that is being made.', async () => {
  const file = freshFile();
  const rows = Array.from({ length: 20_000 }, (_, id) => `{"id": ${id}}`).join('\n');
  const seen = new Set<string>();
  await load(rows, file, {
    onProgress: () => {
      for (const name of readdirSync(folder)) seen.add(name);
    },
  });
  expect(seen).toContain(basename(`${file}.loading`));
  expect([...seen].filter((name) => name.endsWith('-journal') || name.endsWith('-wal'))).toEqual([]);
});

test('Names with quotes in them are names.', async () => {
  const file = freshFile();
  await load(
    'CREATE TABLE `a"; DROP TABLE x` (`b"c``d` int, KEY `k"` (`b"c``d`)); INSERT INTO `a"; DROP TABLE x` VALUES (1);',
    file,
  );
  expect(query(file, 'SELECT "b""c`d" FROM "a""; DROP TABLE x"')).toEqual([[1]]);
});
