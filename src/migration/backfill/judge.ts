import type { Subject } from '../../domain/ids.ts';
import type { UserProfile } from '../../domain/user-profile.ts';
import type { BulkEntry, Known } from '../../ledger/bulk.ts';
import type { Digests } from '../../ledger/digests.ts';
import { URGENCY } from '../../ledger/ledger.ts';
import type { LegacyUser } from '../../legacy/directory.ts';

/** Why nothing is to be done for somebody. */
export type Skip = 'across' | 'underWay' | 'waitsForAdmin' | 'excluded' | 'gone';

export type Judgement =
  | { readonly kind: 'skip'; readonly why: Skip }
  | { readonly kind: 'enter'; readonly entry: BulkEntry; readonly drifted: boolean };

export interface Judged {
  readonly target: string;
  readonly user: LegacyUser;
  /** As it is to be sent; undefined when a hook failed. */
  readonly profile: UserProfile | undefined;
  readonly subject: Subject;
  readonly known: Known | undefined;
  /** To be sent with the profile if no password is at the target yet. */
  readonly hash: string | undefined;
  readonly origin?: 'backfill' | 'sync' | 'admin';
  /** The hash is sent even where another password is at the target. */
  readonly replaces?: boolean;
}

/** How often somebody is looked at who is locked, and who a hook failed for; as the courier does. */
const LOCKED_MS = 3_600_000;
const HOOK_FAILED_MS = 60_000;

/** What a backfill does for one person. It takes nobody out of anybody's hands: who waits, waits for the courier. */
export function judge(judged: Judged, digests: Digests): Judgement {
  const { known, user } = judged;
  switch (known?.state) {
    case 'excluded':
      return { kind: 'skip', why: 'excluded' };
    case 'captured':
    case 'copying':
    case 'retrying':
      return { kind: 'skip', why: 'underWay' };
    case 'parked':
    case 'conflict':
      return { kind: 'skip', why: 'waitsForAdmin' };
    case 'gone':
      return user.status === 'active' ? toEnter(judged, digests) : { kind: 'skip', why: 'gone' };
    case 'copied':
    case 'stale':
      // Whoever is no longer active is the sync's to carry across.
      return user.status === 'active' ? whoIsAcross(judged, digests) : { kind: 'skip', why: 'across' };
    case undefined:
      return toEnter(judged, digests);
  }
}

function whoIsAcross(judged: Judged, digests: Digests): Judgement {
  const { known, profile, hash } = judged;
  const hashIsMissing = hash !== undefined && known?.copiedFingerprint === null;
  const isSame = profile === undefined || known?.copiedDigest === digests.profile(profile);
  if (isSame && !hashIsMissing) return { kind: 'skip', why: 'across' };
  return toEnter(judged, digests);
}

export function toEnter(
  { target, user, profile, subject, known, hash, origin = 'backfill', replaces = false }: Judged,
  digests: Digests,
): Extract<Judgement, { kind: 'enter' }> {
  const fingerprint = digests.fingerprint(user.credential);
  const instead = insteadOf(user, profile);
  const passwordIsThere = known !== undefined && known.copiedFingerprint !== null;
  const isSent = hash !== undefined && (replaces || !passwordIsThere);
  const drifted = passwordIsThere && known.copiedFingerprint !== fingerprint && !isSent;
  const entry: BulkEntry = {
    target,
    person: { directory: user.directory, legacyId: user.id },
    fingerprint,
    profileDigest: digests.profile(profile ?? user.profile),
    externalId: subject,
    clientId: known?.clientId ?? '',
    origin,
    urgency: URGENCY.whenIdle,
    seen: known,
    // Whoever has a password at the target keeps it: a backfill knows no newer one.
    ...(isSent ? { rehash: hash } : {}),
    ...(instead === undefined ? {} : { instead }),
  };
  return { kind: 'enter', entry, drifted };
}

function insteadOf(user: LegacyUser, profile: UserProfile | undefined): BulkEntry['instead'] {
  switch (user.status) {
    case 'disabled':
      return { state: 'gone', reason: 'Disabled in legacy.' };
    case 'locked':
      return { state: 'retrying', reason: 'Locked in legacy.', delayMs: LOCKED_MS };
    case 'must-change-password':
      return { state: 'retrying', reason: 'Must change the password in legacy.', delayMs: LOCKED_MS };
    case 'active':
      if (profile !== undefined) return undefined;
      return { state: 'retrying', reason: 'A hook failed for this person.', delayMs: HOOK_FAILED_MS };
  }
}
