import * as oidc from 'openid-client';
import { expect } from 'vitest';
import type { Browser, Page } from './browser.ts';
import { CALLBACK, type OidcWorld, PASSWORD, SECRET } from './oidc-world.ts';

/** A client of the bridge, played by openid-client. */
export interface RelyingParty {
  readonly config: oidc.Configuration;
  /** An authorization request with PKCE, state and nonce, and what its answer is checked against. */
  request(parameters?: Record<string, string>): Promise<AuthorizationRequest>;
  /** Exchanges the code of the callback that the browser ended at. */
  exchange(page: Pick<Page, 'url'>, request: AuthorizationRequest): Promise<Tokens>;
  /** The whole flow: open, log in where asked, exchange. */
  login(
    browser: Browser,
    parameters?: Record<string, string>,
    who?: string,
    password?: string,
  ): Promise<LoginResult>;
}

export type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;

export interface AuthorizationRequest {
  readonly url: URL;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly maxAge: number | undefined;
}

export interface LoginResult {
  readonly tokens: Tokens;
  readonly claims: oidc.IDToken;
  readonly request: AuthorizationRequest;
  readonly page: Page;
}

export async function relyingParty(
  world: Pick<OidcWorld, 'issuer' | 'fetch'>,
  {
    clientId = 'rp',
    auth = oidc.ClientSecretBasic(SECRET),
    callback = CALLBACK,
    metadata = {},
  }: {
    clientId?: string;
    auth?: oidc.ClientAuth;
    callback?: string;
    metadata?: Partial<oidc.ClientMetadata>;
  } = {},
): Promise<RelyingParty> {
  const config = await oidc.discovery(new URL(world.issuer), clientId, metadata, auth, {
    execute: [oidc.allowInsecureRequests],
    [oidc.customFetch]: world.fetch as oidc.CustomFetch,
  });

  const self: RelyingParty = {
    config,
    async request(parameters = {}) {
      const verifier = oidc.randomPKCECodeVerifier();
      const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: callback,
        scope: 'openid',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...parameters,
      });
      const maxAge = parameters.max_age === undefined ? undefined : Number(parameters.max_age);
      return { url, verifier, state, nonce, maxAge };
    },
    exchange: (page, { verifier, state, nonce, maxAge }) =>
      oidc.authorizationCodeGrant(config, page.url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
        ...(maxAge === undefined ? {} : { maxAge }),
      }),
    async login(browser, parameters = {}, who = 'alice', password = PASSWORD) {
      const request = await self.request(parameters);
      const page = await logIn(browser, await browser.open(request.url), who, password);
      answerOf(page);
      const tokens = await self.exchange(page, request);
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('There is no ID token.');
      return { tokens, claims, request, page };
    },
  };
  return self;
}

/** Answers the login page, if that is where the browser is, and stays wherever that leads. */
export async function logIn(browser: Browser, page: Page, who = 'alice', password = PASSWORD): Promise<Page> {
  if (!isLoginPage(page)) return page;
  return browser.press(page, 'Log in', { identifier: who, password });
}

export function isLoginPage(page: Page): boolean {
  return page.forms.some(({ fields }) => 'password' in fields);
}

/** What the browser brought back to the client, as an object. */
export function answerOf(page: Page): Record<string, string> {
  expect(page.status, `still at ${page.url}: ${page.text}`).toBe(0);
  return Object.fromEntries(page.url.searchParams);
}
