import type { ProviderOffer } from '../admin/desk.ts';
import type { Config } from '../config/schema.ts';
import type { OfferedClaim } from '../domain/user-profile.ts';
import { claimsOfScopes } from '../oidc/claims.ts';
import { ROUTES } from '../oidc/provider/provider-options.ts';

/** What relying parties read in discovery, for whoever has to type it at the other side. */
export function offerOf(
  { issuer, oidc }: Pick<Config, 'issuer' | 'oidc'>,
  offered: readonly OfferedClaim[],
): ProviderOffer {
  const at = (path: string) => `${issuer.replace(/\/$/, '')}${path}`;
  return {
    issuer,
    discovery: at('/.well-known/openid-configuration'),
    endpoints: {
      authorization_endpoint: at(ROUTES.authorization),
      token_endpoint: at(ROUTES.token),
      userinfo_endpoint: at(ROUTES.userinfo),
      jwks_uri: at(ROUTES.jwks),
      introspection_endpoint: at(ROUTES.introspection),
      revocation_endpoint: at(ROUTES.revocation),
      end_session_endpoint: at(ROUTES.end_session),
    },
    claimsOfScopes: { ...claimsOfScopes(offered), offline_access: [] },
    app: oidc.app,
  };
}
