import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Page } from '../../support/browser.ts';
import { client, type OidcWorld, startOidc } from '../../support/oidc-world.ts';
import { answerOf, type RelyingParty, relyingParty } from '../../support/relying-party.ts';

const BYE = 'https://app.example.com/bye';
let world: OidcWorld;
let rp: RelyingParty;
beforeAll(async () => {
  world = await startOidc({ clients: [client({ client_id: 'rp', post_logout_redirect_uris: [BYE] })] });
  rp = await relyingParty(world);
});
afterAll(() => world.close());

const logout = (parameters: Record<string, string>) =>
  `${world.issuer}/logout?${new URLSearchParams(parameters)}`;
const isLoggedIn = async (browser: Browser) =>
  'code' in answerOf(await browser.clone().open((await rp.request({ prompt: 'none' })).url));

async function loggedIn() {
  const browser = world.browser();
  const { tokens } = await rp.login(browser, { scope: 'openid offline_access' });
  return { browser, tokens, hint: tokens.id_token ?? '' };
}

test('A person who logs out at a client’s wish is asked, logged out and sent back.', async () => {
  const { browser, hint } = await loggedIn();
  const page = await browser.open(
    logout({ id_token_hint: hint, post_logout_redirect_uri: BYE, state: 'the state' }),
  );
  expect(page.status).toBe(200);
  expect(page.title).toBe('Log out?');
  expect(page.body).not.toMatch(/<script(?! type="module" src=")/);
  expect(page.headers['content-security-policy']).toContain("form-action 'self'");
  const end = await browser.press(page, 'Log out');
  expect(end.url.href).toBe(`${BYE}?state=the+state`);
  expect(await isLoggedIn(browser)).toBe(false);
});

test('Logging out ends what was issued for the session, and leaves what is meant to go on.', async () => {
  const browser = world.browser();
  const { tokens } = await rp.login(browser);
  const userinfo = async () =>
    (
      await world.fetch(`${world.issuer}/userinfo`, {
        headers: { authorization: `Bearer ${tokens.access_token}` },
      })
    ).status;
  expect(await userinfo()).toBe(200);
  await browser.press(await browser.open(logout({})), 'Log out');
  expect(await userinfo()).toBe(401);
});

test('A person may stay.', async () => {
  const { browser } = await loggedIn();
  const page = await browser.press(await browser.open(logout({})), 'Stay logged in');
  expect(page.status).toBe(200);
  expect(await isLoggedIn(browser)).toBe(true);
});

test('Without an address to go back to the person is told that it worked.', async () => {
  for (const parameters of [{}, { state: 'x' }, { client_id: 'rp' }]) {
    const { browser } = await loggedIn();
    const page = await browser.press(
      await browser.open(logout(parameters as Record<string, string>)),
      'Log out',
    );
    expect(page.url.pathname).toBe('/logout/success');
    expect(page.text).toContain('You are logged out');
    expect(await isLoggedIn(browser)).toBe(false);
  }
});

test('An address without a hint of whose it is is not gone to.', async () => {
  const { browser } = await loggedIn();
  const page = await browser.press(await browser.open(logout({ post_logout_redirect_uri: BYE })), 'Log out');
  expect(page.url.pathname).toBe('/logout/success');
});

test('A request that does not fit is a page, and never a redirect.', async () => {
  const { browser, hint } = await loggedIn();
  const { privateKey } = await generateKeyPair('RS256');
  const claims = { sub: 'subject-of-alice', iss: world.issuer, aud: 'rp' };
  const forged = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256' })
    .setExpirationTime('1h')
    .sign(privateKey);
  const refused = async (parameters: Record<string, string>): Promise<Page> => {
    const page = await browser.open(logout(parameters));
    expect(page.status, JSON.stringify(parameters)).toBe(400);
    expect(page.trail.length).toBe(1);
    return page;
  };
  await refused({ id_token_hint: hint, post_logout_redirect_uri: 'https://evil.example/' });
  await refused({ id_token_hint: hint, post_logout_redirect_uri: `${BYE}?more=1` });
  await refused({ id_token_hint: new UnsecuredJWT(claims).encode(), post_logout_redirect_uri: BYE });
  await refused({ id_token_hint: forged, post_logout_redirect_uri: BYE });
  await refused({ id_token_hint: 'nonsense' });
  await refused({ client_id: 'nobody' });
  expect(await isLoggedIn(browser)).toBe(true);
});

test('Nobody can be logged out by a form of another site.', async () => {
  const { browser } = await loggedIn();
  await browser.open(logout({}));
  for (const xsrf of ['', 'guess']) {
    const body = new URLSearchParams({ xsrf, logout: 'yes' }).toString();
    const page = await browser.post(`${world.issuer}/logout/confirm`, body);
    expect(page.status).toBe(400);
  }
  expect(await isLoggedIn(browser)).toBe(true);
});

test('Somebody who is not logged in may log out all the same.', async () => {
  const browser = world.browser();
  const page = await browser.open(logout({ client_id: 'rp', post_logout_redirect_uri: BYE }));
  const end = await browser.press(page, 'Continue');
  expect(end.url.href).toBe(BYE);
});
