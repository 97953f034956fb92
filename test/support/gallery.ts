import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Branding } from '../../src/http/branding.ts';
import { client, type OidcWorld, PASSWORD, startOidc } from './oidc-world.ts';
import { type RelyingParty, relyingParty } from './relying-party.ts';

const PLACE = 'https://new.example.com/login';

/** Every page that a person can come upon at the bridge, and how. */
const WAYS = {
  login: (visit: Visit) => visit.login(),
  rejected: (visit: Visit) => visit.attempt('nobody'),
  'rejected-moving': (visit: Visit) => visit.attempt('elsewhere'),
  throttled: (visit: Visit) => visit.attempt('busy'),
  locked: (visit: Visit) => visit.attempt('locked'),
  unavailable: (visit: Visit) => visit.attempt('out'),
  moved: (visit: Visit) => visit.attempt('moved'),
  'change-password': (visit: Visit) => visit.attempt('stale'),
  consent: (visit: Visit) =>
    visit.attempt('alice', { prompt: 'consent', scope: 'openid email profile shop' }),
  logout: async (visit: Visit) => {
    await visit.attempt('alice');
    await visit.open('/logout');
  },
  'logged-out': async (visit: Visit) => {
    await visit.attempt('alice');
    await visit.open('/logout');
    await visit.page.locator('button[name="logout"]').click();
    await visit.page.waitForURL(/\/logout\/success/);
  },
  expired: (visit: Visit) => visit.open('/interaction/unknown'),
  error: (visit: Visit) => visit.open('/authorize?client_id=unknown&response_type=code'),
  'not-found': (visit: Visit) => visit.open('/nowhere'),
} as const;

export type PageName = keyof typeof WAYS;
export const PAGES = Object.keys(WAYS) as PageName[];

interface Visit {
  readonly page: Page;
  open(path: string): Promise<unknown>;
  login(parameters?: Record<string, string>): Promise<unknown>;
  attempt(identifier: string, parameters?: Record<string, string>): Promise<void>;
}

export interface Gallery {
  readonly world: OidcWorld;
  readonly party: RelyingParty;
  /** A page, reached as a person would; the context is the caller's to close. */
  show(browser: Browser, name: PageName, options: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

export async function openGallery(branding?: Branding): Promise<Gallery> {
  const world = await startOidc({
    clients: [client({ client_id: 'rp', client_name: 'Example Platform' })],
    people: {
      alice: {},
      elsewhere: { outcome: { kind: 'rejected', location: PLACE } },
      busy: { outcome: { kind: 'throttled', retryAfterSeconds: 290 } },
      locked: { outcome: { kind: 'locked' } },
      out: { outcome: { kind: 'unavailable', retryAfterSeconds: 5 } },
      moved: { outcome: { kind: 'moved', location: PLACE } },
      stale: { outcome: { kind: 'must-change-password', location: PLACE } },
    },
    ...(branding && { branding }),
  });
  const party = await relyingParty(world);
  return {
    world,
    party,
    async show(browser, name, options) {
      const context = await browser.newContext(options);
      await watchPolicy(context);
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      const login = async (parameters: Record<string, string> = {}) =>
        page.goto((await party.request(parameters)).url.href);
      await WAYS[name]({
        page,
        open: (path) => page.goto(world.issuer + path),
        login,
        async attempt(identifier, parameters) {
          await login(parameters);
          await page.locator('#identifier').fill(identifier);
          await page.locator('#password').fill(PASSWORD);
          await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
        },
      });
      return page;
    },
    close: world.close,
  };
}

/** Notes what the pages' policy has refused, for `refusedByPolicy`. */
async function watchPolicy(context: BrowserContext): Promise<void> {
  await context.addInitScript(`
    globalThis.refused = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      refused.push(event.violatedDirective + ' ' + event.blockedURI));
  `);
}

export function refusedByPolicy(page: Page): Promise<string[]> {
  return page.evaluate('globalThis.refused');
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds, best practices included, as one line a finding. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** How many CSS pixels the page, or anything in it, is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(`Math.max(...[...document.querySelectorAll('html, body *')]
    .map((element) => Math.max(element.scrollWidth, element.getBoundingClientRect().right) - innerWidth))`);
}
