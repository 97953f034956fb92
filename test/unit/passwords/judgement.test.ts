import { expect, test } from 'vitest';
import {
  judgeArgon2,
  judgeBcrypt,
  judgeDes,
  judgeDigest,
  judgePbkdf2,
  judgeScrypt,
} from '../../../src/passwords/judgement.ts';

test('bcrypt is strong from cost 10 on.', () => {
  expect([4, 9, 10, 12].map((cost) => judgeBcrypt(cost).strength)).toEqual([
    'weak',
    'weak',
    'strong',
    'strong',
  ]);
});

test('argon2 is strong from the smallest set of OWASP on, in memory and in work.', () => {
  const strength = (memoryKiB: number, iterations: number) => judgeArgon2({ memoryKiB, iterations }).strength;
  // OWASP's five, and PHP's, Django's and libsodium's defaults.
  for (const [m, t] of [
    [47_104, 1],
    [19_456, 2],
    [12_288, 3],
    [9216, 4],
    [7168, 5],
    [65_536, 4],
    [102_400, 2],
    [65_536, 2],
  ]) {
    expect(strength(m as number, t as number), `${m} ${t}`).toBe('strong');
  }
  expect(strength(4096, 20)).toBe('weak');
  expect(strength(7168, 4)).toBe('weak');
  expect(strength(1024, 2)).toBe('weak');
  expect(strength(8, 1)).toBe('broken');
});

test('scrypt is strong from 16 MiB once on.', () => {
  const strength = (N: number, r: number, p: number) => judgeScrypt({ N, r, p }).strength;
  expect([strength(2 ** 14, 8, 1), strength(2 ** 17, 8, 1), strength(2 ** 13, 8, 10)]).toEqual(
    Array(3).fill('strong'),
  );
  expect(strength(2 ** 12, 8, 1)).toBe('weak');
  expect(strength(2, 1, 1)).toBe('broken');
});

test('PBKDF2 is judged by its digest and its iterations.', () => {
  const strength = (digest: string, iterations: number) => judgePbkdf2({ digest, iterations }).strength;
  expect(strength('sha256', 100_000)).toBe('strong');
  expect(strength('sha256', 99_999)).toBe('weak');
  expect(strength('sha256', 999)).toBe('broken');
  expect(strength('sha512', 100_000)).toBe('strong');
  expect(strength('sha1', 185_000)).toBe('weak');
  expect(strength('sha1', 1_300_000)).toBe('strong');
  expect(strength('sha3_256', 100_000)).toBe('weak');
});

test('a digest is broken when it is taken once, and counts half an HMAC when it is repeated.', () => {
  const strength = (digest: string, rounds?: number) =>
    judgeDigest({ digest, ...(rounds === undefined ? {} : { rounds }) }).strength;
  expect([strength('md5'), strength('sha512'), strength('sha1', 2), strength('sha512', 20)]).toEqual(
    Array(4).fill('broken'),
  );
  expect(strength('md5', 1000)).toBe('weak');
  expect(strength('md5', 8192)).toBe('weak');
  expect(strength('sha512', 5000)).toBe('weak');
  expect(strength('sha512', 656_000)).toBe('strong');
  expect(strength('sha256', 500_000)).toBe('strong');
});

test('DES is never strong.', () => {
  expect(judgeDes(25).strength).toBe('broken');
  expect(judgeDes(5_000_000).strength).toBe('weak');
});

test('a judgement that is not strong says why.', () => {
  expect(judgeBcrypt(8)).toEqual({ strength: 'weak', reason: "bcrypt's cost is 8, and 10 is the least" });
  expect(judgeDigest({ digest: 'md5' })).toEqual({
    strength: 'broken',
    reason: 'one md5: a graphics card tries billions of passwords a second',
  });
});
