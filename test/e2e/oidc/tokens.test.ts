import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from '../../support/browser.ts';
import { CALLBACK, client, type OidcWorld, SECRET, startOidc } from '../../support/oidc-world.ts';
import {
  type AuthorizationRequest,
  answerOf,
  logIn,
  type RelyingParty,
  relyingParty,
} from '../../support/relying-party.ts';

let world: OidcWorld;
let rp: RelyingParty;
const OFFLINE = { scope: 'openid email offline_access' };
beforeAll(async () => {
  world = await startOidc({
    clients: [
      client({ client_id: 'rp', post_logout_redirect_uris: ['https://app.example.com/bye'] }),
      client({ client_id: 'other' }),
      client({ client_id: 'narrow', scope: 'openid email' }),
      client({ client_id: 'spa', token_endpoint_auth_method: 'none' }),
    ],
  });
  rp = await relyingParty(world);
});
afterAll(() => world.close());

const basic = (clientId: string) => `Basic ${Buffer.from(`${clientId}:${SECRET}`).toString('base64')}`;

/** A token request as the wire has it. */
async function token(fields: Record<string, string>, clientId = 'rp') {
  const answer = await world.fetch(`${world.issuer}/token`, {
    method: 'POST',
    headers: { authorization: basic(clientId) },
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

async function freshCode(parameters: Record<string, string> = {}) {
  const browser = world.browser();
  const request = await rp.request(parameters);
  return { request, page: await logIn(browser, await browser.open(request.url)) };
}

const codeFields = (page: Page, request: AuthorizationRequest) => ({
  grant_type: 'authorization_code',
  code: page.url.searchParams.get('code') ?? '',
  redirect_uri: CALLBACK,
  code_verifier: request.verifier,
});

const userinfoStatus = async (accessToken: string) =>
  (await world.fetch(`${world.issuer}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } }))
    .status;

test('A code works once, and its second use ends what the first one gave.', async () => {
  const { page, request } = await freshCode(OFFLINE);
  const first = await token(codeFields(page, request));
  expect(first.status).toBe(200);
  expect(await userinfoStatus(first.body.access_token ?? '')).toBe(200);

  expect(await token(codeFields(page, request))).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  });
  expect(await userinfoStatus(first.body.access_token ?? '')).toBe(401);
  const refreshed = await token({
    grant_type: 'refresh_token',
    refresh_token: first.body.refresh_token ?? '',
  });
  expect(refreshed).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  expect(world.logLines.join('')).toContain('was used a second time');
});

test('Of ten parallel redemptions of a code exactly one succeeds, twenty times over.', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { page, request } = await freshCode();
    const answers = await Promise.all(Array.from({ length: 10 }, () => token(codeFields(page, request))));
    const successes = answers.filter(({ status }) => status === 200);
    expect(successes.length, `round ${round}`).toBe(1);
    for (const { status, body } of answers.filter((answer) => !successes.includes(answer))) {
      expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_grant' });
    }
    expect(await userinfoStatus(successes[0]?.body.access_token ?? '')).toBe(401);
  }
}, 60_000);

test('Of ten parallel uses of a refresh token exactly one succeeds, and all of them end the grant.', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { page, request } = await freshCode(OFFLINE);
    const { body } = await token(codeFields(page, request));
    const fields = { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => token(fields)));
    const [success, ...more] = answers.filter(({ status }) => status === 200);
    expect(success, `round ${round}`).toBeDefined();
    expect(more).toEqual([]);
    const next = await token({ ...fields, refresh_token: success?.body.refresh_token ?? '' });
    expect(next).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  }
}, 60_000);

test('A refresh token is for one use and gives the next one; an old one that comes back ends them all.', async () => {
  const { tokens } = await rp.login(world.browser(), OFFLINE);
  const first = await oidc.refreshTokenGrant(rp.config, tokens.refresh_token ?? '');
  expect(first.refresh_token).not.toBe(tokens.refresh_token);
  expect(first.claims()?.sub).toBe('subject-of-alice');
  const second = await oidc.refreshTokenGrant(rp.config, first.refresh_token ?? '');
  expect(second.refresh_token).toBeDefined();

  await expect(oidc.refreshTokenGrant(rp.config, tokens.refresh_token ?? '')).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  await expect(oidc.refreshTokenGrant(rp.config, second.refresh_token ?? '')).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  expect(await userinfoStatus(second.access_token)).toBe(401);
});

test('A confidential client gets a refresh token when it asks for offline_access and is registered for it.', async () => {
  expect((await rp.login(world.browser())).tokens.refresh_token).toBeUndefined();
  expect((await rp.login(world.browser(), OFFLINE)).tokens.refresh_token).toBeDefined();
  const narrow = await relyingParty(world, { clientId: 'narrow' });
  const { tokens } = await narrow.login(world.browser(), OFFLINE);
  expect(tokens.refresh_token).toBeUndefined();
});

test('A public client gets one only when the person was asked.', async () => {
  const spa = await relyingParty(world, { clientId: 'spa', auth: oidc.None() });
  expect((await spa.login(world.browser(), OFFLINE)).tokens.refresh_token).toBeUndefined();
  const browser = world.browser();
  const request = await spa.request({ ...OFFLINE, prompt: 'consent' });
  const asked = await logIn(browser, await browser.open(request.url));
  expect(asked.text).toContain('access that goes on while you are away');
  const tokens = await spa.exchange(await browser.press(asked, 'Continue'), request);
  expect(tokens.refresh_token).toBeDefined();
});

test('A token of one client is nothing to another.', async () => {
  const { tokens } = await rp.login(world.browser(), OFFLINE);
  const other = await relyingParty(world, { clientId: 'other' });
  await expect(oidc.refreshTokenGrant(other.config, tokens.refresh_token ?? '')).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  expect(await oidc.tokenIntrospection(other.config, tokens.access_token)).toEqual({ active: false });
  await expect(oidc.tokenRevocation(other.config, tokens.access_token)).rejects.toMatchObject({
    error: 'invalid_request',
  });
  expect(await userinfoStatus(tokens.access_token)).toBe(200);
  const { page, request } = await freshCode();
  const stolen = await token(codeFields(page, request), 'other');
  expect(stolen).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test('A client may look at its own tokens and end them.', async () => {
  const { tokens, claims } = await rp.login(world.browser(), OFFLINE);
  expect(await oidc.tokenIntrospection(rp.config, tokens.access_token)).toMatchObject({
    active: true,
    client_id: 'rp',
    sub: claims.sub,
    scope: OFFLINE.scope,
    exp: expect.any(Number),
  });
  expect(await oidc.tokenIntrospection(rp.config, 'nonsense')).toEqual({ active: false });

  await oidc.tokenRevocation(rp.config, tokens.access_token);
  expect(await oidc.tokenIntrospection(rp.config, tokens.access_token)).toEqual({ active: false });
  expect(await userinfoStatus(tokens.access_token)).toBe(401);

  const { tokens: more } = await rp.login(world.browser(), OFFLINE);
  await oidc.tokenRevocation(rp.config, more.refresh_token ?? '');
  expect(await userinfoStatus(more.access_token)).toBe(401);
  await expect(oidc.refreshTokenGrant(rp.config, more.refresh_token ?? '')).rejects.toMatchObject({
    error: 'invalid_grant',
  });
});

test('Tokens of somebody who is gone die, and an outage kills nothing.', async () => {
  const desk = await startOidc({ clients: [client({ client_id: 'rp' })] });
  const party = await relyingParty(desk);
  const { tokens } = await party.login(desk.browser(), OFFLINE);
  const ask = () =>
    desk.fetch(`${desk.issuer}/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } });

  desk.people.setOutage(true);
  const out = await ask();
  expect(out.status).toBe(503);
  expect(out.headers.get('retry-after')).toBe('10');
  expect(await out.json()).toMatchObject({ error: 'temporarily_unavailable' });
  const refused = await desk.fetch(`${desk.issuer}/token`, {
    method: 'POST',
    headers: { authorization: basic('rp') },
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token ?? '',
    }),
  });
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ error: 'temporarily_unavailable' });
  const browser = desk.browser();
  const request = await party.request();
  const page = await logIn(browser, await browser.open(request.url));
  expect(answerOf(page)).toMatchObject({ error: 'temporarily_unavailable', state: request.state });

  desk.people.setOutage(false);
  expect((await ask()).status).toBe(200);
  const next = await oidc.refreshTokenGrant(party.config, tokens.refresh_token ?? '');

  desk.people.remove('alice');
  expect((await ask()).status).toBe(401);
  await expect(oidc.refreshTokenGrant(party.config, next.refresh_token ?? '')).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  await desk.close();
});

test('The store holds no code, token or session in the clear.', async () => {
  const browser = world.browser();
  const { tokens, page } = await rp.login(browser, OFFLINE);
  const rows = JSON.stringify(await world.store.db.selectFrom('artifact').selectAll().execute());
  const session = browser.cookies.find(({ name }) => name === 'footbridge_session')?.value ?? '';
  expect(session.length).toBeGreaterThan(20);
  for (const secret of [
    tokens.access_token,
    tokens.refresh_token ?? '',
    answerOf(page).code ?? '',
    session,
  ]) {
    expect(rows).not.toContain(secret);
    expect(world.logLines.join('')).not.toContain(secret);
  }
  expect(rows).not.toContain('subject-of-alice');
});
