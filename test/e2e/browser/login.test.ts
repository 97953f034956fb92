import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { createRealSetup, type RealSetup } from '../../support/real-setup.ts';
import { relyingParty } from '../../support/relying-party.ts';

let chromium: Browser;
let setup: RealSetup;
/** The platform that is the bridge's client, and an app behind it that it sends people on to. */
let platform: Server;
let app: Server;

const serve = (answer: (url: string) => { location?: string }) =>
  new Promise<Server>((done) => {
    const server = createServer((request, response) => {
      const { location } = answer(request.url ?? '');
      response.writeHead(location === undefined ? 200 : 303, {
        'content-type': 'text/html',
        ...(location && { location }),
      });
      response.end('<!doctype html><title>Arrived</title><p>Arrived');
    });
    server.listen(0, '127.0.0.1', () => done(server));
  });
const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  app = await serve(() => ({}));
  platform = await serve((url) => ({
    location: `${originOf(app)}/welcome${url.includes('error=') ? '?cancelled' : ''}`,
  }));
  setup = await createRealSetup({ people: [{ username: 'anna', password: 'sommer 2009' }] });
  await setup.run(
    'client',
    'add',
    'idp',
    '--name',
    'Example <IdP>',
    '--auth',
    'none',
    '--redirect-uri',
    `${originOf(platform)}/callback`,
  );
  await setup.serve();
  chromium = await launchChromium();
});
afterAll(async () => {
  await chromium?.close();
  await setup?.close();
  for (const server of [platform, app]) server?.close();
});

async function openLogin(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const party = await relyingParty(
    { issuer: setup.issuer, fetch },
    { clientId: 'idp', auth: () => {}, callback: `${originOf(platform)}/callback` },
  );
  const context = await chromium.newContext({ javaScriptEnabled: false, ...options });
  const page = await context.newPage();
  await page.goto((await party.request()).url.href);
  return page;
}

test('A person logs in without any script, and is led over the platform to the app behind it.', async () => {
  const page = await openLogin();
  expect(await page.textContent('main')).toContain('Example <IdP>');
  await page.getByLabel('Username or email').fill('anna');
  await page.getByLabel('Password').fill('sommer 2009');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${originOf(app)}/welcome`);
  await page.context().close();
});

test('Cancel leads back to the platform with an error.', async () => {
  const page = await openLogin();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.waitForURL(`${originOf(app)}/welcome?cancelled`);
  await page.context().close();
});

test('A wrong password keeps the name, says so at the fields, and waits in the password field.', async () => {
  const page = await openLogin();
  await page.getByLabel('Username or email').fill('anna');
  await page.getByLabel('Password').fill('winter 2009');
  await page.getByRole('button', { name: 'Log in' }).click();
  const password = page.getByLabel('Password');
  const [described, name, typed] = [
    await password.getAttribute('aria-describedby'),
    await page.getByLabel('Username or email').inputValue(),
    await password.inputValue(),
  ];
  expect(await page.getByRole('alert').getAttribute('id')).toBe(described);
  expect(await password.getAttribute('aria-invalid')).toBe('true');
  expect([name, typed]).toEqual(['anna', '']);
  await page.keyboard.type('sommer 2009');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${originOf(app)}/welcome`);
  await page.context().close();
});

test('The page fits 390 pixels, light and dark, and its text can be read.', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await openLogin({
      viewport: { width: 390, height: 800 },
      colorScheme,
      javaScriptEnabled: true,
    });
    const look = (await page.evaluate(`(() => {
      const style = getComputedStyle(document.body);
      return { overflow: document.documentElement.scrollWidth - innerWidth, color: style.color, background: style.backgroundColor };
    })()`)) as { overflow: number; color: string; background: string };
    expect(look.overflow).toBeLessThanOrEqual(0);
    expect(contrast(look.color, look.background)).toBeGreaterThan(7);
    await page.context().close();
  }
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = (color.match(/\d+/g) ?? []).map((text) => {
      const c = Number(text) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}
