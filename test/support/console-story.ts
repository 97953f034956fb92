import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { WIDE } from './console.ts';
import { freePort } from './database-server.ts';
import { callbackOf, type NewPlatformPages, serveNewPlatform } from './new-platform-pages.ts';
import { createRealSetup, type RealPerson, type RealSetup } from './real-setup.ts';
import { until } from './until.ts';

/** A whole migration as a browser sees it: the console, the login page of the bridge, and the new platform. */
export interface ConsoleStory {
  readonly setup: RealSetup;
  readonly console: string;
  /** What the server printed at its first start. */
  readonly firstLink: string;
  /** What browsers complained of: policy violations, errors of scripts, things that could not be loaded. */
  readonly complaints: string[];
  /** A browser of its own, which shares nothing with the others. */
  newBrowser(options?: BrowserContextOptions): Promise<BrowserContext>;
  /**
   * Somebody opens the new platform in a browser of their own and logs in with what the bridge asks for.
   *
   * @returns what they see in the end: the `sub` that the new platform knows them by, or the sentence of a refusal
   */
  logInAtPlatform(username: string, password: string): Promise<string>;
  close(): Promise<void>;
}

/** `footbridge serve` on MariaDB, its client `rp` switched off, with the new platform as a site of its own. */
export async function beginStory(people: readonly RealPerson[]): Promise<ConsoleStory> {
  const [adminPort, platformPort] = [await freePort(), await freePort()];
  // For browsers another site than the issuer and the platform, which are at 127.0.0.1.
  const console = `http://localhost:${adminPort}`;
  const platformOrigin = `http://127.0.0.1:${platformPort}`;
  const setup = await createRealSetup({
    people,
    store: 'mysql',
    config: {
      admin: { port: adminPort, url: console },
      clients: [
        {
          client_id: 'rp',
          client_name: 'New platform',
          client_secret: '${RP_CLIENT_SECRET}',
          redirect_uris: [callbackOf(platformOrigin)],
          migration: { target: 'new-platform', mode: 'off' },
        },
      ],
    },
  });
  let chromium: Browser | undefined;
  let platform: NewPlatformPages | undefined;
  const close = async () => {
    await chromium?.close();
    await platform?.close();
    await setup.close();
  };
  try {
    const bridge = await setup.serve();
    const firstLink = await until('the link for the first admin is printed', () =>
      /first admin.*?(http:\S+)/.exec(bridge.output())?.at(1),
    );
    platform = await serveNewPlatform(platformOrigin, setup.issuer);
    chromium = await launchChromium();
    return { setup, console, firstLink, close, ...windowsOf(chromium, platformOrigin) };
  } catch (error) {
    await close();
    throw error;
  }
}

function windowsOf(chromium: Browser, platform: string) {
  const complaints: string[] = [];
  const newBrowser: ConsoleStory['newBrowser'] = async (options = {}) => {
    const context = await chromium.newContext({ viewport: WIDE, timezoneId: 'Europe/Berlin', ...options });
    context.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${message.page()?.url()}: ${message.text()}`);
    });
    context.on('weberror', (error) => complaints.push(`${error.page()?.url()}: ${error.error().message}`));
    return context;
  };
  return {
    complaints,
    newBrowser,
    async logInAtPlatform(username: string, password: string) {
      const context = await newBrowser();
      const page = await context.newPage();
      await page.goto(platform);
      await page.getByRole('link', { name: 'Log in' }).click();
      await page.getByLabel('Username or email').fill(username);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Log in' }).click();
      const seen = await page.locator('#sub, [role=alert]').textContent();
      await context.close();
      return seen?.trim() ?? '';
    },
  };
}
