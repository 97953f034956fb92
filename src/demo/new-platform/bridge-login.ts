import * as client from 'openid-client';
import type { FederatedUser } from './users.ts';

/** What must come back with the answer to one authorization request. */
export interface PendingLogin {
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface BridgeLogin {
  /** Where to send the browser, and what to keep until it comes back. */
  begin(loginHint?: string): Promise<{ location: URL; state: string; pending: PendingLogin }>;
  /**
   * Redeems the answer and asks who it is.
   *
   * @param answer the URL that the browser came back to
   * @throws when the answer is not the one that was asked for, or the bridge refused
   */
  finish(answer: URL, state: string, pending: PendingLogin): Promise<FederatedUser>;
  /**
   * Where to send the browser so that the session at the bridge ends too (OIDC RP-Initiated Logout 1.0). Named by
   * `client_id` instead of an `id_token_hint`: tokens stay out of URLs, and the bridge asks the person in any case.
   */
  signOut(): Promise<URL>;
}

export interface BridgeLoginOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly postLogoutRedirectUri: string;
}

const SCOPE = 'openid profile email';

/** Federation by openid-client: authorization code, PKCE S256, state and nonce. Discovery happens at the first use. */
export function createBridgeLogin(options: BridgeLoginOptions): BridgeLogin {
  let discovered: Promise<client.Configuration> | undefined;
  const bridge = () => {
    discovered ??= discover(options).catch((error: unknown) => {
      // The next attempt asks again: the bridge may have been down.
      discovered = undefined;
      throw error;
    });
    return discovered;
  };
  return {
    async begin(loginHint) {
      const pending = { nonce: client.randomNonce(), codeVerifier: client.randomPKCECodeVerifier() };
      const state = client.randomState();
      const location = client.buildAuthorizationUrl(await bridge(), {
        redirect_uri: options.redirectUri,
        scope: SCOPE,
        state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(pending.codeVerifier),
        code_challenge_method: 'S256',
        ...(loginHint === undefined ? {} : { login_hint: loginHint }),
      });
      return { location, state, pending };
    },
    async finish(answer, state, pending) {
      const tokens = await client.authorizationCodeGrant(await bridge(), answer, {
        expectedState: state,
        expectedNonce: pending.nonce,
        pkceCodeVerifier: pending.codeVerifier,
        idTokenExpected: true,
      });
      const sub = tokens.claims()?.sub ?? '';
      const claims = await client.fetchUserInfo(await bridge(), tokens.access_token, sub);
      return personOf(claims);
    },
    async signOut() {
      return client.buildEndSessionUrl(await bridge(), {
        post_logout_redirect_uri: options.postLogoutRedirectUri,
      });
    },
  };
}

function discover({ issuer, clientId, clientSecret }: BridgeLoginOptions): Promise<client.Configuration> {
  // The demo's bridge listens on loopback without TLS; nothing else may.
  const execute = issuer.startsWith('http://127.0.0.1:') ? [client.allowInsecureRequests] : [];
  return client.discovery(
    new URL(issuer),
    clientId,
    { client_secret: clientSecret },
    client.ClientSecretBasic(clientSecret),
    { execute },
  );
}

function personOf(claims: client.UserInfoResponse): FederatedUser {
  return {
    sub: claims.sub,
    username: claims.preferred_username ?? claims.sub,
    email: claims.email,
    givenName: claims.given_name,
    familyName: claims.family_name,
    gender: claims.gender,
    birthdate: claims.birthdate,
  };
}
