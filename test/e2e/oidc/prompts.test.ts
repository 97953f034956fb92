import { afterEach, beforeEach, expect, test } from 'vitest';
import { client, type OidcWorld, startOidc } from '../../support/oidc-world.ts';
import {
  answerOf,
  isLoginPage,
  logIn,
  type RelyingParty,
  relyingParty,
} from '../../support/relying-party.ts';
import { until } from '../../support/until.ts';

let world: OidcWorld;
let rp: RelyingParty;
beforeEach(async () => {
  world = await startOidc({ clients: [client({ client_id: 'rp', client_name: 'New Platform' })] });
  rp = await relyingParty(world);
});
afterEach(() => world.close());

test('prompt=none without a session is login_required, and with one the same person again.', async () => {
  const browser = world.browser();
  const request = await rp.request({ prompt: 'none' });
  expect(answerOf(await browser.open(request.url))).toEqual({
    error: 'login_required',
    error_description: expect.any(String),
    state: request.state,
    iss: world.issuer,
  });
  const first = await rp.login(browser);
  const silent = await rp.login(browser, { prompt: 'none' });
  expect(silent.claims).toMatchObject({ sub: first.claims.sub, auth_time: first.claims.auth_time });
});

test('prompt=login asks again, and the time of the login is the new one.', async () => {
  const browser = world.browser();
  const first = await rp.login(browser);
  const before = Number(first.claims.auth_time);
  await until('some time has passed', () => Math.floor(Date.now() / 1000) > before);
  const page = await browser.open((await rp.request({ prompt: 'login' })).url);
  expect(isLoginPage(page)).toBe(true);
  const second = await rp.login(browser, { prompt: 'login' });
  expect(Number(second.claims.auth_time)).toBeGreaterThan(before);
});

test('max_age asks again when the login is older, and not when it is younger.', async () => {
  const browser = world.browser();
  const first = await rp.login(browser);
  const young = await rp.login(browser, { max_age: '10000', prompt: 'none' });
  expect(young.claims.auth_time).toBe(first.claims.auth_time);
  expect(isLoginPage(await browser.open((await rp.request({ max_age: '0' })).url))).toBe(true);
  await until('some time has passed', () => Date.now() / 1000 > Number(first.claims.auth_time) + 2);
  const page = await browser.open((await rp.request({ max_age: '1' })).url);
  expect(isLoginPage(page)).toBe(true);
  const again = await rp.login(browser, { max_age: '1' });
  expect(Number(again.claims.auth_time)).toBeGreaterThan(Number(first.claims.auth_time));
});

test('prompt=consent shows what is asked for; going on goes on, cancelling is access_denied.', async () => {
  const browser = world.browser();
  await rp.login(browser);
  const request = await rp.request({ prompt: 'consent', scope: 'openid email offline_access' });
  const page = await browser.open(request.url);
  expect(page.text).toContain('New Platform asks for:');
  expect(page.text).toContain('your email address');
  expect(page.text).not.toContain('your phone number');
  const tokens = await rp.exchange(await browser.press(page, 'Continue'), request);
  expect(tokens.refresh_token).toBeDefined();

  const other = await rp.request({ prompt: 'consent' });
  const cancelled = await browser.press(await browser.open(other.url), 'Cancel');
  expect(answerOf(cancelled)).toMatchObject({ error: 'access_denied', state: other.state });
});

test('A login and consent may be asked for together.', async () => {
  const browser = world.browser();
  const request = await rp.request({ prompt: 'login consent' });
  const consent = await logIn(browser, await browser.open(request.url));
  expect(consent.text).toContain('asks for');
  const tokens = await rp.exchange(await browser.press(consent, 'Continue'), request);
  expect(tokens.claims()?.sub).toBe('subject-of-alice');
});

