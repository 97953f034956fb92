import { describe, expect, test } from 'vitest';
import type { Credential } from '../../../../src/domain/credential.ts';
import { identify } from '../../../../src/passwords/identify/identify.ts';
import { DEFAULT_DECOY, decoyFor } from '../../../../src/passwords/pool/decoy.ts';
import { bcryptDecoy } from '../../../../src/passwords/schemes/bcrypt.ts';

const bcrypt = (cost: number): Credential => ({ encoded: bcryptDecoy(cost), scheme: 'auto' });
const argon2 = (memoryKiB: number, iterations: number): Credential => ({
  encoded: `$argon2id$v=19$m=${memoryKiB},t=${iterations},p=1$c29tZXNhbHRzb21lc2FsdA$q1W12BUmPJLNgIX2zHqdHIdFO+Qzzr5N/5fE50fdi48`,
  scheme: 'auto',
});
const md5: Credential = { encoded: '0'.repeat(32), salt: 'salt', scheme: 'md5($salt.$pass)' };
const rows = (...groups: [number, Credential][]) =>
  groups.flatMap(([count, credential]) => Array.from({ length: count }, () => credential));

describe('The decoy', () => {
  test('is bcrypt of cost 10 before the table is known.', () => {
    expect(DEFAULT_DECOY.credential.encoded).toContain('$2b$10$');
  });

  test.each([
    ['the one class there is', rows([100, bcrypt(12)]), bcrypt(12)],
    ['a class of 5 %', rows([95, md5], [5, bcrypt(12)]), bcrypt(12)],
    ['not a class of less than 5 %', rows([60, bcrypt(10)], [36, md5], [4, bcrypt(14)]), bcrypt(10)],
    ['memory-hard when that is dearer', rows([50, bcrypt(8)], [50, argon2(65_536, 4)]), argon2(65_536, 4)],
    ['as dear as many odd rows together', rows([90, md5], [4, bcrypt(11)], [6, bcrypt(12)]), bcrypt(12)],
    ['the dearest of a few', rows([2, md5], [1, bcrypt(9)]), bcrypt(9)],
    ['a digest where all are digests', rows([20, md5]), md5],
    [
      'chosen from readable rows alone',
      rows([96, { encoded: 'x', scheme: 'auto' }], [4, bcrypt(9)]),
      bcrypt(9),
    ],
    ['no row that is out of bounds', rows([50, bcrypt(20)], [50, bcrypt(9)]), bcrypt(9)],
  ])('is %s.', (_, sample, expected) => {
    const identified = identify(expected);
    if (identified.kind !== 'readable') throw new Error('not readable');
    const decoy = decoyFor(sample);
    expect(decoy?.cost).toBe(identified.hash.cost);
    const own = identify(decoy?.credential ?? { encoded: '', scheme: 'auto' });
    expect(own).toMatchObject({ kind: 'readable', hash: { cost: decoy?.cost } });
  });

  test('is given the password in the charset of the rows.', () => {
    expect(decoyFor(rows([20, { ...md5, charset: 'utf16le' }]))?.credential.charset).toBe('utf16le');
    expect(decoyFor(rows([20, md5]))?.credential.charset).toBeUndefined();
  });

  test('stays what it was when no row can be read.', () => {
    expect(decoyFor([])).toBeUndefined();
    expect(decoyFor(rows([10, { encoded: '', scheme: 'auto' }]))).toBeUndefined();
  });
});
