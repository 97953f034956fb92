import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LegacyId } from '../../../src/domain/ids.ts';
import { parseAddress } from '../../../src/legacy/mysql/address.ts';
import { readColumns, type TableColumns } from '../../../src/legacy/mysql/columns.ts';
import { createMysqlDirectory } from '../../../src/legacy/mysql/create-mysql-directory.ts';
import { createQuestions } from '../../../src/legacy/mysql/questions.ts';
import {
  findByIdStatement,
  findManyStatement,
  findStatement,
  type Statement,
} from '../../../src/legacy/mysql/statements.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { beUsersOptions } from '../../support/be-users.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

/** One login column of each kind that legacy tables have. */
const TEXT_COLUMNS = {
  utf8mb3: 'varchar(100) CHARACTER SET utf8mb3 COLLATE utf8mb3_unicode_ci',
  utf8mb4: 'varchar(100) CHARACTER SET utf8mb4',
  general: 'varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci',
  latin1: 'varchar(100) CHARACTER SET latin1',
  padded: 'char(40) CHARACTER SET latin1 COLLATE latin1_german1_ci',
  bin: 'varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  bytes: 'varbinary(100)',
};
const NUMBER_COLUMNS = { big: 'bigint unsigned', money: 'decimal(30,0)' };
const COLUMNS = { ...TEXT_COLUMNS, ...NUMBER_COLUMNS };

let database: TestDatabase;
let url: string;
let columns: TableColumns;
const deps = { logger: createLogger('silent'), clock: systemClock };
const options = (login: string[], changes: Record<string, unknown> = {}) =>
  beUsersOptions('mysql', url, {
    table: 'people',
    login,
    password: { column: 'pw' },
    profile: {},
    updatedAt: undefined,
    ...changes,
  });

beforeAll(async () => {
  database = await createTestDatabase();
  url = await database.accountWith('SELECT');
  const definitions = Object.entries(COLUMNS).map(
    ([name, type]) => `\`${name}\` ${type}, UNIQUE KEY (\`${name}\`)`,
  );
  await database.admin.query(
    `CREATE TABLE people (id int unsigned PRIMARY KEY, pw varchar(60), ${definitions.join(', ')})`,
  );
  const rows = Array.from({ length: 400 }, (_, n) => [
    n + 1,
    'hash',
    ...Object.keys(TEXT_COLUMNS).map(() => `User${n + 1}`),
    ...Object.keys(NUMBER_COLUMNS).map(() => n + 1),
  ]);
  await database.admin.query('INSERT INTO people VALUES ?', [rows]);
  await database.admin.query('ANALYZE TABLE people');
  const questions = createQuestions(parseAddress(url), { timeoutMs: 2_000, connections: 1 });
  columns = await readColumns(questions, { schema: undefined, table: 'people' });
  await questions.close();
});
afterAll(() => database.drop());

/** How the server would run a statement: the index and the access type of every table it touches. */
async function planOf(statement: Statement | undefined): Promise<{ key: string | null; type: string }[]> {
  const [rows] = await database.admin.execute(`EXPLAIN FORMAT=TRADITIONAL ${statement?.sql}`, [
    ...(statement?.texts ?? []),
  ]);
  return (rows as { table: string; key: string | null; type: string }[])
    .filter(({ table }) => table === 'people')
    .map(({ key, type }) => ({ key, type }));
}

test.each(Object.keys(COLUMNS))('A look-up in the column "%s" goes through its index.', async (login) => {
  const name = login in NUMBER_COLUMNS ? '77' : 'User77';
  expect(await planOf(findStatement(options([login]), columns, name))).toEqual([
    { key: login, type: expect.stringMatching(/^(ref|const|eq_ref)$/) },
  ]);
});

test('A look-up in several columns goes through the index of each, in one statement.', async () => {
  const plan = await planOf(findStatement(options(['utf8mb3', 'latin1', 'utf8mb4']), columns, 'User77'));
  expect(plan.map(({ key }) => key)).toEqual(['utf8mb3', 'latin1', 'utf8mb4']);
});

test('A person is read by primary key through the primary key, whatever its type.', async () => {
  for (const [type, id] of [
    ['int unsigned', '77'],
    ['bigint', '-77'],
    ['char(36) CHARACTER SET latin1', 'a-77'],
    ['varchar(50) CHARACTER SET utf8mb3', 'ä-77'],
    ['binary(4)', 'ff00ab77'],
    ...(database.kind === 'mariadb' ? [['uuid', '123e4567-e89b-12d3-a456-426655440077']] : []),
  ] as [string, string][]) {
    await database.admin.query(`DROP TABLE IF EXISTS keyed;
      CREATE TABLE keyed (id ${type} PRIMARY KEY, name varchar(20), pw varchar(20))`);
    const value = type.startsWith('binary') ? Buffer.from(id, 'hex') : id;
    await database.admin.query('INSERT INTO keyed VALUES (?, ?, ?)', [value, 'found', 'hash']);
    const keyed = options(['name'], { table: 'keyed' });
    const directory = createMysqlDirectory(keyed, deps);
    const found = await directory.find('found');
    expect(found, type).toMatchObject({ kind: 'found', user: { id } });
    if (found.kind === 'found') expect(await directory.findById(found.user.id), type).toEqual(found.user);
    expect(await directory.findMany([id as LegacyId]), type).toMatchObject([{ id }]);
    await directory.close();

    const questions = createQuestions(parseAddress(url), { timeoutMs: 2_000, connections: 1 });
    const known = await readColumns(questions, { schema: undefined, table: 'keyed' });
    await questions.close();
    const [rows] = await database.admin.execute(
      `EXPLAIN FORMAT=TRADITIONAL ${findByIdStatement(keyed, known, id)?.sql}`,
      [id],
    );
    expect(rows, type).toMatchObject([{ key: 'PRIMARY', type: 'const' }]);
    const many = findManyStatement(keyed, known, [id, id, id], 24);
    const [plan] = await database.admin.execute(`EXPLAIN FORMAT=TRADITIONAL ${many?.sql}`, [id, id, id]);
    expect(plan, type).toMatchObject([{ key: 'PRIMARY', type: expect.stringMatching(/^(range|const)$/) }]);
  }
});

