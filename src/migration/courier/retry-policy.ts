import type { Claim, Settlement } from '../../ledger/ledger.ts';
import type { Random } from '../../runtime/random.ts';
import type { PutResult } from '../../targets/target.ts';
import type { Outcome } from './outcome.ts';

type Settle = Extract<Outcome, { kind: 'settle' }>;

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 15 * 60_000;

export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly random: Random;
}

/**
 * What each answer of a target means for the row.
 *
 * @param profileDigest of the profile that was sent
 */
export function outcomeOf(
  result: PutResult,
  { attempts }: Pick<Claim, 'attempts'>,
  profileDigest: string,
  policy: RetryPolicy,
): Outcome {
  switch (result.kind) {
    case 'created':
    case 'updated':
      return answered({ kind: 'copied', profileDigest });
    case 'conflict':
      return answered({ kind: 'conflict', reason: result.reason });
    case 'rejected':
      return answered({ kind: 'parked', reason: result.reason });
    case 'retry':
      return tryAgain(attempts, result.reason, policy);
    case 'unavailable':
      return { kind: 'target-out', reason: result.reason };
    case 'throttled':
      return { kind: 'target-busy', reason: result.reason, retryAfterMs: result.retryAfterMs };
  }
}

/** A copy that failed for a passing reason: later, or parked when it was tried often enough. */
export function tryAgain(attempts: number, reason: string, { maxAttempts, random }: RetryPolicy): Settle {
  if (attempts >= maxAttempts) return answered({ kind: 'parked', reason });
  return answered({ kind: 'retrying', reason, delayMs: backOff(attempts, random), spendAttempt: true });
}

/** Exponential with full jitter: anything up to 1 s, 2 s, 4 s ... 15 min. In milliseconds. */
export function backOff(attempts: number, random: Random): number {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempts - 1, 30));
  return Math.round((longest * random(4).readUInt32BE()) / 2 ** 32);
}

const answered = (settlement: Settlement): Settle => ({
  kind: 'settle',
  settlement,
  targetAnswered: true,
});
