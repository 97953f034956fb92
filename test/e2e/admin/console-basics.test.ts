import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ConsoleWorld,
  expectAccessible,
  expectNoSidewaysScroll,
  NARROW,
  openConsole,
} from '../../support/console.ts';
import { consoleAddresses } from '../../support/console-addresses.ts';
import { seedConsole, seededDesk } from '../../support/seed-console.ts';
import { until } from '../../support/until.ts';

const FIRST_PAGE_LIMIT = 100 * 1024;
/** Longer than a browser waits before it paints what it has. */
const SLOW_MS = 300;

let world: ConsoleWorld;
let empty: ConsoleWorld;
beforeAll(async () => {
  [world, empty] = await Promise.all([openConsole({ desk: seededDesk() }), openConsole()]);
  await seedConsole(world);
});
afterAll(() => Promise.all([world?.close(), empty?.close()]));

test.for(consoleAddresses())('%s is accessible, keeps its policy and fits a telephone.', async (address) => {
  const page = await world.open(address);
  await expectAccessible(page);
  await page.setViewportSize(NARROW);
  await expectNoSidewaysScroll(page);
  expect(world.complaints).toEqual([]);
  await page.context().close();
});

test.for(consoleAddresses())(
  '%s as the first page weighs less than 100 KB, and stands still while its scripts come slowly.',
  async (address) => {
    const page = await world.open('/checks', { timezoneId: 'Asia/Kathmandu' });
    await page.route('**/*.js', async (route) => {
      await setTimeout(SLOW_MS);
      await route.continue();
    });
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.goto(world.url + address, { waitUntil: 'load' });
    const shifts = await page.evaluate(`new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
  })`);
    expect(shifts).toBe(0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(FIRST_PAGE_LIMIT);
    await page.context().close();
  },
);

test.for(consoleAddresses())('%s is accessible while there is nothing to see yet.', async (address) => {
  const page = await empty.open(address);
  await expectAccessible(page);
  // What an address names may not be there: its page says so, and browsers complain of the status.
  const isNotThere = (complaint: string) =>
    complaint.startsWith(`${empty.url}${address}: `) && complaint.includes('404');
  expect(empty.complaints.splice(0).filter((complaint) => !isNotThere(complaint))).toEqual([]);
  await page.context().close();
});

test.for(consoleAddresses())('%s says the same without scripts.', async (address) => {
  const page = await world.open(address, { javaScriptEnabled: false });
  expect(await page.getByRole('heading', { level: 1 }).textContent()).not.toBe('');
  expect(await page.getByRole('navigation', { name: 'Console' }).getByRole('link').count()).toBeGreaterThan(
    1,
  );
  await page.context().close();
});

test('The navigation says where one is; a telephone has it behind a button that needs no script.', async () => {
  const page = await world.open('/audit', { javaScriptEnabled: false, viewport: NARROW });
  const here = page.getByRole('navigation', { name: 'Console' }).locator('[aria-current="page"]');
  expect(await here.isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Menu' }).click();
  expect(await here.textContent()).toContain('Audit');
  await page.getByRole('link', { name: 'Keys', exact: true }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Keys');
  await page.context().close();
});

test('Times are the reader’s with scripts, and say that they are UTC without.', async () => {
  const zone = { timezoneId: 'Asia/Tokyo' };
  const [scripted, plain] = await Promise.all([
    world.open('/audit', zone),
    world.open('/audit', { ...zone, javaScriptEnabled: false }),
  ]);
  expect(await scripted.locator('td time').first().textContent()).toMatch(
    /^19 Nov 2026, 23:30 (GMT\+9|JST)$/,
  );
  expect(await plain.locator('td time').first().textContent()).toBe('19 Nov 2026, 14:30 UTC');
  await Promise.all([scripted.context().close(), plain.context().close()]);
});

test('A form works without scripts: it is told what was done, once, and a refusal is told as well.', async () => {
  const page = await world.open('/keys', { javaScriptEnabled: false });
  await page.getByRole('button', { name: 'Add new keys' }).click();
  await page.waitForURL(`${world.url}/keys`);
  expect(await page.getByRole('status').textContent()).toContain('sign in ten minutes');
  expect(await page.getByText('signs soon').count()).toBe(1);
  await page.getByRole('button', { name: 'Add new keys' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('do not sign yet');
  await page.reload();
  expect(await page.getByRole('alert').count()).toBe(0);
  await page.context().close();
});

test('Charts are drawn within the policy, and drawn again in the colours of the night.', async () => {
  const page = await world.open('/keys');
  await page.evaluate(`(async () => {
    const stylesheet = document.querySelector('link[rel=stylesheet]').href;
    const { draw } = await import(stylesheet.replace('style.css', 'chart.js'));
    const place = document.createElement('div');
    place.className = 'chart';
    document.querySelector('main').append(place);
    const x = Array.from({ length: 48 }, (_, hour) => 1_700_000_000 + hour * 3600);
    draw(place, { kind: 'bars', x, series: [{ label: 'Copies', values: x.map((_, hour) => (hour * 7) % 23) }] });
  })()`);
  const canvas = page.locator('.chart canvas');
  const picture = () => page.evaluate("document.querySelector('.chart canvas').toDataURL()");
  const day = await picture();
  await page.emulateMedia({ colorScheme: 'dark' });
  await until('the chart is drawn in other colours', async () => (await picture()) !== day);
  await page.setViewportSize(NARROW);
  await until(
    'the chart is as narrow as the page',
    async () => ((await canvas.boundingBox())?.width ?? NARROW.width) < NARROW.width,
  );
  await expectNoSidewaysScroll(page);
  expect(world.complaints).toEqual([]);
  await page.context().close();
});

test('Whoever is not logged in sees no page.', async () => {
  const page = await (await world.browser.newContext()).newPage();
  for (const address of consoleAddresses()) {
    await page.goto(world.url + address);
    expect(page.url()).toBe(`${world.url}/login`);
  }
  await page.context().close();
});
