import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('An account of the test database can do what it was granted and nothing more.', async () => {
  await database.admin.query('create table t (a int); insert into t values (1)');
  const connection = await createConnection(await database.accountWith('SELECT'));
  const [rows] = await connection.query('select a from t');
  expect(rows).toEqual([{ a: 1 }]);
  await expect(connection.query('insert into t values (2)')).rejects.toMatchObject({
    code: 'ER_TABLEACCESS_DENIED_ERROR',
  });
  await connection.end();
});
