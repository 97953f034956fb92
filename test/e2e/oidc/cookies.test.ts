import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../../src/runtime/clock.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Browser } from '../../support/browser.ts';
import { type OidcWorld, startOidc } from '../../support/oidc-world.ts';
import { answerOf, isLoginPage, logIn, relyingParty } from '../../support/relying-party.ts';

const ISSUER = 'https://login.example.com';
const worlds: OidcWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});
async function start(options: Parameters<typeof startOidc>[0] = {}): Promise<OidcWorld> {
  const world = await startOidc({ issuer: ISSUER, ...options });
  worlds.push(world);
  return world;
}

const cookie = (browser: Browser, name: string) => {
  const found = browser.cookies.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no cookie ${name}.`);
  return found;
};
const SESSION = '__Host-footbridge_session';
const INTERACTION = '__Secure-footbridge_interaction';
const RESUME = '__Secure-footbridge_resume';

test('Every cookie is signed: those the provider sets, and those the outer app sets for it.', async () => {
  const world = await start();
  const browser = world.browser();
  const rp = await relyingParty(world);
  const page = await browser.open((await rp.request()).url);
  for (const name of [INTERACTION, RESUME])
    expect(cookie(browser, `${name}.sig`).value).toMatch(/^[\w-]{27}$/);
  await logIn(browser, page);
  expect(cookie(browser, `${SESSION}.sig`).value).toMatch(/^[\w-]{27}$/);
});

const SPOILS = {
  value: (browser: Browser, name: string) => change(cookie(browser, name)),
  signature: (browser: Browser, name: string) => change(cookie(browser, `${name}.sig`)),
  'no signature': (browser: Browser, name: string) => {
    browser.cookies.splice(browser.cookies.indexOf(cookie(browser, `${name}.sig`)), 1);
  },
};
function change(target: { value: string }): void {
  target.value = target.value.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
}

test.each(Object.entries(SPOILS))('A session cookie with a spoilt %s is nobody’s.', async (_, spoil) => {
  const world = await start();
  const rp = await relyingParty(world);
  const browser = world.browser();
  await rp.login(browser);
  spoil(browser, SESSION);
  const silent = await browser.open((await rp.request({ prompt: 'none' })).url);
  expect(answerOf(silent)).toMatchObject({ error: 'login_required' });
});

test.each(Object.entries(SPOILS))('A login whose cookies have a spoilt %s is over.', async (_, spoil) => {
  const world = await start();
  const rp = await relyingParty(world);
  for (const name of [INTERACTION, RESUME]) {
    const browser = world.browser();
    const page = await browser.open((await rp.request()).url);
    spoil(browser, name);
    const after = await logIn(browser, page);
    expect(after.status, name).toBe(400);
    expect(after.text).toContain('This page is no longer valid');
  }
});

test('The session’s cookie ends with the browser and belongs to this host alone.', async () => {
  const world = await start();
  const browser = world.browser();
  await (await relyingParty(world)).login(browser);
  const { attributes, path } = cookie(browser, SESSION);
  expect(path).toBe('/');
  expect(attributes).not.toMatch(/expires|max-age|domain/);
  expect(attributes).toMatch(/samesite=lax; secure; httponly/);
});

test('Keys rotate: an old one is believed until it is taken away.', async () => {
  const [old, fresh] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const store = openStore(new Secret('sqlite::memory:'), systemClock);
  const first = await start({ store, cookieKeys: [old] });
  const browser = first.browser();
  const rp = await relyingParty(first);
  await rp.login(browser);

  const silent = async (cookieKeys: string[]) => {
    const world = await start({ store, cookieKeys });
    const visitor = world.browser();
    visitor.cookies.push(...browser.cookies.map((one) => ({ ...one })));
    const page = await visitor.open((await (await relyingParty(world)).request({ prompt: 'none' })).url);
    return answerOf(page);
  };
  expect(await silent([fresh, old])).toHaveProperty('code');
  expect(await silent([fresh])).toMatchObject({ error: 'login_required' });
  for (const world of worlds.splice(0)) await world.close();
  await store.close();
});

test('A login gives the session a new name, and the old name opens nothing.', async () => {
  const world = await start();
  const rp = await relyingParty(world);
  const browser = world.browser();
  await rp.login(browser);
  const stolen = browser.clone();
  const before = cookie(browser, SESSION).value;
  await rp.login(browser, { prompt: 'login' });
  expect(cookie(browser, SESSION).value).not.toBe(before);
  const page = await stolen.open((await rp.request({ prompt: 'none' })).url);
  expect(answerOf(page)).toMatchObject({ error: 'login_required' });
});

test('A session that somebody else planted is not the one that a person logs in to.', async () => {
  const world = await start();
  const rp = await relyingParty(world);
  const attacker = world.browser();
  await rp.login(attacker, {}, 'bob');
  const planted = attacker.clone();
  const request = await rp.request({ prompt: 'login' });
  let page = await logIn(planted, await planted.open(request.url), 'alice');
  // Another account: the old session is logged out first, by a form that sends itself or waits for this button.
  while (page.status !== 0) {
    expect(isLoginPage(page)).toBe(false);
    page = await planted.press(page, 'Continue');
  }
  const tokens = await rp.exchange(page, request);
  expect(tokens.claims()?.sub).toBe('subject-of-alice');
  const silent = await attacker.open((await rp.request({ prompt: 'none' })).url);
  expect(answerOf(silent)).toMatchObject({ error: 'login_required' });
});

test('Over http on a loopback address cookies work, without Secure.', async () => {
  const world = await startOidc();
  worlds.push(world);
  const browser = world.browser();
  const rp = await relyingParty(world);
  await rp.login(browser);
  expect((await rp.login(browser, { prompt: 'none' })).claims.sub).toBe('subject-of-alice');
  expect(cookie(browser, 'footbridge_session').attributes).not.toContain('secure');
});
