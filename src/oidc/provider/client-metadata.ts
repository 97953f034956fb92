import type { AdapterPayload } from 'oidc-provider';
import {
  ADMIN_SCOPES,
  adminScopesOf,
  type ClientMetadata,
  isMachineOnly,
  usesSecret,
} from '../../clients/client.ts';

/**
 * A registration in oidc-provider's form. Refresh tokens are part of it when the registered scope allows
 * `offline_access`, or names no scope at all; tokens of the client's own when it names one of the admin API's, which
 * belong to that resource and not to the provider's scopes.
 */
export function toProviderMetadata(client: ClientMetadata, secretPlaceholder: string): AdapterPayload {
  const words = client.scope?.split(' ').filter((word) => !ADMIN_SCOPES.some((scope) => scope === word));
  const refreshes = words === undefined || words.includes('offline_access');
  const logsPeopleIn = !isMachineOnly(client);
  const admin = adminScopesOf(client);
  return withoutUndefined({
    client_id: client.client_id,
    client_name: client.client_name,
    client_secret: usesSecret(client) ? secretPlaceholder : undefined,
    redirect_uris: client.redirect_uris,
    post_logout_redirect_uris: client.post_logout_redirect_uris,
    backchannel_logout_uri: client.backchannel_logout_uri,
    backchannel_logout_session_required: client.backchannel_logout_session_required,
    token_endpoint_auth_method: client.token_endpoint_auth_method,
    jwks: client.jwks,
    jwks_uri: client.jwks_uri,
    scope: words === undefined || words.length === 0 ? undefined : words.join(' '),
    admin_scope: admin.length > 0 ? admin.join(' ') : undefined,
    id_token_signed_response_alg: client.id_token_signed_response_alg,
    application_type: client.application_type ?? usualType(client.redirect_uris),
    response_types: logsPeopleIn ? ['code'] : [],
    grant_types: [
      ...(logsPeopleIn ? ['authorization_code'] : []),
      ...(logsPeopleIn && refreshes ? ['refresh_token'] : []),
      ...(admin.length > 0 ? ['client_credentials'] : []),
    ],
    pkce: client.pkce,
  });
}

/** Private-use schemes belong to native apps alone (RFC 8252, section 7.1). */
function usualType(redirectUris: readonly string[]): 'native' | 'web' {
  return redirectUris.some((uri) => !/^https?:/.test(uri)) ? 'native' : 'web';
}

function withoutUndefined(values: Record<string, unknown>): AdapterPayload {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