test('id_token_hint finds the session of that person, and wants nobody else.', async () => {
  const browser = world.browser();
  const { tokens } = await rp.login(browser);
  const hint = tokens.id_token ?? '';
  expect((await rp.login(browser, { prompt: 'none', id_token_hint: hint })).claims.sub).toBe(
    'subject-of-alice',
  );

  const other = world.browser();
  await rp.login(other, {}, 'bob');
  const silent = await other.open((await rp.request({ prompt: 'none', id_token_hint: hint })).url);
  expect(answerOf(silent)).toMatchObject({ error: 'login_required' });

  const fresh = world.browser();
  const asked = await fresh.open((await rp.request({ id_token_hint: hint })).url);
  const again = await logIn(fresh, asked, 'bob');
  expect(isLoginPage(again)).toBe(true);
  expect(again.text).toContain('expects somebody else here');
  expect(answerOf(await logIn(fresh, again, 'alice'))).toHaveProperty('code');

  const claims = JSON.stringify({ id_token: { sub: { value: 'subject-of-alice' } } });
  const wanted = world.browser();
  const page = await logIn(wanted, await wanted.open((await rp.request({ claims })).url), 'bob');
  expect(page.text).toContain('expects somebody else here');
});

test('login_hint fills in the name; what could not be a name is left out.', async () => {
  const fieldOf = async (hint: string) =>
    (await world.browser().open((await rp.request({ login_hint: hint })).url)).forms[0]?.fields.identifier;
  expect(await fieldOf('alice@example.com')).toBe('alice@example.com');
  expect(await fieldOf('"><script>alert(1)</script>')).toBe('"><script>alert(1)</script>');
  expect(await fieldOf('x'.repeat(321))).toBe('');
});

test('The page speaks the language that is asked for, then the browser’s, then English.', async () => {
  const langOf = async (uiLocales: string | undefined, acceptLanguage: string) => {
    const browser = world.browser({ 'accept-language': acceptLanguage });
    const page = await browser.open((await rp.request(uiLocales ? { ui_locales: uiLocales } : {})).url);
    expect(page.headers['content-language']).toBe(/<html lang="([\w-]+)"/.exec(page.body)?.[1]);
    return page.headers['content-language'];
  };
  expect(await langOf(undefined, '')).toBe('en');
  expect(await langOf(undefined, 'sv, de-AT;q=0.8, en;q=0.5')).toBe('de');
  expect(await langOf('de-CH', 'en')).toBe('de');
  expect(await langOf('sv en de', 'de')).toBe('en');
  expect(await langOf('zh-CN', 'de')).toBe('zh-Hans');
  expect(await langOf('xx', 'de;q=0, *')).toBe('en');
});

test('acr_values are taken as a wish; an essential acr that nobody can provide is an error, not a circle.', async () => {
  const { claims } = await rp.login(world.browser(), { acr_values: 'urn:example:gold' });
  expect(claims.acr).toBeUndefined();
  const essential = JSON.stringify({ id_token: { acr: { essential: true, values: ['urn:example:gold'] } } });
  const page = await world.browser().open((await rp.request({ claims: essential })).url);
  expect(answerOf(page)).toMatchObject({ error: 'unmet_authentication_requirements' });
});

test('A session of somebody who is gone asks for a login instead of failing.', async () => {
  const browser = world.browser();
  await rp.login(browser);
  world.people.remove('alice');
  const silent = await browser.open((await rp.request({ prompt: 'none' })).url);
  expect(answerOf(silent)).toMatchObject({ error: 'login_required' });
  expect(isLoginPage(await browser.open((await rp.request()).url))).toBe(true);
});

test('A code that nobody redeems in time is worth nothing.', async () => {
  const short = await startOidc({ lifetimes: { authorizationCode: 1 } });
  const party = await relyingParty(short);
  const browser = short.browser();
  const request = await party.request();
  const page = await logIn(browser, await browser.open(request.url));
  const issued = Date.now();
  await until('some time has passed', () => Date.now() > issued + 2000);
  await expect(party.exchange(page, request)).rejects.toMatchObject({ error: 'invalid_grant' });
  await short.close();
});
