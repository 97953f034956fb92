import * as client from 'openid-client';
import type { AdminOidcOptions } from '../options.ts';
import type { Claims } from './allow.ts';

const TIMEOUT_SECONDS = 10;

/** What must come back with the answer to one login. */
export interface PendingLogin {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Logging in at the issuer that the admins have their accounts with. */
export interface OidcLogin {
  begin(): Promise<{ location: URL; pending: PendingLogin }>;
  /**
   * @param answer the URL that the browser came back to
   * @throws when the answer is not the one that was asked for, or the issuer refused or cannot be reached
   */
  finish(answer: URL, pending: PendingLogin): Promise<Claims>;
}

/** Authorization code with PKCE S256, state and nonce. Discovery happens at the first use. */
export function createOidcLogin(options: AdminOidcOptions, redirectUri: URL): OidcLogin {
  let discovered: Promise<client.Configuration> | undefined;
  const issuer = () => {
    discovered ??= discover(options).catch((error: unknown) => {
      // The next attempt asks again: the issuer may have been out.
      discovered = undefined;
      throw error;
    });
    return discovered;
  };
  return {
    async begin() {
      const pending = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        codeVerifier: client.randomPKCECodeVerifier(),
      };
      const location = client.buildAuthorizationUrl(await issuer(), {
        redirect_uri: redirectUri.href,
        scope: options.scope,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(pending.codeVerifier),
        code_challenge_method: 'S256',
      });
      return { location, pending };
    },
    async finish(answer, { state, nonce, codeVerifier }) {
      const configuration = await issuer();
      const tokens = await client.authorizationCodeGrant(configuration, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims() ?? { sub: '' };
      if (configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
      return { ...claims, ...(await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)) };
    },
  };
}

function discover({ issuer, clientId, clientSecret }: AdminOidcOptions): Promise<client.Configuration> {
  const url = new URL(issuer);
  // The options allow http: for loopback alone.
  const execute = url.protocol === 'http:' ? [client.allowInsecureRequests] : [];
  return client.discovery(url, clientId, clientSecret.reveal(), undefined, {
    execute,
    timeout: TIMEOUT_SECONDS,
  });
}
