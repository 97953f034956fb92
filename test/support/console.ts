import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type AdminWorld, startAdmin } from './admin-world.ts';
import { launchChromium } from './chromium.ts';
import { freePort } from './database-server.ts';

/** As narrow as a telephone. */
export const NARROW = { width: 390, height: 844 } as const;
export const WIDE = { width: 1280, height: 800 } as const;

export interface ConsoleWorld extends AdminWorld {
  readonly url: string;
  readonly browser: Browser;
  /**
   * A page of an admin who is logged in. Whatever the browser complains of on it is an error of the test: see
   * `complaints`.
   */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** What browsers complained of: policy violations, errors of scripts, things that could not be loaded. */
  readonly complaints: string[];
}

/** The console on a real port, with Chromium before it. `admin-world.ts` says what may be changed. */
export async function openConsole(
  options: Omit<Parameters<typeof startAdmin>[0] & object, 'url'> = {},
): Promise<ConsoleWorld> {
  const url = `http://localhost:${await freePort()}`;
  const [world, browser] = await Promise.all([startAdmin({ ...options, url }), launchChromium()]);
  const complaints: string[] = [];
  /** As by the one-time link, whose page has a test of its own. */
  async function logIn() {
    const headers = { Host: new URL(url).host, 'Content-Type': 'application/x-www-form-urlencoded' };
    const body = `token=${await world.links.issue('test')}`;
    const { cookies } = await world.send('POST', '/bootstrap', headers, body);
    const [pair = ''] = cookies.findLast((line) => line.startsWith('footbridge_admin='))?.split(';') ?? [];
    const [name = '', value = ''] = pair.split('=');
    return { name, value };
  }

  return {
    ...world,
    url,
    browser,
    complaints,
    async open(path, contextOptions = {}) {
      const context = await browser.newContext({
        viewport: WIDE,
        timezoneId: 'Europe/Berlin',
        ...contextOptions,
      });
      await context.addCookies([{ ...(await logIn()), url, sameSite: 'Strict', httpOnly: true }]);
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
      });
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
      await page.goto(url + path);
      return page;
    },
    async close() {
      await browser.close();
      await world.close();
    },
  };
}

/** Presses a button of a form, and waits for the page that answers. */
export async function submit(page: Page, name: string): Promise<void> {
  const answered = page.waitForEvent('domcontentloaded');
  await page.getByRole('button', { name, exact: true }).click();
  await answered;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Each width and each colour scheme once: what is wrong in one width is wrong there in either scheme. */
const LOOKS = [
  { viewport: NARROW, colorScheme: 'dark' },
  { viewport: WIDE, colorScheme: 'light' },
] as const;

/** axe-core finds nothing, in the dark as narrow as a telephone and in the light wide, as which it leaves the page. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const { viewport, colorScheme } of LOOKS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The protocol's evaluation is not held to the page's policy.
    const violations = (await page.evaluate(
      `${axe}; axe.run().then(({ violations }) => violations)`,
    )) as Violation[];
    const found = violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ html, failureSummary }) => `${html}: ${failureSummary}`),
    }));
    const where = `${page.url()}, ${colorScheme}, ${viewport.width} px`;
    assert.equal(found.length, 0, `${where}: ${JSON.stringify(found, null, 2)}`);
  }
}

/** Nothing is wider than the page: only tables scroll sideways, by themselves. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = (await page.evaluate(
    '({ scrollWidth: document.documentElement.scrollWidth, clientWidth: document.documentElement.clientWidth })',
  )) as { scrollWidth: number; clientWidth: number };
  assert.ok(scrollWidth <= clientWidth, `${page.url()} is ${scrollWidth} px wide, of ${clientWidth}.`);
}
