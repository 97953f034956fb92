import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identify } from '../../../../src/passwords/identify/identify.ts';
import { ALL_SCHEMES } from '../../../../src/passwords/schemes/all.ts';

const BCRYPT = '$2y$04$abcdefghijklmnopqrstuuSqNATdQiNEckAKLsqgsKbAM5.hZoMCq';
const ARGON2 =
  '$argon2id$v=19$m=8192,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$q1W12BUmPJLNgIX2zHqdHIdFO+Qzzr5N/5fE50fdi48';
const MD5 = '5ebe2294ecd0e0f08eab7690d2a6ee69';

describe('Identifying a row', () => {
  test('chooses by the prefix where the scheme is auto.', () => {
    expect(identify({ encoded: BCRYPT, scheme: 'auto' })).toMatchObject({ hash: { scheme: 'bcrypt' } });
    expect(identify({ encoded: ARGON2, scheme: 'auto' })).toMatchObject({ hash: { scheme: 'argon2' } });
  });

  test('does not guess what a bare digest is.', () => {
    expect(identify({ encoded: MD5, scheme: 'auto' })).toEqual({
      kind: 'unknown-scheme',
      shape: '32 hexadecimal digits (MD5, NTLM or a recipe: name the scheme)',
    });
  });

  test('reads a row by the configured scheme alone.', () => {
    expect(identify({ encoded: MD5, scheme: 'md5' })).toMatchObject({ hash: { scheme: 'md5($pass)' } });
    expect(identify({ encoded: BCRYPT, scheme: 'md5' })).toEqual({
      kind: 'unknown-scheme',
      shape: '60 characters that begin with $2y$; not md5($pass), as configured',
    });
    expect(identify({ encoded: MD5, scheme: 'bcrypt' })).toMatchObject({ kind: 'unknown-scheme' });
  });

  test('reads a row of a mixed table by the first scheme that reads it, and by no other.', () => {
    const mixed = (encoded: string, ...scheme: string[]) => identify({ encoded, salt: 'abc', scheme });
    expect(mixed(BCRYPT, 'auto', 'md5($salt.$pass)')).toMatchObject({ hash: { scheme: 'bcrypt' } });
    expect(mixed(MD5, 'auto', 'md5($salt.$pass)')).toMatchObject({ hash: { scheme: 'md5($salt.$pass)' } });
    expect(mixed(MD5, 'md5($pass.$salt)', 'md5($salt.$pass)')).toMatchObject({
      hash: { scheme: 'md5($pass.$salt)' },
    });
    expect(mixed('0123', 'auto', 'md5($salt.$pass)')).toEqual({
      kind: 'unknown-scheme',
      shape:
        'fewer than 13 characters: too short for a hash; none of auto and md5($salt.$pass), as configured',
    });
  });

  test('takes what is damaged, or beyond the bounds, for nothing else.', () => {
    const cut = BCRYPT.slice(0, 57);
    expect(identify({ encoded: cut, scheme: ['auto', 'plaintext'] })).toEqual({
      kind: 'unknown-scheme',
      shape: 'bcrypt, but 57 of 60 characters: the column or the export cut it',
    });
    const hostile = BCRYPT.replace('$04$', '$31$');
    expect(identify({ encoded: hostile, scheme: ['auto', 'md5($pass)'] })).toMatchObject({
      kind: 'out-of-bounds',
      scheme: 'bcrypt',
    });
  });

  test('names a value that was cut.', () => {
    expect(identify({ encoded: BCRYPT.slice(0, 57), scheme: 'auto' })).toEqual({
      kind: 'unknown-scheme',
      shape: 'bcrypt, but 57 of 60 characters: the column or the export cut it',
    });
  });

  test('names a row without a password, whatever is configured.', () => {
    for (const scheme of ['auto', 'md5', 'bcrypt']) {
      expect(identify({ encoded: '', scheme })).toEqual({
        kind: 'unknown-scheme',
        shape: 'empty: the row has no password',
      });
    }
  });

  test('lets no parser see a value that is longer than any hash.', () => {
    const encoded = ARGON2.replace('c29t', 'c29t'.repeat(250));
    expect(identify({ encoded, scheme: 'auto' })).toEqual({
      kind: 'unknown-scheme',
      shape: 'more than 1024 characters: longer than any password hash',
    });
  });

  test('says that a scheme does not exist.', () => {
    expect(identify({ encoded: MD5, scheme: 'rot13' })).toEqual({
      kind: 'unknown-scheme',
      shape: 'not read: there is no scheme called rot13',
    });
  });

  test('says what is out of bounds.', () => {
    expect(identify({ encoded: BCRYPT.replace('$04$', '$31$'), scheme: 'auto' })).toEqual({
      kind: 'out-of-bounds',
      scheme: 'bcrypt',
      reason: "bcrypt's cost is 31; verified are 4 to 15.",
    });
  });

  test('survives any text, and no text is read by two schemes that describe themselves.', () => {
    const mutated = fc
      .tuple(fc.constantFrom(BCRYPT, ARGON2, MD5), fc.nat(100), fc.string({ unit: 'binary', maxLength: 4 }))
      .map(([text, at, piece]) => text.slice(0, at) + piece + text.slice(at + piece.length));
    const names = ['auto', ...ALL_SCHEMES.map(({ name }) => name)];
    fc.assert(
      fc.property(
        fc.oneof(mutated, fc.string({ unit: 'binary', maxLength: 2000 })),
        fc.option(fc.string(), { nil: undefined }),
        (encoded, salt) => {
          for (const scheme of names) identify({ encoded, scheme, ...(salt === undefined ? {} : { salt }) });
          const readers = ALL_SCHEMES.filter(
            (one) => one.selfDescribing && one.parse({ encoded, ...(salt === undefined ? {} : { salt }) }),
          );
          return readers.length <= 1;
        },
      ),
      { numRuns: 2000 },
    );
  });
});
