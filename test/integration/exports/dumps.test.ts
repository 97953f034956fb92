import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadExport } from '../../../src/exports/load-export.ts';
import { openExport } from '../../../src/exports/open-export.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), 'footbridge-dumps-'));
beforeAll(async () => {
  database = await createTestDatabase();
  await database.admin.query(`
    CREATE TABLE people (
      id bigint PRIMARY KEY AUTO_INCREMENT,
      big bigint unsigned,
      name varchar(190) COLLATE utf8mb4_unicode_ci UNIQUE COMMENT 'a; ''quoted'' (comment)',
      old varchar(50) CHARACTER SET latin1,
      pw varbinary(100),
      salt binary(4),
      bio text,
      kind enum('a','b''c'),
      flags set('x','y'),
      settings json,
      on_off bit(1),
      mask bit(12),
      price decimal(12,4),
      ratio double,
      code int(6) unsigned zerofill,
      born date,
      seen datetime(3),
      low varchar(190) GENERATED ALWAYS AS (lower(name)) STORED,
      place point,
      KEY born (born)
    ) CHARACTER SET utf8mb4`);
  const values =
    'big, name, old, pw, salt, bio, kind, flags, settings, on_off, mask, price, ratio, code, born, seen, place';
  await database.admin.query(`SET SESSION sql_mode = ''`);
  await database.admin.query(`INSERT INTO people (${values}) VALUES
    (18446744073709551615, 'Zoë 王 🦊', 'José', x'00FF27225C0A0D1A', x'00010203', 'a\\0b\\'c"d\\\\e\\nf\\rg\\Zh', 'b''c', 'x,y',
      '{"a": "q\\\\"uote"}', b'1', b'101010101010', 12.3400, 0.1, 42, '1980-02-29', '2024-01-02 03:04:05.678', POINT(1, 2)),
    (2, '); INSERT INTO people VALUES (1', '-- # /* x', 'plain', 'abcd', '', NULL, '', NULL, b'0', NULL, NULL, -1e-300, NULL, '0000-00-00', NULL, NULL),
    (3, '007', '', '', NULL, NULL, 'a', NULL, '[]', NULL, 1, -0.0001, 5, 1, NULL, NULL, NULL)`);
  const letters = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')).join('');
  await database.admin.query(`INSERT INTO people (name, pw, bio) SELECT CONCAT('n', seq.n), x'${letters.slice(0, 200)}', REPEAT(CONCAT('ü''\\\\', seq.n), 50)
    FROM (SELECT a.n + 10 * b.n AS n FROM (${digits}) a, (${digits}) b) seq`);
});
const digits = Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS n`).join(' UNION ');
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function dump(...options: string[]): Buffer {
  const { hostname, port, username, password, pathname } = new URL(database.adminUrl);
  const access = ['-h', hostname, '-P', port, '-u', username, ...(password === '' ? [] : [`-p${password}`])];
  return execFileSync(
    'mariadb-dump',
    ['--no-defaults', ...access, '--skip-ssl', ...options, pathname.slice(1)],
    {
      maxBuffer: 64 * 1024 * 1024,
    },
  );
}

/** What both databases say of a row, as text: bytes in hex, numbers in their own digits. */
const COLUMNS: [string, string, string][] = [
  ['id', 'CAST(id AS CHAR)', 'CAST(id AS TEXT)'],
  ['big', 'CAST(big AS CHAR)', 'big'],
  ...['name', 'old', 'bio', 'low'].map((name): [string, string, string] => [
    name,
    `HEX(CONVERT(${name} USING utf8mb4))`,
    `CASE WHEN ${name} IS NULL THEN NULL ELSE hex(${name}) END`,
  ]),
  ...['pw', 'salt'].map((name): [string, string, string] => [
    name,
    `HEX(${name})`,
    `CASE WHEN ${name} IS NULL THEN NULL ELSE hex(${name}) END`,
  ]),
  ...['kind', 'flags', 'settings', 'price', 'code', 'born', 'seen'].map((name): [string, string, string] => [
    name,
    `CAST(${name} AS CHAR)`,
    name,
  ]),
  ['on_off', 'CAST(on_off + 0 AS CHAR)', 'CAST(on_off AS TEXT)'],
  ['mask', 'CAST(mask + 0 AS CHAR)', 'CAST(mask AS TEXT)'],
];

test.each([
  [],
  ['--hex-blob'],
  ['--skip-extended-insert'],
  ['--complete-insert', '--hex-blob'],
  // Without "create options", mariadb-dump asks for a mode that MySQL 8 and later no longer have.
  ['--skip-opt', '--compact', '--create-options'],
  // On its own, `ansi` writes latin1 without saying so, with question marks for the rest.
  ['--compatible=ansi', '--hex-blob', '--default-character-set=utf8mb4'],
  ['--replace'],
  ['--insert-ignore', '--no-create-db', '--skip-quote-names'],
])('A dump made with %s %s %s holds every row as the database does.', async (...options) => {
  const file = join(folder, `${options.join('') || 'plain'}.sqlite`);
  const reader = await openExport(Readable.from([dump(...options)]));
  const summary = await loadExport(reader, file, { replace: true });
  expect(summary).toMatchObject({ rejected: 0, brokenKeys: 0, tables: [{ table: 'people', loaded: 103 }] });
  const [expected] = await database.admin.query({
    sql: `SELECT ${COLUMNS.map(([name, mysql]) => `${mysql} AS ${name}`).join(', ')} FROM people ORDER BY people.id`,
    rowsAsArray: true,
  });
  const loaded = new Database(file, { readonly: true });
  const rows = loaded
    .prepare(`SELECT ${COLUMNS.map(([, , sqlite]) => sqlite).join(', ')} FROM people ORDER BY id`)
    .raw()
    .all() as unknown[][];
  const low = COLUMNS.findIndex(([name]) => name === 'low');
  for (const [index, row] of (expected as unknown[][]).entries()) {
    if (rows[index]?.[low] === null) row[low] = null;
    expect(rows[index]).toEqual(row);
  }
  expect(rows).toHaveLength(103);
  expect(
    loaded
      .prepare(
        `SELECT "unique" FROM pragma_index_list('people') WHERE name IN ('people_primary', 'people_name')`,
      )
      .pluck()
      .all(),
  ).toEqual([1, 1]);
  loaded.close();
});
