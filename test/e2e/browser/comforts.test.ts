import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBranding } from '../../../src/compose/branding.ts';
import { brandingOptions } from '../../../src/http/options.ts';
import { launchChromium } from '../../support/chromium.ts';
import { findings, type Gallery, openGallery, refusedByPolicy } from '../../support/gallery.ts';
import { PASSWORD } from '../../support/oidc-world.ts';
import { until } from '../../support/until.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../../config/branding');
/** Nobody answers there: the client is reached when it is asked. */
const WITH_CODE = /^https:\/\/app\.example\.com\/callback\?code=/;
const FORGOT = 'https://www.example.com/password';

let chromium: Browser;
let gallery: Gallery;
beforeAll(async () => {
  const branding = brandingOptions.parse({
    name: 'Example <Ltd>',
    colors: { light: '#0b6b4f', dark: '#6fd3ae' },
    links: {
      forgotPassword: FORGOT,
      privacy: 'https://www.example.com/privacy',
      support: 'mailto:help@example.com',
    },
    folder: EXAMPLE,
  });
  [chromium, gallery] = await Promise.all([launchChromium(), openGallery(openBranding({ branding }))]);
});
afterAll(async () => {
  await chromium?.close();
  await gallery?.close();
});

const showLogin = (options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> =>
  gallery.show(chromium, 'login', { locale: 'en', ...options });

test('The password can be shown, by mouse and by keyboard, and is hidden again before it is sent.', async () => {
  const page = await showLogin();
  const password = page.locator('#password');
  const reveal = page.getByRole('button', { name: 'Show password' });
  await password.fill('sommer 2009');
  expect(await reveal.getAttribute('aria-pressed')).toBe('false');
  await reveal.click();
  expect(await password.getAttribute('type')).toBe('text');
  expect(await reveal.getAttribute('aria-pressed')).toBe('true');
  expect(await page.evaluate('document.activeElement.id')).toBe('password');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect(await password.getAttribute('type')).toBe('password');
  await reveal.click();
  await page.evaluate(`document.forms[0].addEventListener('submit', (event) => {
    event.preventDefault();
    globalThis.sentAs = document.getElementById('password').type;
  })`);
  await page.locator('#identifier').fill('alice');
  await page.getByRole('button', { name: 'Log in' }).click();
  expect(await page.evaluate('globalThis.sentAs')).toBe('password');
  await page.context().close();
});

test('Caps lock is said while the password is typed, and no longer than that.', async () => {
  const page = await showLogin({ locale: 'de' });
  const hint = page.getByRole('status');
  const press = (capsLock: boolean) =>
    page.evaluate(`document.getElementById('password').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'A', modifierCapsLock: ${capsLock} }))`);
  await page.locator('#password').focus();
  expect(await hint.textContent()).toBe('');
  await press(true);
  expect(await hint.textContent()).toBe('Die Feststelltaste ist aktiv.');
  expect(await findings(page)).toEqual([]);
  await press(false);
  expect(await hint.textContent()).toBe('');
  await press(true);
  await page.locator('#identifier').focus();
  expect(await hint.textContent()).toBe('');
  await page.context().close();
});

test('A double click is one attempt.', async () => {
  const page = await showLogin();
  gallery.world.people.attempts.length = 0;
  await page.locator('#identifier').fill('alice');
  await page.locator('#password').fill(PASSWORD);
  const back = page.waitForRequest(WITH_CODE);
  const prevented = await page.evaluate(`(() => {
    const prevented = [];
    document.addEventListener('submit', (event) => prevented.push(event.defaultPrevented));
    const button = document.querySelector('[type=submit]');
    button.click();
    button.click();
    return prevented;
  })()`);
  expect(prevented).toEqual([false, true]);
  await back;
  expect(gallery.world.people.attempts).toHaveLength(1);
  await page.context().close();
});

test('A form can be sent again from a page that the browser kept.', async () => {
  const page = await showLogin();
  const marked = () => page.evaluate<number>(`document.querySelectorAll('[data-sent]').length`);
  await page.evaluate(`document.forms[0].addEventListener('submit', (event) => event.preventDefault())`);
  await page.locator('#identifier').fill('alice');
  await page.locator('#password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  expect(await marked()).toBe(1);
  await page.evaluate(`dispatchEvent(new Event('pageshow'))`);
  await until('the form is free again', async () => (await marked()) === 0);
  await page.context().close();
});

test('Without script there is no button that does nothing, and the login works.', async () => {
  const page = await showLogin({ javaScriptEnabled: false });
  expect(await page.locator('#reveal').isVisible()).toBe(false);
  await page.locator('#identifier').fill('alice');
  await page.locator('#password').fill(PASSWORD);
  const back = page.waitForRequest(WITH_CODE);
  await page.keyboard.press('Enter');
  await back;
  await page.context().close();
});

test('The keyboard walks through the form in the order in which it is read.', async () => {
  const page = await showLogin();
  const walk = [];
  for (let step = 0; step < 6; step += 1) {
    walk.push(await page.evaluate('document.activeElement.id || document.activeElement.textContent.trim()'));
    await page.keyboard.press('Tab');
  }
  expect(walk).toEqual(['identifier', 'password', 'reveal', 'Forgot your password?', 'Log in', 'Cancel']);
  await page.context().close();
});

test('The example’s logo, colours, links and templates are on the pages, and nothing is refused.', async () => {
  for (const [colorScheme, accent] of [
    ['light', 'rgb(11, 107, 79)'],
    ['dark', 'rgb(111, 211, 174)'],
  ] as const) {
    const page = await showLogin({ colorScheme, viewport: { width: 390, height: 844 } });
    expect(
      await page
        .getByRole('img', { name: 'Example <Ltd>' })
        .evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    ).toBeGreaterThan(0);
    expect(
      await page.evaluate(`getComputedStyle(document.querySelector('[type=submit]')).backgroundColor`),
    ).toBe(accent);
    expect(await page.getByRole('link', { name: 'Forgot your password?' }).getAttribute('href')).toBe(FORGOT);
    expect(await page.locator('footer a').allTextContents()).toEqual(['Privacy', 'Help']);
    expect(await findings(page)).toEqual([]);
    expect(await refusedByPolicy(page)).toEqual([]);
    if (process.env.SCREENSHOTS !== undefined) {
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/branded-${colorScheme}-390.png` });
      await page.setViewportSize({ width: 1280, height: 844 });
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/branded-${colorScheme}-1280.png` });
    }
    await page.context().close();
  }
  const expired = await gallery.show(chromium, 'expired', { locale: 'en' });
  expect(await expired.textContent('main')).toContain('1 Example Street');
  await expired.context().close();
});

test('What the policy forbids is seen by these tests.', async () => {
  const page = await showLogin();
  await page.evaluate(
    `document.body.append(Object.assign(document.createElement('img'), { src: 'https://x.example/' }))`,
  );
  await until('the image is refused', async () => (await refusedByPolicy(page)).length === 1);
  await page.context().close();
});
