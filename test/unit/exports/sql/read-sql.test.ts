import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOf, readSql, rowsOf, tableOf } from '../read.ts';

const TABLE = 'CREATE TABLE `t` (`a` int, `b` varchar(50), `c` blob);\n';
const rows = async (sql: string | Buffer) => rowsOf(await readSql(sql));

test('A dump of mysqldump is read: executable comments, locks, extended inserts.', async () => {
  const events = await readSql(MYSQLDUMP);
  expect(faultsOf(events)).toEqual([]);
  expect(tableOf(events)).toMatchObject({
    name: 'users',
    primaryKey: ['id'],
    charset: 'utf8mb4',
    indexes: [
      { name: 'email', columns: ['email'], unique: true },
      { name: 'part', columns: ['name'], unique: false },
    ],
    columns: [
      { name: 'id', type: 'int unsigned', kind: 'integer', nullable: false },
      { name: 'email', type: 'varchar(190)', kind: 'text', collation: 'utf8mb4_bin' },
      { name: 'name', nullable: true },
      { name: 'flags', type: "set('a','b,)')", kind: 'text' },
      { name: 'low', generated: true },
    ],
  });
  expect(rowsOf(events)).toEqual([
    [1, 'a@example.com', "O'Brien", 'a', null],
    [2, 'b@example.com', 'Zoë 王', null, null],
  ]);
});

const MYSQLDUMP = `/*M!999999\\- enable the sandbox mode */
-- MySQL dump 10.13; with a ' in a comment
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
/*!50503 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS \`users\`;
CREATE TABLE \`users\` (
  \`id\` int unsigned NOT NULL AUTO_INCREMENT,
  \`email\` varchar(190) COLLATE utf8mb4_bin NOT NULL COMMENT 'it''s; the (PRIMARY KEY)',
  \`name\` varchar(50) /*!80023 INVISIBLE */ DEFAULT 'x',
  \`flags\` set('a','b,)') DEFAULT NULL,
  \`low\` varchar(190) GENERATED ALWAYS AS (lower(\`email\`)) VIRTUAL,
  PRIMARY KEY (\`id\`),
  UNIQUE KEY \`email\` (\`email\`) USING BTREE,
  UNIQUE KEY \`part\` (\`name\`(10)),
  FULLTEXT KEY \`f\` (\`name\`),
  CONSTRAINT \`fk\` FOREIGN KEY (\`id\`) REFERENCES \`o\` (\`id\`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
/*!50100 PARTITION BY HASH (id) PARTITIONS 2 */;
LOCK TABLES \`users\` WRITE;
/*!40000 ALTER TABLE \`users\` DISABLE KEYS */;
INSERT INTO \`users\` (\`id\`, \`email\`, \`name\`, \`flags\`) VALUES (1,'a@example.com','O\\'Brien','a'),(2,'b@example.com','Zoë 王',NULL);
UNLOCK TABLES;
DELIMITER ;;
CREATE TRIGGER x BEFORE INSERT ON users FOR EACH ROW BEGIN INSERT INTO log VALUES (1); END ;;
DELIMITER ;
`;

test('The same is read wherever the chunks part it.', async () => {
  const whole = (await readSql(MYSQLDUMP)).map(withoutRaw);
  const size = Buffer.byteLength(MYSQLDUMP);
  for (const chunk of [1, 2, 3, 7, 64]) {
    expect((await readSql(MYSQLDUMP, { chunk })).map(withoutRaw)).toEqual(whole);
  }
  for (let cut = 1; cut < size; cut += 1) {
    const events = await readSql(MYSQLDUMP, { chunk: cut });
    expect(events.map(withoutRaw), `cut at ${cut}`).toEqual(whole);
  }
});

const withoutRaw = (event: object) => ({ ...event, raw: undefined });

