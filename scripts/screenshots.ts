import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { NARROW, openConsole, WIDE } from '../test/support/console.ts';
import { consoleAddresses } from '../test/support/console-addresses.ts';
import { seedConsole, seededDesk } from '../test/support/seed-console.ts';

/**
 * Draws every page of the console in light, dark and as narrow as a telephone.
 *
 *   npm run screenshots [-- --out FOLDER] [--only clients] [--empty] [--fold]
 *
 * `--fold` draws what a window shows before anybody scrolls, as the README has it.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'screenshots' },
    only: { type: 'string' },
    empty: { type: 'boolean', default: false },
    fold: { type: 'boolean', default: false },
  },
});

const LOOKS = [
  { name: 'light', viewport: WIDE, colorScheme: 'light' },
  { name: 'dark', viewport: WIDE, colorScheme: 'dark' },
  { name: 'narrow', viewport: NARROW, colorScheme: 'light' },
] as const;

/** Enough for curves as they are in life. */
const PEOPLE = 4_800;

const folder = resolve(values.out);
mkdirSync(folder, { recursive: true });
const world = await openConsole({ desk: seededDesk() });
try {
  if (!values.empty) await seedConsole(world, PEOPLE);
  const page = await world.open('/');
  for (const address of consoleAddresses()) {
    const name = nameOf(address);
    if (values.only === undefined || name.includes(values.only)) await draw(page, address, name);
  }
} finally {
  await world.close();
}
if (world.complaints.length > 0) {
  console.error(`The browser complained:\n${world.complaints.join('\n')}`);
  process.exitCode = 1;
}

async function draw(page: Page, address: string, name: string): Promise<void> {
  for (const look of LOOKS) {
    await page.setViewportSize(look.viewport);
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' });
    await page.goto(world.url + address, { waitUntil: 'load' });
    const path = join(folder, `${name}-${look.name}.png`);
    await page.screenshot({ path, fullPage: !values.fold });
    console.log(path);
  }
}

/** `/clients/shop?x=1` -> `clients-shop` */
function nameOf(address: string): string {
  const [path = ''] = address.split('?');
  return path.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '') || 'overview';
}
