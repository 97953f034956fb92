import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALICE, CALLBACK, client, type OidcWorld, startOidc } from '../../support/oidc-world.ts';
import { answerOf, isLoginPage, logIn, relyingParty } from '../../support/relying-party.ts';

let world: OidcWorld;
beforeAll(async () => {
  world = await startOidc({
    clients: [
      client({ client_id: 'rp', client_name: 'New Platform' }),
      client({ client_id: 'es256', id_token_signed_response_alg: 'ES256' }),
    ],
  });
});
afterAll(() => world.close());

const jwks = async () => (await (await world.fetch(`${world.issuer}/jwks`)).json()) as JSONWebKeySet;

test('A person logs in and the client learns who it is.', async () => {
  const rp = await relyingParty(world);
  const before = Math.floor(Date.now() / 1000);
  const { tokens, claims, request, page } = await rp.login(world.browser(), { scope: 'openid email' });

  expect(answerOf(page)).toEqual({ code: expect.any(String), state: request.state, iss: world.issuer });
  expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'openid email' });
  expect(tokens.refresh_token).toBeUndefined();
  expect(claims).toMatchObject({
    iss: world.issuer,
    aud: 'rp',
    sub: 'subject-of-alice',
    nonce: request.nonce,
    amr: ['pwd'],
  });
  expect(claims.exp - claims.iat).toBe(3600);
  expect(claims.iat).toBeGreaterThanOrEqual(before);
  expect(claims.auth_time).toBeGreaterThanOrEqual(before);
  expect(claims).not.toHaveProperty('email');

  const keys = await jwks();
  const { protectedHeader } = await jwtVerify(tokens.id_token ?? '', createLocalJWKSet(keys), {
    issuer: world.issuer,
    audience: 'rp',
    algorithms: ['RS256'],
  });
  expect(keys.keys.map(({ kid }) => kid)).toContain(protectedHeader.kid);

  const info = await oidc.fetchUserInfo(rp.config, tokens.access_token, claims.sub);
  expect(info).toEqual({ sub: claims.sub, email: ALICE.email, email_verified: false });
});

test('The keys are published without what is private, each with a name of its own.', async () => {
  const { keys } = await jwks();
  expect(keys.map(({ alg }) => alg).sort()).toEqual(['ES256', 'RS256']);
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(2);
  for (const key of keys) {
    expect(Object.keys(key)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(d|p|q|dp|dq|qi|oth|k|priv)$/)]),
    );
  }
});

test('A client may have its ID tokens signed with ES256.', async () => {
  const rp = await relyingParty(world, {
    clientId: 'es256',
    metadata: { id_token_signed_response_alg: 'ES256' },
  });
  const { tokens } = await rp.login(world.browser());
  expect(decodeProtectedHeader(tokens.id_token ?? '')).toMatchObject({ alg: 'ES256' });
});

test('Each scope gives its claims, at userinfo, in the types of OIDC Core.', async () => {
  const rp = await relyingParty(world);
  const { tokens, claims } = await rp.login(world.browser(), {
    scope: 'address phone email profile openid',
  });
  const info = await oidc.fetchUserInfo(rp.config, tokens.access_token, claims.sub);
  expect(info).toEqual({
    sub: claims.sub,
    ...ALICE,
    email_verified: false,
    phone_number_verified: false,
  });
  expect(Object.keys(claims).sort()).toEqual([
    'amr',
    'aud',
    'auth_time',
    'exp',
    'iat',
    'iss',
    'nonce',
    'sub',
  ]);
});

test('An address counts as verified when the directory says so, and only then.', async () => {
  const rp = await relyingParty(world);
  const { tokens, claims } = await rp.login(world.browser(), { scope: 'openid email' }, 'bob');
  const info = await oidc.fetchUserInfo(rp.config, tokens.access_token, claims.sub);
  expect(info.email_verified).toBe(true);
});

test('Userinfo takes the token in a header or in a form, and not in the query.', async () => {
  const rp = await relyingParty(world);
  const { tokens } = await rp.login(world.browser());
  const url = `${world.issuer}/userinfo`;
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  const form = new URLSearchParams({ access_token: tokens.access_token });
  expect((await world.fetch(url, { headers })).status).toBe(200);
  expect((await world.fetch(url, { method: 'POST', headers })).status).toBe(200);
  expect((await world.fetch(url, { method: 'POST', body: form })).status).toBe(200);
  expect((await world.fetch(`${url}?${form}`)).status).toBe(400);
  expect((await world.fetch(url)).status).toBe(401);
  const wrong = await world.fetch(url, { headers: { authorization: 'Bearer wrong' } });
  expect(wrong.status).toBe(401);
  expect(wrong.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/);
});

