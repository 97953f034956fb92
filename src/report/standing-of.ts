import type { LedgerState } from '../ledger/ledger.ts';
import type { Standing } from '../ledger/standings.ts';
import type { LegacyUser } from '../legacy/directory.ts';
import type { LastLogin, PersonStanding } from './report.ts';

const DAY = 86_400_000;

const NOT_COPIED: Record<Exclude<LedgerState, 'copied'>, PersonStanding> = {
  captured: 'waiting',
  copying: 'waiting',
  retrying: 'waiting',
  parked: 'needs-admin',
  conflict: 'needs-admin',
  stale: 'stale',
  gone: 'gone',
  excluded: 'excluded',
};

/** @param fingerprint of the credential that is in the legacy row now */
export function standingOf(
  { status }: Pick<LegacyUser, 'status'>,
  known: Standing | undefined,
  fingerprint: string,
): PersonStanding {
  if (status === 'disabled') return 'disabled';
  const row = known?.row;
  if (row === undefined) return known === undefined ? 'never-seen' : 'not-captured';
  const isThere = row.copiedFingerprint === fingerprint;
  if (row.state === 'copied') {
    if (isThere) return 'across';
    return row.copiedFingerprint === null ? 'without-password' : 'password-changed';
  }
  // Only a newer profile waits.
  return isThere && NOT_COPIED[row.state] === 'waiting' ? 'across' : NOT_COPIED[row.state];
}

export function lastLoginOf(known: Standing | undefined, now: number): LastLogin {
  const at = known?.lastLoginAt ?? null;
  if (at === null) return 'never';
  const days = (now - at) / DAY;
  if (days <= 30) return '30 days';
  if (days <= 90) return '90 days';
  return days <= 365 ? '365 days' : 'longer ago';
}
