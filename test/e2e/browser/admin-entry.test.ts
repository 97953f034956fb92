import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, startAdmin } from '../../support/admin-world.ts';
import { launchChromium } from '../../support/chromium.ts';
import { freePort } from '../../support/database-server.ts';
import { client, type OidcWorld, PASSWORD, SECRET, startOidc } from '../../support/oidc-world.ts';

let chromium: Browser;
let admin: AdminWorld;
let issuer: OidcWorld | undefined;
let url: string;

beforeAll(async () => {
  chromium = await launchChromium();
});
afterAll(() => chromium?.close());
afterEach(async () => {
  await admin.close();
  await issuer?.close();
  issuer = undefined;
});

/** For browsers another site than the issuer, which is at 127.0.0.1. */
const freeUrl = async () => `http://localhost:${await freePort()}`;

async function openPage(address: string): Promise<Page> {
  const context = await chromium.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

test('The first admin comes in by the link, without any script, and leaves again.', async () => {
  url = await freeUrl();
  admin = await startAdmin({ url });
  const page = await openPage(`${url}/bootstrap/${await admin.links.issue('test')}`);
  await page.getByRole('button', { name: 'Use it' }).click();
  await page.waitForURL(`${url}/`);
  expect(await page.textContent('body')).toContain('link of test');
  await page.getByRole('button', { name: 'Log out' }).click();
  expect(await page.textContent('h1')).toBe('Logged out');
  await page.goto(url);
  expect(page.url()).toBe(`${url}/login`);
  expect(await page.textContent('main')).toContain('footbridge admin link');
});

test('An admin who comes back from the issuer’s site is logged in at once, with a strict cookie.', async () => {
  url = await freeUrl();
  issuer = await startOidc({
    clients: [client({ client_id: 'console', redirect_uris: [`${url}/login/callback`] })],
    people: { ann: { profile: { email: 'ann@example.com', email_verified: true } } },
  });
  admin = await startAdmin({
    url,
    oidc: {
      issuer: issuer.issuer,
      clientId: 'console',
      clientSecret: SECRET,
      allow: { emails: ['ann@example.com'] },
    },
  });
  const page = await openPage(url);
  expect(new URL(page.url()).origin).toBe(issuer.issuer);
  await page.getByLabel('Username or email').fill('ann');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(`${url}/`);
  expect(await page.textContent('body')).toContain('ann@example.com');
  const [cookie] = (await page.context().cookies(url)).filter(({ name }) => name === 'footbridge_admin');
  expect(cookie).toMatchObject({ sameSite: 'Strict', httpOnly: true, path: '/' });
});
