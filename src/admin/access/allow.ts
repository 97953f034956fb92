import type { AdminOidcOptions } from '../options.ts';

/** What the issuer says about a person; nothing in it is checked. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * Whether this person is an admin: in one of the groups, or by one of the addresses, which the issuer must say it
 * verified.
 */
export function isAllowed(
  claims: Claims,
  { allow, groupsClaim }: Pick<AdminOidcOptions, 'allow' | 'groupsClaim'>,
): boolean {
  const groups = claims[groupsClaim];
  const inGroup = (name: string) => (Array.isArray(groups) ? groups.includes(name) : groups === name);
  if (allow.groups?.some(inGroup)) return true;
  const { email, email_verified: verified } = claims;
  if (typeof email !== 'string' || verified !== true) return false;
  return allow.emails?.some((one) => one.toLowerCase() === email.toLowerCase()) ?? false;
}

/** Whom the audit trail knows a person by: an address that nobody verified may be anybody's. */
export function actorOf(claims: Claims): string {
  const { sub, email, email_verified: verified } = claims;
  const name = typeof email === 'string' && verified === true ? email : String(sub);
  return `admin:${name}`.slice(0, 255);
}
