import type { Settlement } from '../../ledger/ledger.ts';
import type { Random } from '../../runtime/random.ts';
import type { PutResult } from '../../targets/target.ts';
import type { Outcome } from './outcome.ts';

interface Rule {
  /** What happened, as a sentence. */
  readonly when: string;
  /** The state of the row afterwards; `leased`: as nobody knows what happened, it stays so until its lease runs out. */
  readonly row: Settlement['kind'] | 'as it was' | 'leased';
  /** An attempt that is not spent was taken by an outage, or by something that is not about this person. */
  readonly attempt: 'spent' | 'not spent';
  /** Who is left alone for how long: milliseconds, or what says it. */
  readonly waits: 'nobody' | 'row' | 'client' | 'legacy' | 'target';
  readonly wait: number | 'none' | 'back-off' | 'lease' | 'circuit' | 'retry-after' | 'rate';
  /** What the target's circuit learns, and all instances with it: `answers` closes it, `fails` opens it. */
  readonly circuit?: 'answers' | 'fails' | 'pauses';
}

/** Every way in which a copy can end, and what follows. The courier acts by this table; docs/reference shows it. */
export const RETRY_POLICY = {
  arrived: {
    when: 'The target has the person as the copy says.',
    row: 'copied',
    attempt: 'spent',
    waits: 'nobody',
    wait: 'none',
    circuit: 'answers',
  },
  conflict: {
    when: 'A stranger at the target holds what must be unique.',
    row: 'conflict',
    attempt: 'spent',
    waits: 'nobody',
    wait: 'none',
    circuit: 'answers',
  },
  rejected: {
    when: 'The target will never take this copy as it is.',
    row: 'parked',
    attempt: 'spent',
    waits: 'nobody',
    wait: 'none',
    circuit: 'answers',
  },
  failed: {
    when: 'The copy failed at the target for a passing reason.',
    row: 'retrying',
    attempt: 'spent',
    waits: 'row',
    wait: 'back-off',
    circuit: 'answers',
  },
  'target out': {
    when: 'The target as a whole is out: refused, reset, 5xx.',
    row: 'as it was',
    attempt: 'not spent',
    waits: 'target',
    wait: 'circuit',
    circuit: 'fails',
  },
  'target busy': {
    when: 'The target asks for time (429, Retry-After).',
    row: 'as it was',
    attempt: 'not spent',
    waits: 'target',
    wait: 'retry-after',
    circuit: 'pauses',
  },
  'no answer': {
    when: 'The target did not answer before the lease was over: it may have the copy or not.',
    row: 'leased',
    attempt: 'spent',
    waits: 'row',
    wait: 'lease',
    circuit: 'fails',
  },
  unexpected: {
    when: 'The courier met an error that it does not know.',
    row: 'retrying',
    attempt: 'spent',
    waits: 'row',
    wait: 'back-off',
  },
  'hook failed': {
    when: 'The transformation hook failed for this person.',
    row: 'retrying',
    attempt: 'spent',
    waits: 'row',
    wait: 60_000,
  },
  killed: {
    when: 'The courier died, or could not write into the store how the copy ended.',
    row: 'leased',
    attempt: 'spent',
    waits: 'row',
    wait: 'lease',
  },
  'never ended': {
    when: 'The lease of the last attempt ran out as well: each courier that tried it died or got no answer.',
    row: 'parked',
    attempt: 'spent',
    waits: 'nobody',
    wait: 'none',
  },
  'lease over': {
    when: 'The courier was held up beyond its lease before it sent anything.',
    row: 'leased',
    attempt: 'spent',
    waits: 'nobody',
    wait: 'none',
  },
  stopped: {
    when: 'The courier is asked to stop (SIGTERM) and a copy does not end within ten seconds.',
    row: 'as it was',
    attempt: 'not spent',
    waits: 'nobody',
    wait: 'none',
  },
  'too fast': {
    when: 'The copy would exceed the rate of the target.',
    row: 'as it was',
    attempt: 'not spent',
    waits: 'target',
    wait: 'rate',
  },
  'client off': {
    when: 'The switch of the client is off, or names another target.',
    row: 'as it was',
    attempt: 'not spent',
    waits: 'client',
    wait: 1_000,
  },
  'legacy out': {
    when: 'The legacy directory is out.',
    row: 'as it was',
    attempt: 'not spent',
    waits: 'legacy',
    wait: 'back-off',
  },
  'directory unknown': {
    when: 'The directory of the person is not configured.',
    row: 'retrying',
    attempt: 'not spent',
    waits: 'row',
    wait: 60_000,
  },
  'locked in legacy': {
    when: 'The person is locked in legacy, or must change the password there.',
    row: 'retrying',
    attempt: 'not spent',
    waits: 'row',
    wait: 3_600_000,
  },
  'gone in legacy': {
    when: 'The person was deleted or disabled in legacy after the login.',
    row: 'gone',
    attempt: 'spent',
    waits: 'nobody',
    wait: 'none',
  },
  'password changed': {
    when: 'The password changed in legacy after the login: the rehash is dropped, the next login is copied.',
    row: 'stale',
    attempt: 'spent',
    waits: 'nobody',
    wait: 'none',
  },
} as const satisfies Record<string, Rule>;