test('The sample of the import guide is read, with the keys that come at its end.', async () => {
  const events = await readSql(readFileSync(join(import.meta.dirname, '../be_users.sql')));
  expect(faultsOf(events)).toEqual([]);
  expect(tableOf(events)).toMatchObject({
    name: 'be_users',
    primaryKey: ['id'],
    collation: 'utf8_unicode_ci',
    indexes: [
      { columns: ['username'], unique: true },
      { columns: ['email'], unique: true },
    ],
  });
  const [row] = rowsOf(events);
  expect(row?.slice(0, 4)).toEqual([28774, null, null, 'testuser-bal']);
  expect(row?.[12]).toBe(0);
});

test.each([
  ["(1,'a\\0b\\'c\\\"d\\ne\\rf\\tg\\Zh\\\\i\\%j\\_k\\xl',NULL)", 'a\0b\'c"d\ne\rf\tg\x1ah\\i\\%j\\_kxl'],
  ["(1,'it''s',NULL)", "it's"],
  ['(1,"say ""it\'s""",NULL)', 'say "it\'s"'],
  ["(1,_utf8mb4'x',NULL)", 'x'],
  ["(1,N'x',NULL)", 'x'],
  ['(1,007,NULL)', '007'],
  ['(1,12345678901234567890.50,NULL)', '12345678901234567890.50'],
  ["( 1 , /* why */ 'x' -- end\n , NULL )", 'x'],
  ["(1,'),(2,''y'',NULL);',NULL)", "),(2,'y',NULL);"],
  ["(1,'/* no comment -- # */',NULL)", '/* no comment -- # */'],
])('The text of %s is what MySQL would store.', async (row, text) => {
  expect(await rows(`${TABLE}INSERT INTO t VALUES ${row};`)).toEqual([[1, text, null]]);
});

test.each([
  ['0x00FFa0', '0x00ffa0'],
  ["x'00ff'", '0x00ff'],
  ["_binary '\\0\\'ÿ'", '0x0027c3bf'],
  ["'plain'", '0x706c61696e'],
  ["b'101'", 5],
  ['_binary 0x41', '0x41'],
  ["''", '0x'],
  ["ST_GeomFromText('POINT(1 2)', 4326)", "ST_GeomFromText('POINT(1 2)', 4326)"],
])('Bytes written as %s are bytes.', async (written, expected) => {
  expect(await rows(`${TABLE}INSERT INTO t VALUES (1,NULL,${written});`)).toEqual([[1, null, expected]]);
});

test('Numbers keep all their digits, and text that only looks like a number stays text.', async () => {
  const sql = `CREATE TABLE n (i int, big bigint, u bigint unsigned, z int(5) unsigned zerofill, d decimal(20,4), f double,
    b bit(3), y tinyint(1), t char(3), j json, w datetime);
    INSERT INTO n VALUES ('-5',-9223372036854775808,18446744073709551615,00042,1.5000,1.5e10,b'101','0','007','{"a": 1}','0000-00-00 00:00:00');`;
  expect(await rows(sql)).toEqual([
    [
      -5,
      -9223372036854775808n,
      '18446744073709551615',
      '00042',
      '1.5000',
      1.5e10,
      5,
      0,
      '007',
      '{"a": 1}',
      '0000-00-00 00:00:00',
    ],
  ]);
});

test.each(['INSERT INTO', 'REPLACE INTO', 'INSERT IGNORE INTO', 'insert delayed into', 'INSERT'])(
  'Rows of %s are rows, and columns are taken by their names.',
  async (verb) => {
    expect(
      await rows(`${TABLE}${verb} \`db\`.\`t\` (\`b\`, A) VALUES ('x', 1), ('y', 2) ON DUPLICATE KEY UPDATE a = 'z;';
      INSERT INTO t VALUES (3,'z',NULL)`),
    ).toEqual([
      [1, 'x', null],
      [2, 'y', null],
      [3, 'z', null],
    ]);
  },
);

test('A dump without backslash escapes says so in its SQL_MODE.', async () => {
  const sql = `SET SQL_MODE='ANSI_QUOTES,NO_BACKSLASH_ESCAPES';CREATE TABLE "t" ("a" text);INSERT INTO "t" VALUES ('C:\\'),('it''s');`;
  expect(await rows(sql)).toEqual([['C:\\'], ["it's"]]);
});

