import { expect, test } from 'vitest';
import type { Cell } from '../../../../src/domain/cell.ts';
import { readCredential } from '../../../../src/legacy/mapping/credential.ts';
import { selectItems, toRow } from '../../../../src/legacy/mapping/row.ts';
import { legacyOptions } from '../../../../src/legacy/options.ts';

function credentialOf(password: Record<string, unknown>, cells: Record<string, Cell>) {
  const options = legacyOptions.parse({
    kind: 'sqlite',
    url: 'sqlite:x',
    table: 't',
    id: 'id',
    login: ['id'],
    password: { column: 'pw', ...password },
  });
  const items = Object.keys(cells).map((column) => ({ as: 'value' as const, column, mappedBy: '' }));
  return readCredential(options, toRow(items, Object.values(cells)));
}

test('A row without a password has an empty one.', () => {
  expect(credentialOf({}, { pw: null })).toEqual({ encoded: '', scheme: 'auto' });
  expect(credentialOf({ salt: 's' }, { pw: null, s: null })).toEqual({
    encoded: '',
    salt: '',
    scheme: 'auto',
  });
});

test('A hash is taken byte for byte, blanks included.', () => {
  expect(credentialOf({ salt: 's' }, { pw: ' h ', s: ' s ' })).toEqual({
    encoded: ' h ',
    salt: ' s ',
    scheme: 'auto',
  });
});

test('A binary column is text where it is printable, and hex where it is not.', () => {
  expect(credentialOf({}, { pw: Buffer.from('$2y$10$abc') }).encoded).toBe('$2y$10$abc');
  expect(credentialOf({}, { pw: Buffer.from('$2y$10$abc\0\0\0') }).encoded).toBe('$2y$10$abc');
  expect(credentialOf({}, { pw: Buffer.from('00ff61', 'hex') }).encoded).toBe('00ff61');
  expect(credentialOf({}, { pw: Buffer.from('äöü') }).encoded).toBe('c3a4c3b6c3bc');
});

test('A column may say which scheme the row has.', () => {
  const scheme = { column: 'type', map: { 1: 'md5', 2: 'bcrypt' } };
  expect(credentialOf({ scheme }, { pw: 'x', type: 2 }).scheme).toBe('bcrypt');
  expect(credentialOf({ scheme }, { pw: 'x', type: '1' }).scheme).toBe('md5');
});

test('A value without a scheme is named as a scheme that does not exist, without what stands in the row.', () => {
  const scheme = { column: 'type', map: { 1: 'md5' } };
  expect(credentialOf({ scheme }, { pw: 'x', type: 7 }).scheme).toBe('(no scheme for type 7)');
  for (const type of ['secret', '12345', '', null, 'constructor', '__proto__'])
    expect(credentialOf({ scheme }, { pw: 'x', type }).scheme).toBe('(no scheme for the value of type)');
});

test('A hash or salt beyond its bound is cut and cannot be verified.', () => {
  const long = credentialOf({}, { pw: 'a'.repeat(5_000) });
  expect(long.encoded).toHaveLength(4_096);
  expect(long.scheme).toBe('(a hash of more than 4096 characters)');
  const salted = credentialOf({ salt: 's' }, { pw: 'a', s: 'b'.repeat(1_025) });
  expect(salted.salt).toHaveLength(1_024);
  expect(salted.scheme).toBe('(a salt of more than 1024 characters)');
  expect(credentialOf({}, { pw: 'a'.repeat(4_096) }).scheme).toBe('auto');
});

test('A name, a pepper and a charset travel with the hash where they are mapped.', () => {
  const mapped = { username: 'u', pepper: 'site secret', charset: 'cp1252' };
  expect(credentialOf(mapped, { pw: 'x', u: 'Älice ' })).toEqual({
    encoded: 'x',
    username: 'Älice ',
    pepper: 'site secret',
    charset: 'cp1252',
    scheme: 'auto',
  });
  expect(credentialOf(mapped, { pw: 'x', u: null })).not.toHaveProperty('username');
  const long = credentialOf(mapped, { pw: 'x', u: 'a'.repeat(1_025) });
  expect(long.username).toHaveLength(1_024);
  expect(long.scheme).toBe('(a username of more than 1024 characters)');
});

test('The column of the name is asked for, and the pepper does not show in the options.', () => {
  const options = legacyOptions.parse({
    kind: 'sqlite',
    url: 'sqlite:x',
    table: 't',
    id: 'id',
    login: ['id'],
    password: { column: 'pw', username: 'nick', pepper: 'site secret' },
  });
  expect(selectItems(options)).toContainEqual({ as: 'value', column: 'nick', mappedBy: 'password.username' });
  expect(JSON.stringify(options)).not.toContain('site secret');
});
