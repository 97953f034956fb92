import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CheckResult } from '../../../src/domain/check.ts';
import type { LegacyId } from '../../../src/domain/ids.ts';
import { createMysqlDirectory } from '../../../src/legacy/mysql/create-mysql-directory.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { beUsersOptions, createBeUsers } from '../../support/be-users.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await createBeUsers(database.admin);
});
afterAll(() => database.drop());
afterEach(async () => {
  await database.admin.query("SET GLOBAL general_log = 0; SET GLOBAL log_output = 'FILE'");
});

const open = (url: string, changes: Record<string, unknown> = {}) =>
  createMysqlDirectory(beUsersOptions('mysql', url, changes), {
    logger: createLogger('silent'),
    clock: systemClock,
  });

async function grantsOf(url: string): Promise<CheckResult[]> {
  const directory = open(url);
  const results = await directory.check();
  await directory.close();
  return results.filter(({ about }) => about === 'legacy.grants');
}

const userOf = (url: string) => new URL(url).username;

test('Nothing but SELECT is ever sent, and SHOW GRANTS by the check.', async () => {
  const url = await database.accountWith('SELECT');
  await database.admin.query("SET GLOBAL log_output = 'TABLE'; SET GLOBAL general_log = 1");
  const directory = open(url, { status: { active: 'is_logged IN (0, 1)' } });
  await directory.find('anna');
  await directory.find('nobody');
  await directory.findById('1' as LegacyId);
  await directory.sampleCredentials(5);
  await directory.check();
  await directory.close();
  await database.admin.query('SET GLOBAL general_log = 0');
  const [rows] = await database.admin.query(
    'SELECT command_type AS kind, CONVERT(argument USING utf8mb4) AS text FROM mysql.general_log WHERE user_host LIKE ?',
    [`%${userOf(url)}%`],
  );
  const log = rows as { kind: string; text: string }[];
  const statements = log.filter(({ kind }) => ['Query', 'Prepare', 'Execute'].includes(kind));
  expect(statements.length).toBeGreaterThan(10);
  expect(statements.filter(({ text }) => !/^\(?SELECT |^SHOW GRANTS$/.test(text))).toEqual([]);
  const kinds = new Set(log.map(({ kind }) => kind));
  expect(['Connect', 'Quit', 'Query', 'Prepare', 'Execute']).toEqual(expect.arrayContaining([...kinds]));
});

test('An account that may read alone is in order, down to the columns.', async () => {
  expect(await grantsOf(await database.accountWith('SELECT'))).toMatchObject([{ level: 'ok' }]);
  const url = await database.accountWith('USAGE');
  const columns = 'id, username, email, password, first_name, last_name, gender, birthday, updated_at';
  await database.admin.query(`GRANT SELECT (${columns}) ON be_users TO '${userOf(url)}'@'%'`);
  const directory = open(url);
  expect(await directory.find('anna')).toMatchObject({ kind: 'found' });
  expect((await directory.check()).filter(({ level }) => level !== 'ok')).toEqual([]);
  await directory.close();
});

test('The check says which column is not granted.', async () => {
  const url = await database.accountWith('USAGE');
  const user = `'${userOf(url)}'@'%'`;
  await database.admin.query(`GRANT SELECT (id, username, email, first_name) ON be_users TO ${user}`);
  const directory = open(url, { profile: {}, updatedAt: undefined });
  expect((await directory.check()).filter(({ level }) => level === 'error')).toMatchObject([
    {
      about: 'legacy.password.column',
      found: expect.stringContaining('no column password that the account may read'),
    },
  ]);
  await directory.close();
});

test.each([
  ['SELECT, INSERT, UPDATE', /INSERT, UPDATE\. The bridge needs SELECT alone/],
  ['ALL PRIVILEGES', /ALL PRIVILEGES/],
  ['SELECT, LOCK TABLES', /LOCK TABLES/],
])('The grant %s is a warning whose remedy takes it away.', async (grants, sentence) => {
  const url = await database.accountWith(grants);
  const [found, ...more] = await grantsOf(url);
  expect(found).toMatchObject({ level: 'warning', found: expect.stringMatching(sentence) });
  expect(more).toEqual([]);
  await run(found);
  expect(await grantsOf(url)).toMatchObject([{ level: 'ok' }]);
  const directory = open(url);
  expect(await directory.find('anna')).toMatchObject({ kind: 'found' });
  await directory.close();
});

test('Grant option, column rights, rights on every database and roles are each a warning.', async () => {
  const url = await database.accountWith('SELECT');
  const user = `'${userOf(url)}'@'%'`;
  const role = `role_${database.name}`;
  await database.admin.query(`GRANT SELECT ON *.* TO ${user};
    GRANT SELECT, UPDATE (is_logged) ON be_users TO ${user} WITH GRANT OPTION;
    CREATE ROLE ${role}; GRANT ${role} TO ${user}`);
  const results = await grantsOf(url);
  const text = results.map(({ found }) => found).join('\n');
  expect(results.every(({ level }) => level === 'warning')).toBe(true);
  expect(text).toMatch(/may read every database of the server/);
  expect(text).toMatch(/may do more than read on `\w+`\.`be_users`: UPDATE \(`is_logged`\)/);
  expect(text).toMatch(/GRANT OPTION/);
  expect(text).toMatch(/has the role/);
  for (const result of results) await run(result);
  expect(await grantsOf(url)).toMatchObject([{ level: 'ok' }]);
  await database.admin.query(`DROP ROLE ${role}`);
});

test('An administrator’s account is left alone: no remedy takes its rights away.', async () => {
  const results = await grantsOf(database.adminUrl);
  expect(results.map(({ level }) => level)).toContain('warning');
  for (const { remedy } of results) {
    expect(remedy).not.toContain('REVOKE');
    expect(remedy).toMatch(
      /CREATE USER 'footbridge'@'%' IDENTIFIED BY '\.\.\.'; GRANT SELECT \(`id`, .*\) ON `\w+`\.`be_users` TO/,
    );
  }
});

test('The hash of the account’s password, which MariaDB shows among its grants, is told to nobody.', async () => {
  const url = await database.accountWith('ALL PRIVILEGES');
  const directory = open(url);
  expect(JSON.stringify(await directory.check())).not.toMatch(/IDENTIFIED BY PASSWORD|\*[0-9A-F]{40}/);
  await directory.close();
});

/** Runs what a remedy says, as the administrator whom it is for. */
async function run(result: CheckResult | undefined): Promise<void> {
  const [, sql = ''] =
    /^If nobody else uses this account: (.*;) Otherwise, have an account made/.exec(result?.remedy ?? '') ??
    [];
  expect(sql).not.toBe('');
  await database.admin.query(sql);
}
