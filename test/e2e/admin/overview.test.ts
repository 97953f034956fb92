import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleWorld, NARROW, openConsole } from '../../support/console.ts';
import { seedConsole, seededDesk } from '../../support/seed-console.ts';
import { fakeTarget } from '../../support/test-courier.ts';
import { captureOf } from '../../support/test-ledger.ts';
import { until } from '../../support/until.ts';

const PEOPLE = 400;

let world: ConsoleWorld;
beforeAll(async () => {
  world = await openConsole({ desk: seededDesk() });
  await seedConsole(world, PEOPLE);
});
afterAll(() => world?.close());

const ask = async (path: string) =>
  (await world.api('GET', path, { headers: { Host: new URL(world.url).host } })).json;
const grouped = (value: number) => value.toLocaleString('en');

async function copy(id: string): Promise<void> {
  await world.ledger.capture(captureOf(id, { clientId: 'shop' }));
  for (const claim of await world.ledger.claim({ target: 'new', limit: 500, leaseMs: 60_000 })) {
    await world.ledger.settle(claim, { kind: 'copied', profileDigest: 'profile' });
  }
}

test('The figures are those of the API, and each leads to where it is told in full.', async () => {
  const page = await world.open('/', { javaScriptEnabled: false });
  const { targets, directoryPeople } = await ask('/progress');
  const [figures] = targets;
  for (const key of ['across', 'waiting', 'failing', 'setAside', 'notSeen', 'copied']) {
    expect(figures[key]).toBeGreaterThan(0);
    expect(await page.locator(`[data-figure=${key}]`).textContent()).toBe(grouped(figures[key]));
  }
  const share = await page.locator('dd[data-share=across]').textContent();
  expect(Number.parseFloat(share ?? '')).toBeCloseTo((100 * figures.across) / directoryPeople, 1);
  const links = await page
    .locator('.tile a')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  expect(links).toEqual(['/targets/new', '/targets/new', '/problems', '/problems', '/runs']);
  await page.context().close();
});

test('Without scripts everything is there, with a hint to reload.', async () => {
  const page = await world.open('/', { javaScriptEnabled: false });
  expect(await page.locator('[data-live-state]').textContent()).toMatch(
    /^As of .+ UTC\. Reload for new figures\.$/,
  );
  expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
    'Not yet across',
    'Forecast',
    'Copies per hour',
    'Throughput',
    'Runs under way',
    'Clients',
    'Latest changes',
  ]);
  const { targets } = await ask('/progress');
  const forecast = page.locator('#forecast');
  if (targets[0].forecast.kind === 'fitted') expect(await forecast.locator('li').count()).toBe(3);
  else expect(await forecast.textContent()).toContain(targets[0].forecast.why);
  const [run] = (await ask('/runs')).items;
  expect(await page.locator(`[data-run="${run.id}"] [data-done]`).textContent()).toBe(
    grouped(run.progress.done),
  );
  expect(await page.locator('#clients').getByRole('link').count()).toBe((await ask('/clients')).items.length);
  expect(await page.locator('#latest > ul > li').count()).toBe(5);
  await page.context().close();
});

test('The charts are drawn, and their tables say what the API says.', async () => {
  const page = await world.open('/');
  await until('both charts are drawn', async () => (await page.locator('.chart canvas').count()) === 2);
  const rows = async (id: string) =>
    (await page.locator(`#${id} tr`).allTextContents()).map((row) => row.trim());
  expect(await page.locator('#burn-down-rows').isVisible()).toBe(false);
  await page.getByText('The figures as a table').first().click();
  expect(await page.locator('#burn-down-rows').isVisible()).toBe(true);
  const days = await ask('/progress/series?target=new&step=day');
  const today = days.steps.at(-1);
  expect(await rows('burn-down-rows')).toContain(`19 Nov 2026${grouped(days.people - today.across)}–`);
  const hours = await ask('/progress/series?target=new&step=hour');
  const copies = hours.steps.slice(-48).map(({ copied }: { copied: number }) => grouped(copied));
  const told = await page.locator('#copies-rows td').allTextContents();
  expect(told).toEqual(copies.toReversed());
  expect(await page.locator('#copies').getAttribute('aria-label')).toContain('in the last 48 hours');
  expect(await page.locator('#burn-down').getAttribute('aria-label')).toContain(
    `${grouped(days.people - today.across)} people on 19 Nov 2026`,
  );
  expect(world.complaints).toEqual([]);
  await page.context().close();
});

