import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMysqlDirectory } from '../../../src/legacy/mysql/create-mysql-directory.ts';
import { createMysqlTables } from '../../../src/legacy/mysql/create-mysql-tables.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { beUsersOptions } from '../../support/be-users.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
let url: string;
beforeAll(async () => {
  database = await createTestDatabase();
  url = await database.accountWith('SELECT');
  await database.admin.query(`
    CREATE TABLE oddities (
      id bigint unsigned PRIMARY KEY,
      name varchar(50) CHARACTER SET latin1 UNIQUE,
      pw longtext,
      raw_pw varbinary(100),
      confirmed bit(1),
      confirmed_at timestamp NULL,
      changed datetime(6),
      changed_ms bigint,
      bio mediumtext,
      settings json,
      salt binary(8)
    );
    SET time_zone = '+05:00';
    INSERT INTO oddities VALUES
      (18446744073709551615, 'José', 'hash', '$2y$10$abc', b'1', '2023-11-15 03:13:20', '1981-02-03 04:05:06.789',
        1700000000123, 'short', '{"a": 1}', x'0011223344556677'),
      (2, 'long', REPEAT('x', 2000000), x'00FF', b'0', NULL, NULL, NULL, REPEAT('y', 2000000), NULL, 'abcdefgh')`);
});
afterAll(() => database.drop());

async function find(name: string, changes: Record<string, unknown> = {}, lines: string[] = []) {
  const options = beUsersOptions('mysql', url, {
    table: 'oddities',
    login: ['name'],
    password: { column: 'pw' },
    profile: {},
    updatedAt: undefined,
    ...changes,
  });
  const logger = createLogger('info', { write: (line) => void lines.push(line) });
  const directory = createMysqlDirectory(options, { logger, clock: systemClock });
  const result = await directory.find(name);
  await directory.close();
  return result.kind === 'found' ? result.user : result;
}

test('A key beyond the safe integers keeps every digit, and latin1 text every letter.', async () => {
  expect(await find('José', { profile: { nickname: 'name' } })).toMatchObject({
    id: '18446744073709551615',
    profile: { nickname: 'José' },
  });
});

test('A bit says yes or no, and a timestamp says when, whatever the time zones are.', async () => {
  const profile = { email: 'name', email_verified: 'confirmed', birthdate: 'changed' };
  expect(await find('José', { profile, updatedAt: 'confirmed_at' })).toMatchObject({
    profile: { email_verified: true, birthdate: '1981-02-03', updated_at: 1_700_000_000 },
  });
  expect(await find('long', { profile, updatedAt: 'confirmed_at' })).toMatchObject({
    profile: { email_verified: false },
  });
  const byTime = { email: 'name', email_verified: { column: 'confirmed_at', format: 'timestamp' } };
  expect(await find('José', { profile: byTime })).toMatchObject({ profile: { email_verified: true } });
  expect(await find('long', { profile: byTime })).toMatchObject({ profile: { email_verified: false } });
  expect(await find('José', { updatedAt: 'changed_ms' })).toMatchObject({
    profile: { updated_at: 1_700_000_000 },
  });
});

test('A datetime is read by the clock that the options name, and a timestamp by its own.', async () => {
  const timeZone = 'America/New_York';
  const own = Date.parse('1981-02-03T09:05:06Z') / 1000;
  expect(await find('José', { updatedAt: 'changed', timeZone })).toMatchObject({
    profile: { updated_at: own },
  });
  expect(await find('José', { updatedAt: 'confirmed_at', timeZone })).toMatchObject({
    profile: { updated_at: 1_700_000_000 },
  });
});

test('A binary column is text where it is printable, and hex where it is not.', async () => {
  const password = { column: 'raw_pw', salt: 'salt' };
  expect(await find('José', { password })).toMatchObject({
    credential: { encoded: '$2y$10$abc', salt: '0011223344556677' },
  });
  expect(await find('long', { password })).toMatchObject({
    credential: { encoded: '00ff', salt: 'abcdefgh' },
  });
});

test('A row of megabytes is cut by the server, cannot be verified, and its claims are left out with a warning.', async () => {
  const lines: string[] = [];
  const user = await find('long', { profile: { nickname: 'bio', name: 'name' } }, lines);
  expect(user).toMatchObject({
    credential: { scheme: '(a hash of more than 4096 characters)' },
    profile: { name: 'long' },
  });
  expect('credential' in user && user.credential.encoded.length).toBe(4_096);
  expect('profile' in user && user.profile.nickname).toBeUndefined();
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ legacyId: '2', claim: 'nickname' });
});

test('JSON is text.', async () => {
  expect(await find('José', { profile: { nickname: 'settings' } })).toMatchObject({
    profile: { nickname: expect.stringMatching(/^\{"a": ?1\}$/) },
  });
});

test('A server without autocommit is an error of the check: it would go on showing old passwords.', async () => {
  await database.admin.query('SET GLOBAL autocommit = 0');
  try {
    const options = beUsersOptions('mysql', url, {
      table: 'oddities',
      login: ['name'],
      password: { column: 'pw' },
      profile: {},
      updatedAt: undefined,
    });
    const directory = createMysqlDirectory(options, { logger: createLogger('silent'), clock: systemClock });
    const errors = (await directory.check()).filter(({ level }) => level === 'error');
    expect(errors).toMatchObject([{ about: 'legacy.autocommit' }]);
    await directory.close();
  } finally {
    await database.admin.query('SET GLOBAL autocommit = 1');
  }
});

test('A row is looked up for inspect by the text of a column, of whatever type it is.', async () => {
  const source = createMysqlTables(url);
  const table = (await source.tables()).find(({ definition }) => definition.name === 'oddities')?.definition;
  if (table === undefined) throw new Error('There is such a table.');
  const namesOf = async (column: string, text: string) =>
    (await source.rowsWhere(table, column, text)).map((row) => row.get('name'));
  expect(await namesOf('name', 'JOSÉ')).toEqual(['José']);
  expect(await namesOf('ID', '2')).toEqual(['long']);
  expect(await namesOf('id', '2 OR 1=1')).toEqual([]);
  expect(await namesOf('name', "' OR ''='")).toEqual([]);
  expect(await namesOf('name', '0')).toEqual([]);
  await expect(namesOf('nick', 'a')).rejects.toThrow(
    'The table oddities has no column nick that may be read.',
  );
  await source.close();
});
