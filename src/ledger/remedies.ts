import type { LedgerState } from './ledger.ts';

type Remedy = (target: string) => string;

/** Reasons that say more than the state does. The first that matches counts. */
const BY_REASON: readonly (readonly [RegExp, Remedy])[] = [
  [
    /configured secretKey/,
    () => 'Configure the secretKey that it was written with, then "footbridge ledger retry".',
  ],
  [
    /never came to an end|failed unexpectedly/,
    (target) =>
      `Look at the courier's log for the error, then "footbridge ledger retry --target ${target} --state parked".`,
  ],
  [/^The hook /, () => 'Mend the hook (legacy.hooks); what waits is tried again by itself.'],
  [
    /^No legacy directory called/,
    () => 'Configure the directory under legacy again; what waits is tried again by itself.',
  ],
  [
    /the one at the target counts/,
    () => 'Nothing: their password is the one at the target. Whoever wants the new one there sets it there.',
  ],
  [/^Locked in legacy/, () => 'Nothing, while the lock is meant: it is looked at again every hour.'],
  [/^Must change the password/, () => 'The person has to choose a new password in the legacy app first.'],
];

const BY_STATE: Partial<Record<LedgerState, Remedy>> = {
  retrying: () => 'Nothing yet: it is tried again by itself, and parked when that does not help.',
  parked: (target) => `Mend the cause, then "footbridge ledger retry --target ${target} --state parked".`,
  conflict: (target) =>
    'Find out whose row it is at the target: change one of the two, or exclude the person ("footbridge ledger exclude"); ' +
    `then "footbridge ledger retry --target ${target} --state conflict".`,
  stale: () => 'Nothing: the next login with the new password is copied.',
  gone: () => 'Nothing, if they are meant to be gone; a login that succeeds again is copied.',
  excluded: () => 'Nothing: an admin excluded them; "footbridge ledger forget" takes that back.',
};

/** What to do about people who stay behind for this reason, as a sentence. */
export function remedyFor(target: string, state: LedgerState, reason: string): string {
  const known = BY_REASON.find(([pattern]) => pattern.test(reason));
  return (known?.[1] ?? BY_STATE[state])?.(target) ?? 'Nothing: it is waiting for its turn.';
}
