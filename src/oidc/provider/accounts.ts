import type { FindAccount } from 'oidc-provider';
import { hasCode } from '../../domain/errors.ts';
import type { OfferedClaim } from '../../domain/user-profile.ts';
import type { LoginDesk } from '../../login/login-desk.ts';
import { temporarilyUnavailable } from '../artifacts/unavailable.ts';
import { toClaims } from '../claims.ts';

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
