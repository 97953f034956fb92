import { expect, test } from 'vitest';
import { asResult } from '../../../../src/targets/sql/explain.ts';
import { explainMysql } from '../../../../src/targets/sql/mysql/explain-mysql.ts';
import type { Table } from '../../../../src/targets/sql/table.ts';

const column = (name: string) => ({
  name,
  kind: 'text' as const,
  nullable: true,
  fillsItself: true,
  length: 10,
  ignoresCase: true,
});
const table: Table = {
  columns: new Map(['email', 'name'].map((name) => [name, column(name)])),
  uniqueIndexes: [{ name: 'users_email_unique', columns: ['email'] }],
};
const explain = (error: Record<string, unknown>) => asResult(error, explainMysql(error), table);

test.each([
  [1062, "Duplicate entry 'secret@example.com' for key 'users.users_email_unique'", 'conflict', 'email'],
  [1062, "Duplicate entry 'x' for key 'name'' for key 'users_email_unique'", 'conflict', 'email'],
  [1406, "Data too long for column 'name' at row 1", 'rejected', 'name'],
  [1048, "Column 'email' cannot be null", 'rejected', 'email'],
  [1364, "Field 'email' doesn't have a default value", 'rejected', 'email'],
  [1366, "Incorrect string value: '\\xF0secret' for column `db`.`users`.`name` at row 1", 'rejected', 'name'],
  [1366, "Incorrect value: 'column 'email'' for column 'name' at row 1", 'rejected', 'name'],
  [1406, "Data too long for column 'secret' at row 1", 'rejected', 'does not name'],
  [1213, 'Deadlock found', 'retry', 'deadlock'],
  [1205, 'Lock wait timeout exceeded', 'retry', 'locked'],
  [1146, "Table 'db.users' doesn't exist", 'unavailable', 'table'],
  [1045, "Access denied for user 'secret'", 'unavailable', 'refuses'],
  [1040, 'Too many connections', 'unavailable', 'too many'],
  [9999, 'secret', 'retry', 'ER_SOMETHING_NEW'],
])('Error %i, %s, is %s and names %s.', (errno, message, kind, named) => {
  const result = explain({ errno, message, code: 'ER_SOMETHING_NEW' });
  expect(result).toMatchObject({ kind, reason: expect.stringContaining(named) });
  expect(JSON.stringify(result)).not.toContain('secret');
});

test.each([
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ECONNRESET',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ENOTFOUND',
])('%s is an outage.', (code) => {
  expect(explain({ code, message: 'secret' })).toMatchObject({ kind: 'unavailable' });
});
