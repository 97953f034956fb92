import { createHash } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALLBACK, client, type OidcWorld, SECRET, startOidc } from '../../support/oidc-world.ts';
import { answerOf, isLoginPage, logIn, relyingParty } from '../../support/relying-party.ts';

let world: OidcWorld;
let key: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
beforeAll(async () => {
  const pair = await generateKeyPair('ES256', { extractable: true });
  key = pair.privateKey;
  world = await startOidc({
    clients: [
      client({ client_id: 'rp' }),
      client({ client_id: 'post', token_endpoint_auth_method: 'client_secret_post' }),
      client({ client_id: 'spa', token_endpoint_auth_method: 'none' }),
      client({ client_id: 'old', pkce: 'optional' }),
      client({
        client_id: 'signed',
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [{ ...(await exportJWK(pair.publicKey)), kty: 'EC', kid: 'one', alg: 'ES256' }] },
      }),
      client({
        client_id: 'app',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['com.example.app:/callback'],
      }),
      client({ client_id: 'broken', scope: 'openid groups' }),
    ],
  });
});
afterAll(() => world.close());

async function token(headers: Record<string, string>, fields: Record<string, string>) {
  const answer = await world.fetch(`${world.issuer}/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: 'x',
      redirect_uri: CALLBACK,
      ...fields,
    }),
  });
  return {
    status: answer.status,
    ...((await answer.json()) as { error?: string; error_description?: string }),
  };
}
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});
const REFUSED = { status: 401, error: 'invalid_client' };
const LET_IN = { status: 400, error: 'invalid_grant' };

test.each([
  ['rp', oidc.ClientSecretBasic(SECRET)],
  ['post', oidc.ClientSecretPost(SECRET)],
  ['spa', oidc.None()],
])('A client logs people in with its own way to prove itself: %s.', async (clientId, auth) => {
  const rp = await relyingParty(world, { clientId, auth });
  expect((await rp.login(world.browser())).claims.aud).toBe(clientId);
});

test('A client logs people in with a signed assertion, and each assertion counts once.', async () => {
  const rp = await relyingParty(world, { clientId: 'signed', auth: oidc.PrivateKeyJwt({ key, kid: 'one' }) });
  expect((await rp.login(world.browser())).claims.aud).toBe('signed');

  const assertion = await new SignJWT({ jti: 'only-once' })
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setIssuer('signed')
    .setSubject('signed')
    .setAudience(world.issuer)
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(key);
  const fields = {
    client_assertion: assertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  };
  expect(await token({}, fields)).toMatchObject(LET_IN);
  expect(await token({}, fields)).toMatchObject(REFUSED);
});

test('Neither the stored digest nor what stands in for the secret is taken for it.', async () => {
  expect(await token(basic('rp', SECRET), {})).toMatchObject(LET_IN);
  const registered = await world.clients.find('rp');
  const guesses = [
    registered?.secretDigest ?? '',
    `${SECRET}x`,
    SECRET.slice(0, -1),
    SECRET.toUpperCase(),
    createHash('sha256').update(SECRET).digest('hex'),
    'undefined',
    'null',
    ...world.drawn.filter((value) => value.length === 64),
  ];
  expect(guesses.length).toBe(8);
  for (const secret of guesses) {
    expect(await token(basic('rp', secret), {})).toMatchObject(REFUSED);
    expect(await token({}, { client_id: 'rp', client_secret: secret })).toMatchObject(REFUSED);
  }
});

test('No assertion signed with a client’s secret, or with none, is believed.', async () => {
  const claims = () =>
    new SignJWT({ jti: crypto.randomUUID() })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('rp')
      .setSubject('rp')
      .setAudience(world.issuer)
      .setIssuedAt()
      .setExpirationTime('1m');
  const registered = await world.clients.find('rp');
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(
    JSON.stringify({ iss: 'signed', sub: 'signed', aud: world.issuer, jti: '1', exp: 4_000_000_000 }),
  ).toString('base64url')}.`;
  for (const assertion of [
    await claims().sign(Buffer.from(SECRET)),
    await claims().sign(Buffer.from(registered?.secretDigest ?? '')),
    unsigned,
  ]) {
    const answer = await token(
      {},
      {
        client_assertion: assertion,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      },
    );
    expect(answer).toMatchObject(REFUSED);
  }
});

test('A client cannot pass for one that needs less proof.', async () => {
  expect(await token({}, { client_id: 'rp' })).toMatchObject(REFUSED);
  expect(await token({}, { client_id: 'signed' })).toMatchObject(REFUSED);
  expect(await token(basic('spa', SECRET), {})).toMatchObject(REFUSED);
  expect(await token(basic('nobody', SECRET), {})).toMatchObject(REFUSED);
  expect(await token(basic('rp', SECRET), { client_id: 'post' })).toMatchObject({ status: 400 });
});

