import type { AccountClaims, FindAccount } from 'oidc-provider';
import { hasCode } from '../../domain/errors.ts';
import { CLAIM_NAMES, type OfferedClaim, type UserProfile } from '../../domain/user-profile.ts';
import type { LoginDesk } from '../../login/login-desk.ts';
import { temporarilyUnavailable } from '../artifacts/unavailable.ts';

const RETRY_AFTER_SECONDS = 10;

/**
 * Who a `sub` is right now. Nobody (deleted or disabled in the legacy directory) ends their tokens; a directory that
 * cannot be asked is an outage and ends nothing.
 */
export function createFindAccount(
  desk: Pick<LoginDesk, 'findAccount'>,
  offered: readonly OfferedClaim[],
): FindAccount {
  return async (ctx, sub) => {
    const account = await desk.findAccount(sub).catch((error: unknown) => {
      if (!hasCode(error, 'legacy_unavailable')) throw error;
      ctx.set('Retry-After', String(RETRY_AFTER_SECONDS));
      throw temporarilyUnavailable('The directory of users cannot be reached. Try again in a moment.', error);
    });
    if (account === undefined) return undefined;
    return { accountId: account.subject, claims: () => toClaims(account.subject, account.profile, offered) };
  };
}

/** An address of which nobody said that it was verified, was not. */
function toClaims(sub: string, profile: UserProfile, offered: readonly OfferedClaim[]): AccountClaims {
  const standard = Object.fromEntries(CLAIM_NAMES.map((claim) => [claim, profile[claim]]));
  const own = offered.map(({ claim, from }): [string, unknown] => [
    claim,
    'field' in from ? profile[from.field] : profile.attributes?.[from.attribute],
  ]);
  return {
    ...Object.fromEntries(own.filter(([, value]) => value !== undefined)),
    ...Object.fromEntries(Object.entries(standard).filter(([, value]) => value !== undefined)),
    ...(profile.email === undefined ? {} : { email_verified: profile.email_verified === true }),
    ...(profile.phone_number === undefined
      ? {}
      : { phone_number_verified: profile.phone_number_verified === true }),
    sub,
  };
}
