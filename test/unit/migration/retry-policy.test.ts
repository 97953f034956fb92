import { expect, test } from 'vitest';
import { backOff, outcomeOf } from '../../../src/migration/courier/retry-policy.ts';
import type { PutResult } from '../../../src/targets/target.ts';

const highest = (bytes: number) => Buffer.alloc(bytes, 0xff);
const policy = { maxAttempts: 3, random: highest };
const after = (result: PutResult, attempts = 1) => outcomeOf(result, { attempts }, 'digest', policy);

const COPIED = { kind: 'copied', profileDigest: 'digest' };
const RETRYING = { kind: 'retrying', reason: 'r', delayMs: 1_000, spendAttempt: true };

test.each([
  [{ kind: 'created' }, COPIED],
  [{ kind: 'updated' }, COPIED],
  [
    { kind: 'conflict', reason: 'r' },
    { kind: 'conflict', reason: 'r' },
  ],
  [
    { kind: 'rejected', reason: 'r' },
    { kind: 'parked', reason: 'r' },
  ],
  [{ kind: 'retry', reason: 'r' }, RETRYING],
] satisfies [PutResult, unknown][])('The answer %o settles the row.', (result, settlement) => {
  expect(after(result)).toEqual({ kind: 'settle', settlement, targetAnswered: true });
});

test('An outage and a request to wait are about the target, not about the row.', () => {
  expect(after({ kind: 'unavailable', reason: 'r' }, 99)).toEqual({ kind: 'target-out', reason: 'r' });
  expect(after({ kind: 'throttled', reason: 'r', retryAfterMs: 7 }, 99)).toEqual({
    kind: 'target-busy',
    reason: 'r',
    retryAfterMs: 7,
  });
});

test('The last attempt parks the row.', () => {
  expect(after({ kind: 'retry', reason: 'r' }, 2)).toMatchObject({ settlement: { kind: 'retrying' } });
  expect(after({ kind: 'retry', reason: 'r' }, 3)).toMatchObject({ settlement: { kind: 'parked' } });
});

test('The delay doubles up to a quarter of an hour, and may be anything below it.', () => {
  const longest = [1, 2, 3, 10, 11, 12, 100].map((attempts) => backOff(attempts, highest));
  expect(longest).toEqual([1_000, 2_000, 4_000, 512_000, 900_000, 900_000, 900_000]);
  expect(backOff(12, (bytes) => Buffer.alloc(bytes))).toBe(0);
  const half = (bytes: number) => Buffer.from([0x80, 0, 0, 0]).subarray(0, bytes);
  expect(backOff(12, half)).toBe(450_000);
});
