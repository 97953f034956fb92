import { describe, expect, test } from 'vitest';
import { costOf } from '../../../src/passwords/cost.ts';
import { EXAMPLE } from '../../../src/passwords/example.ts';
import { findScheme } from '../../../src/passwords/known-schemes.ts';

/** How many times as dear a password of so many bytes is as a short one, to one decimal. */
function timesAsDear(name: string, bytes: number): number {
  const scheme = findScheme(name);
  const hash = scheme?.parse({ salt: EXAMPLE.salt, encoded: scheme.about.example });
  if (hash === undefined) throw new Error(`The example of ${name} cannot be read.`);
  expect(costOf(hash, 0)).toBe(hash.cost);
  return Math.round((10 * costOf(hash, bytes)) / hash.cost) / 10;
}

describe('The cost of a password of 4,096 bytes', () => {
  test.each([
    ['symfony', 9.2],
    ['phpass', 21.5],
    ['repeat(5000, md5($last.$pass))', 9.2],
    ['repeat(5000, md5($last.md5($pass)))', 5.1],
    ['repeat(5000, md5($last.$pass.$pass))', 17.4],
    ['repeat(5000, md5($last.utf16le($pass)))', 50.1],
  ])('is that of its bytes where rounds hash all of them: %s', (name, times) => {
    expect(timesAsDear(name, 4096)).toBeCloseTo(times, 0);
  });

  test.each([
    'bcrypt',
    'argon2',
    'django-pbkdf2',
    'werkzeug-scrypt',
    'shiro1',
    'repeat(5000, md5($last), $pass)',
    'phpass(md5($pass))',
  ])('is that of a short one where it is hashed once or cut: %s', (name) => {
    expect(timesAsDear(name, 4096)).toBeLessThan(5);
  });

  test.each([
    ['drupal7', 512],
    ['sha512crypt', 511],
    ['md5crypt', 511],
  ])('ends where the scheme hashes no more of it: %s at %i', (name, most) => {
    expect(timesAsDear(name, 4096)).toBe(timesAsDear(name, most));
    expect(timesAsDear(name, most)).toBeGreaterThan(timesAsDear(name, most / 2));
  });
});
