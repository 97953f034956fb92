import type { AdapterPayload } from 'oidc-provider';
import { type ClientMetadata, usesSecret } from '../../clients/client.ts';

/**
 * A registration in oidc-provider's form. Refresh tokens are part of it when the registered scope allows
 * `offline_access`, or names no scope at all.
 */
export function toProviderMetadata(client: ClientMetadata, secretPlaceholder: string): AdapterPayload {
  const refreshes = client.scope === undefined || client.scope.split(' ').includes('offline_access');
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
    scope: client.scope,
    id_token_signed_response_alg: client.id_token_signed_response_alg,
    application_type: client.application_type ?? usualType(client.redirect_uris),
    response_types: ['code'],
    grant_types: ['authorization_code', ...(refreshes ? ['refresh_token'] : [])],
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
