import type { Assessment, CaptureKey, LedgerState } from '../ledger.ts';
import type { LedgerRow } from './row.ts';

/**
 * What a login means in each state when neither the password nor the profile has changed. Waiting and copied people
 * are looked after; parked ones and conflicts wait for an admin, and the same login again would not help them. In
 * `stale` and `gone` the rehash was dropped, so whoever logs in now brings it back.
 */
const WHEN_NOTHING_CHANGED: Record<LedgerState, Assessment> = {
  captured: 'unchanged',
  copying: 'unchanged',
  retrying: 'unchanged',
  copied: 'unchanged',
  parked: 'unchanged',
  conflict: 'unchanged',
  stale: 'credential',
  gone: 'credential',
  excluded: 'unchanged',
};

/** @param row the person's row at the target; undefined when there is none */
export function assess(row: LedgerRow | undefined, login: CaptureKey): Assessment {
  if (row === undefined) return 'credential';
  if (row.state === 'excluded') return 'unchanged';
  // The legacy password is again the one that was copied: sending it anew could replace one chosen at the target.
  if (row.state === 'stale' && row.copied_fingerprint === login.fingerprint) return 'profile';
  if (row.credential_fingerprint !== login.fingerprint) return 'credential';
  if (WHEN_NOTHING_CHANGED[row.state as LedgerState] === 'credential') return 'credential';
  const passwordIsThere = row.copied_fingerprint === login.fingerprint;
  if (!passwordIsThere && row.sealed_rehash === null) return 'credential';
  if (row.profile_digest === login.profileDigest) return 'unchanged';
  return passwordIsThere ? 'profile' : 'credential';
}
