import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { createRealSetup, type RealSetup } from '../../support/real-setup.ts';
import { relyingParty } from '../../support/relying-party.ts';

const CALLBACK = 'https://idp.example.com/callback';
const MOVED_URL = 'https://new.example.com/login';

let chromium: Browser;
let setup: RealSetup;
beforeAll(async () => {
  setup = await createRealSetup({
    people: [{ username: 'anna', password: 'sommer 2009' }],
    config: {
      targets: {
        'new-platform': {
          kind: 'sql',
          url: '${TARGET_DATABASE_URL}',
          table: 'users',
          externalId: 'footbridge_sub',
          columns: { username: 'preferred_username', email: 'email' },
        },
      },
    },
  });
  const add = [
    'client',
    'add',
    'idp',
    '--name',
    'New platform',
    '--auth',
    'none',
    '--redirect-uri',
    CALLBACK,
  ];
  await setup.run(...add, '--target', 'new-platform', '--moved-url', MOVED_URL, '--mode', 'cutover');
  await setup.serve();
  await setup.login('anna');
  await setup.untilLedger({ copied: 1 });
  chromium = await launchChromium();
});
afterAll(async () => {
  await chromium?.close();
  await setup?.close();
});

async function logIn(password: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const party = await relyingParty(
    { issuer: setup.issuer, fetch },
    { clientId: 'idp', auth: () => {}, callback: CALLBACK },
  );
  const page = await (await chromium.newContext(options)).newPage();
  await page.goto((await party.request()).url.href);
  await page.locator('#identifier').fill('anna');
  await page.locator('#password').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/interaction\/[^/]+\/login$/);
  return page;
}

test('A client whose target cannot verify is not cut over without a place to send people to.', async () => {
  expect(await setup.run('client', 'mode', 'rp', 'cutover')).toMatchObject({
    code: 2,
    output: expect.stringContaining('nowhere to log in'),
  });
});

test('The old password leads to a sentence and a link, in the person’s language, on any screen.', async () => {
  const folder = process.env.SCREENSHOTS;
  for (const [locale, title] of [
    ['en', 'Your account has moved'],
    ['de', 'Ihr Konto ist umgezogen'],
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [390, 1280]) {
        const page = await logIn('sommer 2009', { locale, colorScheme, viewport: { width, height: 700 } });
        expect(await page.textContent('h1')).toBe(title);
        expect(await page.locator(`a[href="${MOVED_URL}"]`).count()).toBe(1);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(
          0,
        );
        if (folder !== undefined) {
          mkdirSync(folder, { recursive: true });
          await page.screenshot({ path: join(folder, `moved-${locale}-${colorScheme}-${width}.png`) });
        }
        await page.context().close();
      }
    }
  }
});

test('A wrong password says where those log in whose account has moved.', async () => {
  const page = await logIn('winter 2009', { locale: 'en', viewport: { width: 390, height: 800 } });
  expect(await page.getByRole('alert').textContent()).toContain('not right');
  expect(await page.locator(`a[href="${MOVED_URL}"]`).count()).toBe(1);
  if (process.env.SCREENSHOTS !== undefined) {
    await page.screenshot({ path: join(process.env.SCREENSHOTS, 'rejected-en-light-390.png') });
  }
  await page.context().close();
});