test('A copy that lands while the page is open raises the figure and its chart, without a reload or a jump.', async () => {
  const page = await world.open('/', { viewport: NARROW });
  await page.evaluate(`{
    window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifts += entry.value;
    }).observe({ type: 'layout-shift' });
  }`);
  await until('it is live', async () => (await page.locator('[data-live-state]').textContent()) === 'Live');
  const figure = page.locator('[data-figure=across]');
  const [before, rows] = [await figure.textContent(), await page.locator('#copies-rows').textContent()];
  const picture = () => page.evaluate("document.querySelector('#copies canvas').toDataURL()");
  const drawn = await picture();
  await copy('late');
  const { targets } = await ask('/progress');
  await until(
    'the figure has risen',
    async () => (await figure.textContent()) === grouped(targets[0].across),
  );
  expect(await figure.textContent()).not.toBe(before);
  await until('the chart is another one', async () => (await picture()) !== drawn);
  expect(await page.locator('#copies-rows').textContent()).not.toBe(rows);
  expect(await page.evaluate('window.shifts')).toBe(0);
  // Not each tick is read aloud.
  expect(await page.locator('[data-told]').textContent()).toBe('');
  await page.context().close();
});

test('It says since when it is not live, and is again when the bridge is back.', async () => {
  const page = await world.open('/');
  const state = page.locator('[data-live-state]');
  await until('it is live', async () => (await state.textContent()) === 'Live');
  // As when the tab goes to the background.
  const hide = (hidden: boolean) =>
    page.evaluate(`{
      Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }`);
  await hide(true);
  expect(await state.textContent()).toMatch(/^Not live since \d\d:\d\d$/);
  const before = await page.locator('[data-figure=across]').textContent();
  await copy('unseen');
  await hide(false);
  await until('it is live again', async () => (await state.textContent()) === 'Live');
  await until(
    'it has caught up',
    async () => (await page.locator('[data-figure=across]').textContent()) !== before,
  );
  await page.context().close();
});

test('A target that is left alone is told with its reason, and goes on being told in the facts.', async () => {
  const host = { Host: new URL(world.url).host };
  const pause = { minutes: 60, reason: 'They move their database.' };
  expect((await world.api('POST', '/targets/new/pause', { headers: host, body: pause })).status).toBe(200);
  const page = await world.open('/', { javaScriptEnabled: false });
  const notice = await page.locator('#notices').textContent();
  expect(notice).toContain('Nothing is sent to new until');
  expect(notice).toContain(pause.reason);
  expect(await page.locator('#throughput .badge').textContent()).toBe('resting');
  await world.api('POST', '/targets/new/resume', { headers: host });
  await page.reload();
  expect((await page.locator('#notices').textContent())?.trim()).toBe('');
  await page.context().close();
});

test('Where there are several targets, one is chosen; one that is not configured is refused.', async () => {
  const targets = new Map(['new', 'other'].map((name) => [name, fakeTarget(name)]));
  const both = await openConsole({ desk: { targets } });
  try {
    await both.ledger.capture(captureOf(1, { target: 'other' }));
    const page = await both.open('/', { javaScriptEnabled: false });
    expect(await page.locator('.empty-title').textContent()).toBe('Nobody is on the way yet');
    await page.getByRole('navigation', { name: 'Target' }).getByRole('link', { name: 'other' }).click();
    expect(await page.locator('.tabs [aria-current=page]').textContent()).toBe('other');
    expect(await page.locator('[data-figure=waiting]').textContent()).toBe('1');
    expect(await page.locator('#forecast').textContent()).toContain('Nothing can be promised yet.');
    const refused = await page.goto(`${both.url}/?target=nowhere`);
    expect(refused?.status()).toBe(404);
    expect(await page.locator('.notice').textContent()).toContain('There is no target "nowhere"');
  } finally {
    await both.close();
  }
});

test('The first person appears on a page that was empty, by itself.', async () => {
  const empty = await openConsole();
  try {
    const page = await empty.open('/');
    const state = page.locator('[data-live-state]');
    await until('it is live', async () => (await state.textContent()) === 'Live');
    expect(await page.locator('.empty-title').count()).toBe(1);
    await empty.ledger.capture(captureOf(1));
    await until('the figures are there', async () => (await page.locator('.tile').count()) === 5);
    expect(empty.complaints).toEqual([]);
  } finally {
    await empty.close();
  }
});
