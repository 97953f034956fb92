import { decodeJwt } from 'jose';

/**
 * Whose login the client wants, if it says so: the `sub` of `id_token_hint`, or of the `claims` parameter (OIDC Core
 * 3.1.2.1 and 5.5). oidc-provider has verified both when the request came in, but does not look at the hint again
 * after the login.
 *
 * @param params of the stored authorization request
 */
export function expectedSubject(params: Record<string, unknown>): string | undefined {
  if (typeof params.id_token_hint === 'string') return decodeJwt(params.id_token_hint).sub;
  if (typeof params.claims !== 'string') return undefined;
  const value: unknown = JSON.parse(params.claims)?.id_token?.sub?.value;
  return typeof value === 'string' ? value : undefined;
}
