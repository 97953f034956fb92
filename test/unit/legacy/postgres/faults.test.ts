import { expect, test } from 'vitest';
import { TimeoutError } from '../../../../src/legacy/asking/deadline.ts';
import { isConnectionLost, toFault } from '../../../../src/legacy/postgres/faults.ts';
import { plainPart } from '../../../../src/legacy/postgres/indexes.ts';

const place = { server: 'db:5432', table: 'users' };
const sentence = (error: unknown) => toFault(error, place).message;
const withCode = (code: string) => Object.assign(new Error('SELECT secret'), { code });

test('Every fault is a sentence that says nothing of the statement.', () => {
  expect(sentence(withCode('28P01'))).toMatch(/refused the account/);
  expect(sentence(withCode('42501'))).toMatch(/may not read all that is mapped of users/);
  expect(sentence(withCode('SELF_SIGNED_CERT_IN_CHAIN'))).toMatch(/certificate is not trusted/);
  expect(sentence(withCode('ERR_TLS_CERT_ALTNAME_INVALID'))).toMatch(/of another host/);
  expect(sentence(new Error('The server does not support SSL connections'))).toMatch(/offers no TLS/);
  expect(sentence(new TimeoutError())).toMatch(/did not answer in time/);
  expect(sentence(new Error('timeout exceeded when trying to connect'))).toMatch(/did not answer in time/);
  expect(sentence(withCode('XX000'))).toMatch(/the fault XX000/);
  expect(sentence(withCode('drop table users'))).toMatch(/the fault "unknown"/);
  expect(sentence('?')).not.toContain('SELECT');
});

test('A connection that broke may be replaced; one that took too long may not.', () => {
  expect(isConnectionLost(withCode('57P01'))).toBe(true);
  expect(isConnectionLost(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isConnectionLost(new Error('Connection terminated due to connection timeout'))).toBe(false);
  expect(isConnectionLost(new TimeoutError())).toBe(false);
});

test('What an index holds is read without casts, parentheses and quotes.', () => {
  expect(plainPart('email')).toBe('email');
  expect(plainPart('lower((email)::text)')).toBe('lower(email)');
  expect(plainPart('lower(email::text)')).toBe('lower(email)');
  expect(plainPart('"eMail"')).toBe('eMail');
  expect(plainPart('lower(("eMail")::text)')).toBe('lower(eMail)');
});