test('A charset is taken from SET NAMES, else from the table, and bytes that are not of it are a fault.', async () => {
  const insert = Buffer.concat([
    Buffer.from("INSERT INTO t VALUES ('Jos"),
    Buffer.from([0xe9, 0x80]),
    Buffer.from("');\n"),
  ]);
  const table = Buffer.from('CREATE TABLE t (a text);\n');
  const latin1Table = Buffer.from('CREATE TABLE t (a text) DEFAULT CHARSET=latin1;\n');
  expect(await rows(Buffer.concat([Buffer.from('SET NAMES latin1;\n'), table, insert]))).toEqual([['José€']]);
  expect(await rows(Buffer.concat([latin1Table, insert]))).toEqual([['José€']]);
  expect(rowsOf(await readSql(Buffer.concat([table, insert]), { charset: 'latin1' }))).toEqual([['José€']]);
  const events = await readSql(Buffer.concat([table, insert]));
  expect(rowsOf(events)).toEqual([]);
  expect(faultsOf(events)).toMatchObject([
    { line: 2, reason: expect.stringContaining('The value of a cannot be read') },
  ]);
});

test('A charset whose characters may hold a quote is refused.', async () => {
  await expect(readSql('SET NAMES gbk;')).rejects.toMatchObject({ code: 'invalid_request' });
});

test('A row that is none is reported with its line and raw text, and the others are read.', async () => {
  const events = await readSql(`${TABLE}INSERT INTO t VALUES
(1,'a',NULL),
(2,NULL),
(3,'O'Brien',NULL),
(4,NOW(),NULL),
(5,'b',NULL);
INSERT INTO t VALUES (6,'c',NULL),(7 'd'),(8,'e',NULL);
INSERT INTO unknown VALUES (1);
INSERT INTO t (nobody) VALUES (1);
`);
  expect(rowsOf(events).map(([id]) => id)).toEqual([1, 5, 6]);
  expect(faultsOf(events).map(({ line, raw }) => [line, raw.trim()])).toEqual([
    [4, '(2,NULL)'],
    [5, "(3,'O'Brien',NULL),"],
    [6, '(4,NOW(),NULL)'],
    [8, "(7 'd'),(8,'e',NULL);"],
    [9, 'INSERT INTO unknown VALUES (1);'],
    [10, 'INSERT INTO t (nobody) VALUES (1);'],
  ]);
});

test('Text that somebody typed into a row with broken quotes does not become a row.', async () => {
  const events =
    await readSql(`${TABLE}INSERT INTO t VALUES (1,'O'Brien ),(666,0x61646d696e,NULL),(9,',NULL),(2,'x),(667,\\'y\\',NULL),(',NULL);
INSERT INTO t VALUES (3,'c',NULL);
`);
  const ids = rowsOf(events).map(([id]) => id);
  expect(ids).toContain(3);
  expect(ids).not.toContain(666);
  expect(ids).not.toContain(667);
  expect(faultsOf(events)).toHaveLength(1);
});

test('An export that ends in the middle says so.', async () => {
  for (const cut of [
    "INSERT INTO t VALUES (1,'a",
    "INSERT INTO t VALUES (1,'a',NULL),",
    'CREATE TABLE u (a int',
  ]) {
    expect(faultsOf(await readSql(TABLE + cut)), cut).toMatchObject([
      { reason: expect.stringMatching(/ends|in order/) },
    ]);
  }
});

test.each([17, 50])('A row of %i MiB is rejected, and reading goes on after it.', async (size) => {
  const large = 'x'.repeat(size * 1024 * 1024);
  const sql = `${TABLE}INSERT INTO t VALUES (1,'${large}',NULL);\nINSERT INTO t VALUES (2,'b',NULL);\n`;
  const events = await readSql(sql, { chunk: 256 * 1024 });
  expect(rowsOf(events)).toEqual([[2, 'b', null]]);
  expect(faultsOf(events)).toMatchObject([{ line: 2, reason: expect.stringContaining('16 MiB') }]);
});

