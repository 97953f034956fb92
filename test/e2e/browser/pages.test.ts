import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pickTexts, UI_LOCALES } from '../../../src/oidc/texts/pick.ts';
import { launchChromium } from '../../support/chromium.ts';
import {
  findings,
  type Gallery,
  openGallery,
  overflow,
  PAGES,
  refusedByPolicy,
} from '../../support/gallery.ts';

let chromium: Browser;
let gallery: Gallery;
beforeAll(async () => {
  [chromium, gallery] = await Promise.all([launchChromium(), openGallery()]);
});
afterAll(async () => {
  await chromium?.close();
  await gallery?.close();
});

const LOOKS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 390 },
  { colorScheme: 'dark', width: 1280 },
] as const;
const HEIGHT = 844;

test.each(PAGES)('Everybody can use the page %s, light and dark, on any screen.', async (name) => {
  const page = await gallery.show(chromium, name, { locale: 'en' });
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: HEIGHT });
    expect(await findings(page), `${colorScheme} ${width}`).toEqual([]);
  }
  expect(await refusedByPolicy(page)).toEqual([]);
  await page.context().close();
});

test.each(UI_LOCALES)('Every page speaks %s and fits 390 pixels.', async (locale) => {
  const { lang } = pickTexts(locale, '');
  for (const name of PAGES) {
    const page = await gallery.show(chromium, name, { locale, viewport: { width: 390, height: HEIGHT } });
    expect(await page.evaluate('document.documentElement.lang'), name).toBe(lang);
    expect(await overflow(page), name).toBeLessThanOrEqual(0);
    await page.context().close();
  }
});

/** Where pictures of the pages are wanted: drawn for people to look at, so it checks nothing. */
const SCREENSHOTS = process.env.SCREENSHOTS;
if (SCREENSHOTS !== undefined)
  test('Screenshots of every page.', { timeout: 300_000 }, () => draw(SCREENSHOTS));

async function draw(to: string): Promise<void> {
  const folder = join(to, 'pages');
  mkdirSync(folder, { recursive: true });
  for (const locale of ['en', 'de', 'ja']) {
    for (const { colorScheme, width } of LOOKS) {
      for (const name of PAGES) {
        const page = await gallery.show(chromium, name, {
          locale,
          colorScheme,
          viewport: { width, height: HEIGHT },
        });
        await page.screenshot({ path: join(folder, `${name}-${locale}-${colorScheme}-${width}.png`) });
        await page.context().close();
      }
    }
  }
}
