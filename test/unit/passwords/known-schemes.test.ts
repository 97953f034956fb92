import { describe, expect, test } from 'vitest';
import { findScheme, isKnownScheme, schemeNames } from '../../../src/passwords/known-schemes.ts';
import { ALL_SCHEMES } from '../../../src/passwords/schemes/all.ts';

describe('The schemes', () => {
  test('are known by the names that configuration spells.', () => {
    expect(schemeNames().slice(0, 12)).toEqual([
      'auto',
      'bcrypt',
      'argon2',
      'md5($pass)',
      'md5($salt.$pass)',
      'md5($pass.$salt)',
      'sha1($pass)',
      'sha1($salt.$pass)',
      'sha1($pass.$salt)',
      'sha256($pass)',
      'sha256($salt.$pass)',
      'sha256($pass.$salt)',
    ]);
    for (const name of schemeNames()) expect(isKnownScheme(name)).toBe(true);
  });

  test('have aliases, and do not mind case and blanks.', () => {
    expect(findScheme('md5')?.name).toBe('md5($pass)');
    expect(findScheme('MD5( $salt . $pass )')?.name).toBe('md5($salt.$pass)');
  });

  test('are not guessed from names that do not exist.', () => {
    for (const name of ['', 'md4', '__proto__', 'constructor', 'md5($salt)']) {
      expect(isKnownScheme(name)).toBe(false);
    }
  });

  test('have names and aliases of their own.', () => {
    const names = ALL_SCHEMES.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });
});