test('A name that the column cannot hold is nobody’s, and no outage.', async () => {
  for (const login of Object.keys(COLUMNS)) {
    const directory = createMysqlDirectory(options([login]), deps);
    const names = [
      'User77😀',
      'Us€r77',
      'łUser77',
      '\ud800',
      '1e1',
      '77.0',
      ' 77',
      '0x4d',
      '1'.repeat(90),
      '-77',
    ];
    for (const name of names) expect(await directory.find(name), login + name).toEqual({ kind: 'none' });
    await directory.close();
  }
});

test('Each kind of column finds its person, and nobody by another spelling.', async () => {
  for (const login of Object.keys(TEXT_COLUMNS)) {
    const exact = createMysqlDirectory(options([login]), deps);
    expect(await exact.find('User77'), login).toMatchObject({ kind: 'found', user: { id: '77' } });
    for (const name of ['user77', 'User77 ', 'Üser77', 'User77\0'])
      expect(await exact.find(name), login + name).toEqual({ kind: 'none' });
    await exact.close();
  }
});

test('The case-insensitive rule holds on columns whose collation tells capitals from small letters.', async () => {
  for (const login of Object.keys(TEXT_COLUMNS)) {
    const folding = createMysqlDirectory(options([login], { match: 'case-insensitive' }), deps);
    for (const name of ['user77', 'USER77', 'User77'])
      expect(await folding.find(name), login + name).toMatchObject({ kind: 'found', user: { id: '77' } });
    for (const name of ['user77 ', 'üser77'])
      expect(await folding.find(name), login).toEqual({ kind: 'none' });
    await folding.close();
  }
});

test('The check warns where the case-insensitive rule can use no index, and knows the index that helps.', async () => {
  const directory = createMysqlDirectory(options(['bin'], { match: 'case-insensitive' }), deps);
  const about = async () =>
    (await directory.check()).filter(
      ({ about: what, level }) => what === 'legacy.login.bin' && level === 'warning',
    );
  const [reading] = await about();
  expect(reading?.found).toMatch(/tells capitals from small letters.*reads the whole table/);
  const [, create] =
    /asks? the owner of the legacy system for: (CREATE .*;)/i.exec(reading?.remedy ?? '') ?? [];
  expect(create !== undefined).toBe(database.kind === 'mysql');
  if (create !== undefined) {
    await database.admin.query(create);
    expect(await about()).toEqual([]);
    const plan = await planOf(
      findStatement(options(['bin'], { match: 'case-insensitive' }), columns, 'user77'),
    );
    expect(plan).toMatchObject([{ key: 'people_bin_login' }]);
  }
  await directory.close();
});

test('Two people whose names a case-sensitive column keeps apart are told apart, or refused where the rule cannot.', async () => {
  await database.admin.query(`CREATE TABLE twins (id int PRIMARY KEY, name varchar(20) COLLATE utf8mb4_bin, pw varchar(9));
    INSERT INTO twins VALUES (1, 'Bob', 'a'), (2, 'bob', 'b')`);
  const exact = createMysqlDirectory(options(['name'], { table: 'twins' }), deps);
  expect(await exact.find('Bob')).toMatchObject({ user: { id: '1' } });
  expect(await exact.find('bob')).toMatchObject({ user: { id: '2' } });
  expect(await exact.find('BOB')).toEqual({ kind: 'none' });
  const folding = createMysqlDirectory(
    options(['name'], { table: 'twins', match: 'case-insensitive' }),
    deps,
  );
  expect(await folding.find('bob')).toEqual({
    kind: 'ambiguous',
    directory: 'legacy',
    legacyIds: ['1', '2'],
  });
  await Promise.all([exact.close(), folding.close()]);
});

test('People whom a collation takes for one are told apart by the exact rule.', async () => {
  await database.admin.query(`CREATE TABLE spellings (id int PRIMARY KEY, name varchar(20) COLLATE utf8mb4_general_ci, pw varchar(9));
    INSERT INTO spellings VALUES (1, 'admin', 'a'), (2, 'Admin', 'b'), (3, 'ádmin', 'c'), (4, 'admin ', 'd'), (5, 'admın', 'e')`);
  const exact = createMysqlDirectory(options(['name'], { table: 'spellings' }), deps);
  for (const [name, id] of [
    ['admin', '1'],
    ['Admin', '2'],
    ['ádmin', '3'],
    ['admin ', '4'],
    ['admın', '5'],
  ] as const)
    expect(await exact.find(name)).toMatchObject({ kind: 'found', user: { id } });
  expect(await exact.find('ADMIN')).toEqual({ kind: 'none' });
  await exact.close();
});
