import type { PersonRef } from '../domain/ids.ts';
import type { UserProfile } from '../domain/user-profile.ts';
import type { LegacyUser } from '../legacy/directory.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import type { Clock } from '../runtime/clock.ts';
import type { LoginOutcome } from './outcome.ts';

/** What "try again" means, in seconds: long enough for a restart of a database, short enough for a person. */
const RETRY_AFTER_SECONDS = 5;
export const UNAVAILABLE: LoginOutcome = { kind: 'unavailable', retryAfterSeconds: RETRY_AFTER_SECONDS };

export type PersonAdmission =
  | { readonly kind: 'admitted'; readonly profile: UserProfile }
  | { readonly kind: 'turned-away'; readonly outcome: LoginOutcome };

/**
 * Whether somebody whose password was right may come in: by the status of the row, then by the operator's hooks. Said to
 * nobody but whoever knows the password.
 */
export async function admitPerson(
  { hooks, clock }: { readonly hooks: Pick<PersonHooks, 'admit'>; readonly clock: Clock },
  user: LegacyUser,
  clientId: string,
): Promise<PersonAdmission> {
  const standing = refusalByStatus(user, clock());
  if (standing !== undefined) return { kind: 'turned-away', outcome: standing };
  const person: PersonRef = { directory: user.directory, legacyId: user.id };
  const admitted = await hooks.admit(person, user.profile, clientId);
  switch (admitted.kind) {
    case 'profile':
      return { kind: 'admitted', profile: admitted.profile };
    case 'refused':
      return { kind: 'turned-away', outcome: admitted };
    case 'failed':
      return { kind: 'turned-away', outcome: UNAVAILABLE };
  }
}

/**
 * @param now in milliseconds since 1970
 * @returns undefined when the row lets the person in
 */
export function refusalByStatus(user: LegacyUser, now: number): LoginOutcome | undefined {
  switch (user.status) {
    case 'active':
      return undefined;
    case 'disabled':
      return { kind: 'disabled' };
    case 'locked':
      if (user.lockedUntil === undefined) return { kind: 'locked' };
      return { kind: 'locked', retryAfterSeconds: Math.max(1, Math.ceil(user.lockedUntil - now / 1000)) };
    case 'must-change-password': {
      const location = user.changePasswordUrl;
      return { kind: 'must-change-password', ...(location === undefined ? {} : { location }) };
    }
  }
}
