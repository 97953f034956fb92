import { expect, test } from 'vitest';
import { TimeoutError } from '../../../../src/legacy/asking/deadline.ts';
import { isConnectionLost, toFault } from '../../../../src/legacy/mysql/faults.ts';

const place = { server: 'db:3306', table: 'be_users' };
const driverError = (code: string | undefined, more: object = {}) =>
  Object.assign(new Error("near 'canary' in SELECT canary"), {
    sql: 'SELECT canary',
    ...(code ? { code } : {}),
    ...more,
  });

test.each([
  ['ECONNREFUSED', /db:3306 refused the connection/],
  ['ER_BAD_FIELD_ERROR', /A column that the configuration names is not in be_users/],
  ['ER_SOMETHING_NEW', /answered with the fault ER_SOMETHING_NEW/],
  ["x' canary", /answered with the fault "unknown"/],
  [undefined, /answered with the fault "unknown"/],
  ['PROTOCOL_CONNECTION_LOST', /closed the connection/],
])('The fault %s becomes a sentence that holds nothing of the statement.', (code, sentence) => {
  const fault = toFault(driverError(code), place);
  expect(fault).toMatchObject({ code: 'legacy_unavailable', message: expect.stringMatching(sentence) });
  expect(fault.message + String(fault.cause)).not.toContain('canary');
});

test('A timeout is a sentence, and no lost connection: it is not asked again.', () => {
  expect(toFault(new TimeoutError(), place).message).toMatch(/did not answer in time/);
  expect(isConnectionLost(new TimeoutError())).toBe(false);
  expect(isConnectionLost(driverError(undefined, { fatal: true }))).toBe(true);
  expect(isConnectionLost(driverError('ECONNREFUSED', { fatal: true }))).toBe(false);
});