test('A request without nonce, with parameters nobody knows, and with display is answered.', async () => {
  const rp = await relyingParty(world);
  for (const parameters of [
    { extra: 'foobar' },
    { display: 'page' },
    { display: 'popup' },
    { claims_locales: 'se' },
    { acr_values: 'urn:example:gold silver' },
    { ui_locales: 'se xx-yy' },
  ]) {
    const { claims } = await rp.login(world.browser(), parameters as unknown as Record<string, string>);
    expect(claims.sub).toBe('subject-of-alice');
  }
  const { url, verifier, state } = await rp.request();
  url.searchParams.delete('nonce');
  const browser = world.browser();
  const page = await logIn(browser, await browser.open(url));
  const tokens = await oidc.authorizationCodeGrant(rp.config, page.url, {
    pkceCodeVerifier: verifier,
    expectedState: state,
  });
  expect(tokens.claims()?.sub).toBe('subject-of-alice');
});

test('Single claims can be asked for, in the ID token and at userinfo.', async () => {
  const rp = await relyingParty(world);
  const { tokens, claims } = await rp.login(world.browser(), {
    claims: JSON.stringify({
      id_token: { email: { essential: true }, auth_time: { essential: true } },
      userinfo: { name: { essential: true }, phone_number: null },
    }),
  });
  expect(claims).toMatchObject({ email: ALICE.email, auth_time: expect.any(Number) });
  const info = await oidc.fetchUserInfo(rp.config, tokens.access_token, claims.sub);
  expect(info).toEqual({ sub: claims.sub, name: ALICE.name, phone_number: ALICE.phone_number });
});

test('The authorization endpoint takes a form as well, and finds the session that a link finds.', async () => {
  const rp = await relyingParty(world);
  const browser = world.browser();
  await rp.login(browser);
  const request = await rp.request();
  const body = request.url.searchParams.toString();
  const page = await browser.post(`${world.issuer}/authorize`, body, {
    origin: 'https://app.example.com',
    'sec-fetch-site': 'cross-site',
  });
  expect((await rp.exchange(page, request)).claims()?.sub).toBe('subject-of-alice');
  const long = await browser.post(`${world.issuer}/authorize`, `${body}&x=${'x'.repeat(9000)}`);
  expect(long.status).toBe(413);
});

test('The answer can come back as a form, which nothing in our policy stops.', async () => {
  const rp = await relyingParty(world);
  const request = await rp.request({ response_mode: 'form_post' });
  const browser = world.browser();
  const page = await logIn(browser, await browser.open(request.url));
  expect(page.status).toBe(200);
  const policy = String(page.headers['content-security-policy']);
  expect(policy).not.toContain('form-action');
  const script = /<script>([\s\S]*?)<\/script>/.exec(page.body)?.[1] ?? '';
  const hash = createHash('sha256').update(script).digest('base64');
  expect(policy).toContain(`script-src 'sha256-${hash}'`);
  const [form] = page.forms;
  expect(form?.action.href).toBe(CALLBACK);
  expect(form?.fields).toEqual({ code: expect.any(String), state: request.state, iss: world.issuer });
  const callback = new Request(CALLBACK, { method: 'POST', body: new URLSearchParams(form?.fields) });
  const tokens = await oidc.authorizationCodeGrant(rp.config, callback, {
    pkceCodeVerifier: request.verifier,
    expectedState: request.state,
    expectedNonce: request.nonce,
  });
  expect(tokens.claims()?.sub).toBe('subject-of-alice');
});

test('What the bridge does not do is refused and not ignored.', async () => {
  const rp = await relyingParty(world);
  const browser = world.browser();
  for (const [parameters, error] of [
    [{ response_type: 'id_token token' }, 'unsupported_response_type'],
    [{ response_type: 'code id_token' }, 'unsupported_response_type'],
    [{ request: 'e30.e30.' }, 'request_not_supported'],
    [{ request_uri: 'https://app.example.com/request' }, 'request_uri_not_supported'],
    [{ response_mode: 'jwt' }, 'unsupported_response_mode'],
    [{ prompt: 'none login' }, 'invalid_request'],
    [{ max_age: '-1' }, 'invalid_request'],
    [{ scope: 'openid\u0000' }, 'invalid_scope'],
  ] as const) {
    const { url } = await rp.request(parameters);
    const page = await browser.open(url);
    expect(isLoginPage(page)).toBe(false);
    const parameter =
      page.url.searchParams.get('error') ?? new URLSearchParams(page.url.hash.slice(1)).get('error');
    expect(parameter ?? page.text, JSON.stringify(parameters)).toContain(error);
    expect(page.url.searchParams.get('error_description') ?? '').not.toMatch(/[\r\n\t]/);
  }
});

test('Token answers are never cached.', async () => {
  const rp = await relyingParty(world);
  const request = await rp.request();
  const browser = world.browser();
  const page = await logIn(browser, await browser.open(request.url));
  const answer = await world.fetch(`${world.issuer}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from('rp:the-new-platforms-client-secret-0123456789').toString('base64')}`,
    },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: page.url.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: request.verifier,
    }),
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toContain('no-store');
  expect(answer.headers.get('content-type')).toContain('application/json');
});
