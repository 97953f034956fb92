import { expect, test } from 'vitest';
import { findScheme } from '../../../../src/passwords/known-schemes.ts';

const EXAMPLE_ROW = { salt: 'c0ffee00', username: 'ada', pepper: 'pepper' };

/** What is said of a value of this recipe. */
function said(recipe: string) {
  const scheme = findScheme(recipe);
  const hash = scheme?.parse({ encoded: scheme.about.example, ...EXAMPLE_ROW });
  return { ...hash?.parameters, strength: hash?.judgement.strength };
}

test.each([
  ['md5($pass)', { digest: 'md5', strength: 'broken' }],
  ['md5(sha512($pass))', { digest: 'md5', strength: 'broken' }],
  ["'{X}'.base64(sha1_bin($salt.$pass))", { digest: 'sha1', strength: 'broken' }],
  ['hmac-sha256($pepper, $pass)', { digest: 'sha256', strength: 'broken' }],
  ['repeat(5000, sha512_bin($last.$pass))', { digest: 'sha512', rounds: 5000, strength: 'weak' }],
  ['repeat(200000, sha256($last.$pass))', { digest: 'sha256', rounds: 200_000, strength: 'strong' }],
  ['pbkdf2_hmac_sha1($pass, $salt, 1000, 20)', { digest: 'sha1', rounds: 1000, strength: 'weak' }],
  [
    'pbkdf2_hmac_sha256_bin($pass, $salt, 100000, 32)',
    { digest: 'sha256', rounds: 100_000, strength: 'strong' },
  ],
  ['bcrypt(md5($pass))', { cost: 10, strength: 'strong' }],
])('%s is judged by its outermost function and its rounds.', (recipe, expected) => {
  expect(said(recipe)).toEqual(expected);
});
