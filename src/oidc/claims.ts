import type { AccountClaims } from 'oidc-provider';
import { CLAIM_NAMES, CLAIMS_OF_SCOPE, type OfferedClaim, type UserProfile } from '../domain/user-profile.ts';

/** An address of which nobody said that it was verified, was not. */
export function toClaims(sub: string, profile: UserProfile, offered: readonly OfferedClaim[]): AccountClaims {
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

/** Which claims each scope asks for. */
export function claimsOfScopes(offered: readonly OfferedClaim[]): Record<string, string[]> {
  const claims = new Map<string, string[]>([
    // When and how somebody logged in is of use to every client; it is in the ID token alone.
    ['openid', ['sub', 'auth_time', 'amr']],
    ...Object.entries(CLAIMS_OF_SCOPE).map(([scope, names]): [string, string[]] => [scope, [...names]]),
  ]);
  for (const { scope, claim } of offered) claims.set(scope, [...(claims.get(scope) ?? []), claim]);
  return Object.fromEntries(claims);
}

/**
 * What userinfo says of a person for each scope that a client may ask for; scopes that say nothing of this one are left
 * out.
 */
export function claimsByScope(
  sub: string,
  profile: UserProfile,
  offered: readonly OfferedClaim[],
): Record<string, Record<string, unknown>> {
  const claims = toClaims(sub, profile, offered);
  return Object.fromEntries(
    Object.entries(claimsOfScopes(offered))
      .map(([scope, names]): [string, Record<string, unknown>] => [
        scope,
        Object.fromEntries(names.filter((name) => name in claims).map((name) => [name, claims[name]])),
      ])
      .filter(([, said]) => Object.keys(said).length > 0),
  );
}
