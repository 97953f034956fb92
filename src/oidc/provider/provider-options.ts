import { type AdapterFactory, type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { OfferedClaim } from '../../domain/user-profile.ts';
import { claimsOfScopes } from '../claims.ts';
import type { HallPages } from '../interaction/hall-pages.ts';
import type { OidcOptions } from '../options.ts';
import type { SigningKeys } from '../signing-keys.ts';
import { UI_LOCALES } from '../texts/pick.ts';
import { ADMIN_RESOURCE_ONLY } from './admin-resource.ts';
import { createRenderError } from './error-page.ts';
import { keepOfflineAccess, loadGrant } from './grants.ts';
import { createLogoutPages } from './logout-pages.ts';
import { createPolicy } from './policy.ts';
import { refreshTokenTtl } from './refresh.ts';

/** How long a client's published keys may take to arrive, in milliseconds. */
const FETCH_TIMEOUT_MS = 5_000;
const JWKS_LIMIT_BYTES = 256 * 1024;

/** Paths below the issuer. */
export const ROUTES = {
  authorization: '/authorize',
  token: '/token',
  userinfo: '/userinfo',
  jwks: '/jwks',
  introspection: '/token/introspect',
  revocation: '/token/revoke',
  end_session: '/logout',
} as const;

/**
 * What the bridge offers, which is little: authorization code with PKCE, refresh tokens, userinfo, introspection,
 * revocation, RP-initiated logout, and client credentials for the admin API. Everything else is off (RFC 9700).
 */
export function providerOptions({
  adapter,
  keys,
  cookieKeys,
  options: { lifetimes, clockTolerance, app },
  pages,
  findAccount,
  offered,
  basePath,
  secure,
}: {
  adapter: AdapterFactory;
  keys: SigningKeys;
  cookieKeys: readonly string[];
  options: OidcOptions;
  pages: HallPages;
  findAccount: NonNullable<Configuration['findAccount']>;
  /** The claims beside OIDC's own. */
  offered: readonly OfferedClaim[];
  basePath: string;
  /** Whether the issuer is https. */
  secure: boolean;
}): Configuration {
  const off = { enabled: false };
  return {
    adapter,
    jwks: { keys: [...keys.keys] },
    cookies: cookieOptions(cookieKeys, secure),
    routes: ROUTES,
    clockTolerance,
    findAccount,
    loadExistingGrant: loadGrant,
    renderError: createRenderError(pages),
    interactions: {
      policy: createPolicy(),
      url: (_ctx, interaction) => `${basePath}/interaction/${interaction.uid}`,
    },

    responseTypes: ['code'],
    pkce: {
      required: (_ctx, client) => client.pkce !== 'optional' || client.clientAuthMethod === 'none',
    },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    extraClientMetadata: { properties: ['pkce', 'admin_scope'] },
    clientBasedCORS: (ctx, origin, client) =>
      (ctx.oidc.route === 'userinfo' || client.clientAuthMethod === 'none') &&
      (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin && origin !== 'null'),
    // No client secret is known here, only its digest, so nothing may be signed with one: no HS256.
    enabledJWA: {
      clientAuthSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      idTokenSigningAlgValues: ['RS256', 'ES256'],
      requestObjectSigningAlgValues: [],
      userinfoSigningAlgValues: ['RS256', 'ES256'],
      introspectionSigningAlgValues: ['RS256', 'ES256'],
      authorizationSigningAlgValues: ['RS256', 'ES256'],
    },

    scopes: ['openid', 'offline_access'],
    claims: claimsOfScopes(offered),
    extraParams: {
      [OFFLINE_ACCESS_CHECK]: keepOfflineAccess,
      ...(app.parameter === undefined ? {} : { [app.parameter]: null }),
    },
    allowOmittingSingleRegisteredRedirectUri: false,
    rotateRefreshToken: true,
    features: {
      backchannelLogout: { enabled: true },
      claimsParameter: { enabled: true },
      introspection: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      revocation: { enabled: true, allowedPolicy: mayRevoke },
      rpInitiatedLogout: { enabled: true, ...createLogoutPages(pages) },
      userinfo: { enabled: true },
      devInteractions: off,
      dPoP: off,
      pushedAuthorizationRequests: off,
      registration: off,
      clientCredentials: { enabled: true },
      resourceIndicators: { enabled: true, ...ADMIN_RESOURCE_ONLY },
    },
    discovery: { claim_types_supported: ['normal'], ui_locales_supported: UI_LOCALES },

    ttl: {
      AccessToken: lifetimes.accessToken,
      ClientCredentials: lifetimes.accessToken,
      AuthorizationCode: lifetimes.authorizationCode,
      IdToken: lifetimes.idToken,
      Interaction: lifetimes.interaction,
      Session: lifetimes.session,
      RefreshToken: refreshTokenTtl(lifetimes.refreshToken),
      Grant: (_ctx, grant) =>
        grant.getOIDCScope().split(' ').includes('offline_access')
          ? lifetimes.grant
          : Math.max(lifetimes.session, lifetimes.accessToken),
    },
    fetch: (url, init) =>
      globalThis.fetch(url, {
        ...(init?.method === 'POST' ? throughPrivateNetworks(init) : init),
        redirect: 'error',
        signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
      }),
    fetchResponseBodyLimits: { jwks_uri: JWKS_LIMIT_BYTES, sector_identifier_uri: JWKS_LIMIT_BYTES },
  };
}

/**
 * oidc-provider's dispatcher refuses private addresses, for bridges where anybody may register a client. Here the
 * operator alone does, and what is posted, a notice of a logout, often goes to a neighbour in the same network.
 */
function throughPrivateNetworks(init: RequestInit): RequestInit {
  const { dispatcher: _, ...rest } = init as RequestInit & { dispatcher?: unknown };
  return rest;
}

/** Not a parameter that anybody sends: the hook that oidc-provider runs after it has read all of them. */
const OFFLINE_ACCESS_CHECK = 'footbridge_offline_access';

/**
 * Over https the names keep other hosts of the domain from setting these cookies (RFC 6265bis, section 4.1.3); the
 * interaction's has a path, which `__Host-` does not allow. Nothing but a loopback address is ever served over http.
 */
function cookieOptions(keys: readonly string[], secure: boolean): NonNullable<Configuration['cookies']> {
  const [host, path] = secure ? ['__Host-', '__Secure-'] : ['', ''];
  const each = { httpOnly: true, sameSite: 'lax', signed: true } as const;
  return {
    keys: [...keys],
    names: {
      session: `${host}footbridge_session`,
      interaction: `${path}footbridge_interaction`,
      resume: `${path}footbridge_resume`,
    },
    long: each,
    short: each,
  };
}

/** RFC 7009, section 2.1: another's token is refused; a public client, whose name anybody may use, is told nothing. */
function mayRevoke(
  _ctx: KoaContextWithOIDC,
  client: { clientId: string; clientAuthMethod?: string | undefined },
  token: { clientId?: string | undefined },
): boolean {
  if (token.clientId === client.clientId) return true;
  if (client.clientAuthMethod === 'none') return false;
  throw new errors.InvalidRequest('the token was not issued to this client');
}