export type CopyEvent = keyof typeof RETRY_POLICY;
/** Events that a reason is written into the row for. */
export type SettlingEvent = {
  [E in CopyEvent]: (typeof RETRY_POLICY)[E]['row'] extends Exclude<Settlement['kind'], 'copied'> ? E : never;
}[CopyEvent];
type Settle = Extract<Outcome, { kind: 'settle' }>;

/** The bounds of the back-off: any time up to 1 s, 2 s, 4 s ... 15 min (full jitter). */
export const BACK_OFF = { firstMs: 1_000, longestMs: 15 * 60_000 } as const;

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
  { attempts }: { readonly attempts: number },
  profileDigest: string,
  policy: RetryPolicy,
): Outcome {
  switch (result.kind) {
    case 'created':
    case 'updated':
      return { kind: 'settle', settlement: { kind: 'copied', profileDigest }, targetAnswered: true };
    case 'conflict':
    case 'rejected':
      return settleBy(result.kind, result.reason, attempts, policy);
    case 'retry':
      return settleBy('failed', result.reason, attempts, policy);
    case 'unavailable':
      return { kind: 'target-out', reason: result.reason };
    case 'throttled':
      return { kind: 'target-busy', reason: result.reason, retryAfterMs: result.retryAfterMs };
  }
}

/** What the table says of an event. A row whose last attempt is spent is parked instead of tried again. */
export function settleBy(
  event: SettlingEvent,
  reason: string,
  attempts: number,
  { maxAttempts, random }: RetryPolicy,
): Settle {
  const rule: Rule = RETRY_POLICY[event];
  const settle = (settlement: Settlement): Settle => ({
    kind: 'settle',
    settlement,
    targetAnswered: rule.circuit === 'answers',
  });
  const { row } = RETRY_POLICY[event];
  if (row !== 'retrying') return settle({ kind: row, reason });
  const spendAttempt = rule.attempt === 'spent';
  if (spendAttempt && attempts >= maxAttempts) return settle({ kind: 'parked', reason });
  const delayMs = typeof rule.wait === 'number' ? rule.wait : backOff(attempts, random);
  return settle({ kind: 'retrying', reason, delayMs, spendAttempt });
}

/** In milliseconds. */
export function backOff(attempts: number, random: Random): number {
  const longest = Math.min(BACK_OFF.longestMs, BACK_OFF.firstMs * 2 ** Math.min(attempts - 1, 30));
  return Math.round((longest * random(4).readUInt32BE()) / 2 ** 32);
}
