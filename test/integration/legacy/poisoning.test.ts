import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LegacyId } from '../../../src/domain/ids.ts';
import { parseAddress } from '../../../src/legacy/mysql/address.ts';
import { readColumns } from '../../../src/legacy/mysql/columns.ts';
import { createMysqlDirectory } from '../../../src/legacy/mysql/create-mysql-directory.ts';
import { createQuestions } from '../../../src/legacy/mysql/questions.ts';
import { findByIdStatement, findManyStatement, findStatement } from '../../../src/legacy/mysql/statements.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { type BeUser, beUsersOptions, createBeUsers } from '../../support/be-users.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const PEOPLE: BeUser[] = Array.from({ length: 50 }, (_, index) => ({
  id: index + 1,
  username: `person-${index + 1}`,
  email: `person-${index + 1}@example.com`,
  password: `hash-${index + 1}`,
}));
const POISON = [
  0,
  5,
  1.5,
  true,
  false,
  new Date(0),
  Buffer.from('x'),
  { a: 1 },
  ['a'],
  0n,
  null,
] as unknown[];

let database: TestDatabase;
let url: string;
beforeAll(async () => {
  database = await createTestDatabase();
  await createBeUsers(database.admin, PEOPLE);
  url = await database.accountWith('SELECT');
});
afterAll(() => database.drop());

async function onOneConnection(work: (connection: Connection) => Promise<void>): Promise<void> {
  const connection = await createConnection({ uri: url, rowsAsArray: true });
  await work(connection);
  await connection.end();
}

test('Without the defence, one number makes MySQL match everybody ever after: the trap is real.', async () => {
  await onOneConnection(async (connection) => {
    const look = async (name: unknown) =>
      (
        (
          await connection.execute('SELECT id FROM be_users WHERE username = ?', [name as string])
        )[0] as unknown[]
      ).length;
    expect(await look('person-7')).toBe(1);
    expect(await look(0)).toBe(50);
    expect(await look('person-7')).toBe(database.kind === 'mysql' ? 50 : 1);
    expect(await look('nobody')).toBe(database.kind === 'mysql' ? 50 : 0);
  });
});

test('No value of another type gets through, and fifty people are found rightly afterwards on the same connection.', async () => {
  const directory = createMysqlDirectory(beUsersOptions('mysql', url, { connections: 1 }), {
    logger: createLogger('silent'),
    clock: systemClock,
  });
  expect(await directory.find('person-1')).toMatchObject({ kind: 'found', user: { id: '1' } });
  for (const value of POISON) {
    await expect(directory.find(value as string)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(directory.findById(value as LegacyId)).rejects.toMatchObject({ code: 'invalid_request' });
  }
  for (const { id, username, email, password } of PEOPLE) {
    for (const name of [username, email])
      expect(await directory.find(name)).toMatchObject({
        kind: 'found',
        user: { id: String(id), credential: { encoded: password } },
      });
    expect(await directory.findById(String(id) as LegacyId)).toMatchObject({ id: String(id) });
  }
  expect(await directory.find('nobody')).toEqual({ kind: 'none' });
  await directory.close();
});

test('Even if such values reached the server, the statements would not be poisoned.', async () => {
  const options = beUsersOptions('mysql', url);
  const questions = createQuestions(parseAddress(url), { timeoutMs: 2_000, connections: 1 });
  const columns = await readColumns(questions, { schema: undefined, table: 'be_users' });
  await questions.close();
  await onOneConnection(async (connection) => {
    for (const statement of [
      findStatement(options, columns, 'x'),
      findByIdStatement(options, columns, '1'),
      findManyStatement(options, columns, ['1', '1', '1'], 24),
    ]) {
      const { sql = '', texts = [] } = statement ?? {};
      const look = async (value: unknown) =>
        (await connection.execute(sql, texts.map(() => value) as string[]))[0] as unknown[];
      const right = sql.includes('username` = ') ? 'person-7' : '7';
      expect(await look(right)).toHaveLength(1);
      for (const value of POISON) {
        await look(value).catch(() => []);
        expect(await look(right), String(value)).toHaveLength(1);
        expect(await look('nobody'), String(value)).toHaveLength(0);
      }
    }
  });
});