test('A new secret holds at once.', async () => {
  const own = await startOidc();
  const auth = { ...basic('rp', SECRET) };
  const ask = async () =>
    (
      await own.fetch(`${own.issuer}/token`, {
        method: 'POST',
        headers: auth,
        body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x', redirect_uri: CALLBACK }),
      })
    ).status;
  expect(await ask()).toBe(400);
  own.clients.replace(client({ client_id: 'rp' }), 'another-secret-of-the-same-client-0123456789');
  expect(await ask()).toBe(401);
  await own.close();
});

test('PKCE is needed, as S256, unless a confidential client’s registration says that it cannot.', async () => {
  const rp = await relyingParty(world);
  const without = async (party: typeof rp) => {
    const { url } = await party.request();
    url.searchParams.delete('code_challenge');
    url.searchParams.delete('code_challenge_method');
    return url;
  };
  expect(answerOf(await world.browser().open(await without(rp)))).toMatchObject({ error: 'invalid_request' });
  const plain = await rp.request({ code_challenge_method: 'plain' });
  expect(answerOf(await world.browser().open(plain.url))).toMatchObject({ error: 'invalid_request' });
  const spa = await relyingParty(world, { clientId: 'spa', auth: oidc.None() });
  expect(answerOf(await world.browser().open(await without(spa)))).toMatchObject({
    error: 'invalid_request',
  });

  const old = await relyingParty(world, { clientId: 'old' });
  const url = await without(old);
  const browser = world.browser();
  const page = await logIn(browser, await browser.open(url));
  const tokens = await oidc.authorizationCodeGrant(old.config, page.url, {
    expectedState: url.searchParams.get('state') ?? '',
    expectedNonce: url.searchParams.get('nonce') ?? '',
  });
  expect(tokens.claims()?.aud).toBe('old');
});

test('A code without its verifier, or with another, is refused.', async () => {
  const rp = await relyingParty(world);
  for (const verifier of [undefined, oidc.randomPKCECodeVerifier()]) {
    const browser = world.browser();
    const request = await rp.request();
    const page = await logIn(browser, await browser.open(request.url));
    const fields = { code: answerOf(page).code ?? '', ...(verifier && { code_verifier: verifier }) };
    expect(await token(basic('rp', SECRET), fields)).toMatchObject(LET_IN);
  }
});

test('Nobody is sent to an address that is not registered.', async () => {
  const rp = await relyingParty(world);
  for (const redirect of [
    'https://evil.example/callback',
    `${CALLBACK}/`,
    `${CALLBACK}?more=1`,
    'https://app.example.com/Callback',
    'https://app.example.com.evil.example/callback',
    'https://app.example.com@evil.example/callback',
    'javascript:alert(1)',
    '//evil.example',
    'http:\\\\evil.example',
    '',
  ]) {
    const { url } = await rp.request({ redirect_uri: redirect });
    const page = await world.browser().open(url);
    expect(page.trail.length, redirect).toBe(1);
    expect(page.status, redirect).toBe(400);
    expect(page.headers.location).toBeUndefined();
  }
  const { url } = await rp.request();
  url.searchParams.delete('redirect_uri');
  expect((await world.browser().open(url)).status).toBe(400);
  const page = await world.browser().open((await rp.request({ redirect_uri: 'https://evil.example/' })).url);
  expect(page.text).toContain('wants you back at an address that it has not registered');
});

test('A client that nobody registered gets a page, in words.', async () => {
  const rp = await relyingParty(world);
  const page = await world.browser().open((await rp.request({ client_id: 'nobody' })).url);
  expect(page.status).toBe(400);
  expect(page.text).toContain('is not registered with this login service');
  expect(page.text).toContain('invalid_client');
});

test('A registration that is not valid says what is wrong, to the developer and in the log.', async () => {
  const rp = await relyingParty(world, { clientId: 'broken' });
  const page = await world.browser().open((await rp.request()).url);
  expect(page.status).toBe(400);
  expect(page.text).toContain('Its operator has to correct it');
  expect(page.text).toContain('scope must only contain');
  expect(world.logLines.join('')).toContain('The registration of a client is not valid.');
});

test('A native app is asked about when it comes without a login, so that no other app can borrow a session.', async () => {
  const rp = await relyingParty(world, {
    clientId: 'app',
    auth: oidc.None(),
    callback: 'com.example.app:/callback',
  });
  const browser = world.browser();
  const first = await rp.login(browser);
  expect(first.claims.aud).toBe('app');
  const request = await rp.request();
  const asked = await browser.open(request.url);
  expect(isLoginPage(asked)).toBe(false);
  expect(asked.text).toContain('asks for');
  const page = await browser.press(asked, 'Continue');
  expect((await rp.exchange(page, request)).claims()?.sub).toBe('subject-of-alice');
});

test('A browser app may call from its own origin, another may not.', async () => {
  const ask = (origin: string) =>
    world.fetch(`${world.issuer}/token`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({
        client_id: 'spa',
        grant_type: 'authorization_code',
        code: 'x',
        redirect_uri: CALLBACK,
      }),
    });
  expect((await ask('https://app.example.com')).headers.get('access-control-allow-origin')).toBe(
    'https://app.example.com',
  );
  expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
});