test('Tables of the same name in two schemas are two tables.', async () => {
  const events = await readSql(
    'USE a; CREATE TABLE t (x int); INSERT INTO t VALUES (1); USE `b`; CREATE TABLE t (y int); INSERT INTO t VALUES (2);',
  );
  expect(events.flatMap((event) => (event.kind === 'row' ? [[event.table, ...event.values]] : []))).toEqual([
    ['t', 1],
    ['b__t', 2],
  ]);
});

test('Any row that a writer like mysqldump writes is read back, wherever it is parted.', async () => {
  const cell = fc.oneof(
    fc.constant(null),
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom(
        "'",
        '"',
        '\\',
        '\n',
        '\0',
        ')',
        '(',
        ',',
        ';',
        '-',
        '/',
        '*',
        '#',
        ' ',
        'é',
        '王',
        '\x1a',
      ),
    }),
  );
  const row = fc.tuple(fc.maxSafeInteger(), cell, fc.option(fc.uint8Array({ maxLength: 40 })));
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 50 }),
      async (all, chunk) => {
        const usable = all.map(([id, text, bytes]) => [id, text?.toWellFormed() ?? null, bytes] as const);
        const values = usable.map(
          ([id, text, bytes]) =>
            `(${id},${quote(text)},${bytes === null ? 'NULL' : `0x${Buffer.from(bytes).toString('hex')}`})`,
        );
        const events = await readSql(
          `${TABLE.replace('int', 'bigint')}INSERT INTO \`t\` VALUES ${values.join(',')};\n`,
          { chunk },
        );
        expect(rowsOf(events)).toEqual(
          usable.map(([id, text, bytes]) => [
            BigInt(id) > 999_999_999_999_999n || BigInt(id) < -99_999_999_999_999n ? BigInt(id) : id,
            text,
            bytes && `0x${Buffer.from(bytes).toString('hex')}`,
          ]),
        );
      },
    ),
  );
});

const LETTERS: Record<string, string> = {
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\x1a': '\\Z',
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
};
const quote = (text: string | null) =>
  text === null ? 'NULL' : `'${text.replaceAll(/[^ -~]|[\\'"]/g, (letter) => LETTERS[letter] ?? letter)}'`;

test('A dump of pg_dump is read, COPY and INSERT.', async () => {
  const events = await readSql(POSTGRES);
  expect(faultsOf(events)).toEqual([]);
  expect(tableOf(events)).toMatchObject({
    name: 'users',
    primaryKey: ['id'],
    indexes: [{ columns: ['email'], unique: true }],
  });
  expect(rowsOf(events)).toEqual([
    [1, 'a\tb\\c\nd', '0x00ff', 't', null],
    [2, 'C:\\new', '0x6869', 'f', '007'],
    [3, 'C:\\new', '0x00ff', 'true', "it's"],
  ]);
});

const POSTGRES = `--
-- PostgreSQL database dump
--
\\restrict abc
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $$ begin; 'x; end $$;
CREATE TABLE public.users (
    id integer NOT NULL,
    email character varying(255) DEFAULT 'x'::character varying NOT NULL,
    raw bytea,
    active boolean,
    key text
);
COPY public.users (id, email, raw, active, key) FROM stdin;
1\ta\\tb\\\\c\\nd\t\\\\x00ff\tt\t\\N
2\tC:\\\\new\t\\\\x6869\tf\t007
\\.
INSERT INTO public.users (id, email, raw, active, key) VALUES (3, 'C:\\new', '\\x00ff', true, 'it''s');
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX users_email ON public.users USING btree (email);
\\unrestrict abc
`;

test('A dump of SQLite is read.', async () => {
  const events = await readSql(`PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE u (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, pw BLOB);
INSERT INTO u VALUES(1,'C:\\new',X'00ff');
INSERT INTO u VALUES(2,'two
lines',NULL);
COMMIT;
`);
  expect(faultsOf(events)).toEqual([]);
  expect(rowsOf(events)).toEqual([
    [1, 'C:\\new', '0x00ff'],
    [2, 'two\nlines', null],
  ]);
});
