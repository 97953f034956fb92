import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { verifyDetached } from '../../../src/report/signature.ts';
import { type ConsoleWorld, expectAccessible, openConsole } from '../../support/console.ts';
import { sampleReport, sampleReportKey } from '../../support/sample-report.ts';
import { fakeTarget, legacyUser } from '../../support/test-courier.ts';
import { captureOf } from '../../support/test-ledger.ts';
import { until } from '../../support/until.ts';

const NO_SCRIPT = { javaScriptEnabled: false };
const QUESTION = 'More than 6 of 528 people are gone from legacy at once; nobody was touched. Is that right?';

let world: ConsoleWorld;
/** Each test has a day of its own, so that its runs are the newest. */
beforeEach(() => world.time.pass(86_400_000));
beforeAll(async () => {
  const takesHashes = {
    ...fakeTarget().capabilities,
    legacyHashes: { encodings: ['bcrypt'], weaker: false },
  } as const;
  world = await openConsole({
    desk: {
      makeReport: sampleReport,
      targets: new Map(['new', 'second'].map((name) => [name, fakeTarget(name)])),
      capabilities: new Map([
        ['new', fakeTarget().capabilities],
        ['second', takesHashes],
      ]),
    },
  });
  for (let id = 1; id <= 200; id += 1) world.directory.users.set(String(id), legacyUser(id));
});
afterAll(() => world?.close());
afterEach(async () => {
  for (const { id } of await world.runs.active()) await world.runs.stop(id, 'test').catch(() => {});
  await world.store.db.updateTable('run').set({ active_key: null, state: 'stopped', ended_at: 1 }).execute();
});

const textOf = async (page: Page) =>
  ((await page.locator('main').textContent()) ?? '').replaceAll(/\s+/g, ' ');
const stateOn = (page: Page) => page.locator('main .badge').first().textContent();
const begin = (kind: 'backfill' | 'sync', target = 'new') =>
  world.runs.begin({
    kind,
    target,
    actor: 'cli:ann',
    options: kind === 'sync' ? {} : { only: [], withHashes: false, copy: true },
  });

async function typeFilters(page: Page): Promise<void> {
  await page.getByLabel('Field with the last login').fill('last_login');
  await page.getByLabel('On or after').fill('2022-01-31');
  await page.getByLabel('Password schemes').fill('bcrypt, phpass');
  await page.getByLabel('Ids from').fill('1');
  await page.getByLabel('Ids to').fill('50');
}
const FILTERS = ['attributes.last_login>=2022-01-31', 'scheme=bcrypt', 'scheme=phpass', 'id=1..50'];

test('A dry run comes first; what it was for is told in words, and becomes a backfill by two buttons.', async () => {
  const page = await world.open('/runs', NO_SCRIPT);
  await page.getByRole('link', { name: 'Start a dry run' }).click();
  await typeFilters(page);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  expect(await page.getByRole('status').textContent()).toContain('Dry run to new has begun');
  const [dry] = await world.runs.active();
  expect(dry).toMatchObject({ kind: 'rehearsal', options: { only: FILTERS }, actor: 'admin:link of test' });
  expect(await textOf(page)).toContain(
    'Those with last_login on or after 2022-01-31, whose password is bcrypt or phpass, with an id from 1 to 50',
  );

  const counters_json = JSON.stringify({ read: 50, entered: 40, 'would-create': 39 });
  const over = { state: 'done', active_key: null, ended_at: world.time.clock(), counters_json };
  await world.store.db.updateTable('run').set(over).where('id', '=', String(dry?.id)).execute();
  await page.reload();
  const text = await textOf(page);
  expect(text).toMatch(/Would be entered and copied4080%.*The target would create3978%/);
  await page.getByRole('link', { name: 'Start the backfill' }).click();
  expect(await page.getByRole('radio', { name: /^Copy/ }).isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  expect(await world.runs.active()).toMatchObject([{ kind: 'backfill', options: { only: FILTERS } }]);
  await page.context().close();
});

test('A second start for a target is refused with its sentence, leads to the run, and keeps what was typed.', async () => {
  const first = await begin('backfill');
  const page = await world.open('/runs/new?target=new', NO_SCRIPT);
  await page.getByRole('radio', { name: /^Copy/ }).check();
  await typeFilters(page);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const refusal = page.getByRole('alert');
  expect(await refusal.textContent()).toContain(`There is a backfill to new already (run ${first.run.id})`);
  expect(await page.getByLabel('Password schemes').inputValue()).toBe('bcrypt, phpass');
  expect(await page.getByRole('radio', { name: /^Copy/ }).isChecked()).toBe(true);
  expect(await world.runs.active()).toHaveLength(1);
  await refusal.getByRole('link').click();
  expect(page.url()).toBe(`${world.url}/runs/${first.run.id}`);
  await page.getByRole('button', { name: 'Stop the run' }).click();
  expect(await page.getByRole('status').textContent()).toContain('ends after the page of people');
  expect(await textOf(page)).toContain('stopping');
  await first.end('stopped');
  await page.context().close();
});

test('Half a filter is told in a sentence, and begins nothing.', async () => {
  const page = await world.open('/runs/new?target=new', NO_SCRIPT);
  await page.getByLabel('On or after').fill('2022-01-31');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  expect(await page.getByRole('alert').textContent()).toContain('the field that holds it');
  expect(await page.getByLabel('On or after').inputValue()).toBe('2022-01-31');
  expect(await world.runs.active()).toEqual([]);
  await page.context().close();
});

test('Old hashes are offered for a target that takes them alone.', async () => {
  const page = await world.open('/runs/new?target=new', NO_SCRIPT);
  expect(await page.getByRole('radio', { name: /^With the old hash/ }).count()).toBe(0);
  expect(await textOf(page)).toContain('new takes no old hashes');
  await page.getByRole('combobox', { name: 'Target' }).selectOption('second');
  await page.getByRole('button', { name: 'Choose' }).click();
  await page.getByRole('radio', { name: /^With the old hash.*bcrypt/ }).check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  expect(await world.runs.active()).toMatchObject([{ target: 'second', options: { withHashes: true } }]);
  await page.context().close();
});

test('Progress rises without a reload, in the list and on the page of the run, until the end.', async () => {
  const held = await begin('backfill');
  world.time.pass(10_000);
  await held.save('here', { read: 40, copied: 39 });
  const [list, page] = [await world.open('/runs'), await world.open(`/runs/${held.run.id}`)];
  expect(await textOf(list)).toMatch(/40 of 200 · 20% 4 a second, about 40 s left/);
  // A page that were loaded anew would forget it.
  for (const one of [list, page]) await one.evaluate('window.stayed = true');
  world.time.pass(10_000);
  await held.save('there', { read: 100, copied: 97, parked: 2 });
  for (const one of [list, page]) {
    await until('the page tells of 100', async () => (await textOf(one)).includes('100 of 200 · 50%'));
    expect(await one.locator(`progress.bar`).first().getAttribute('value')).toBe('100');
  }
  expect(await textOf(page)).toMatch(/Copied9797%.*Parked: the target refuses them22%/);
  await held.end('done');
  for (const one of [list, page]) {
    await until('the page tells of the end', async () => (await stateOn(one)) === 'done');
    expect(await one.evaluate('window.stayed')).toBe(true);
  }
  expect(await page.getByRole('button', { name: 'Stop the run' }).count()).toBe(0);
  // What was refused on purpose is complained of as well.
  expect(world.complaints.filter((text) => !/status of 4(00|09)/.test(text))).toEqual([]);
  await Promise.all([list.context().close(), page.context().close()]);
});

test('A run that begins and ends between two events is not said to go on.', async () => {
  const held = await begin('backfill');
  const page = await world.open('/runs/new');
  let asked = 0;
  // It is told once that nothing goes on, and then nothing any more.
  await page.route('**/api/v1/events', async (route) => {
    asked += 1;
    const body = `event: progress\ndata: ${JSON.stringify({ runs: [] })}\n\n`;
    if (asked === 1) await route.fulfill({ contentType: 'text/event-stream', body });
  });
  const looked = page.waitForResponse(
    (answer) => answer.url().endsWith(`/runs/${held.run.id}`) && answer.request().resourceType() === 'fetch',
  );
  await page.goto(`${world.url}/runs/${held.run.id}`);
  await looked;
  await held.end('done');
  await until('the page tells of the end', async () => (await stateOn(page)) === 'done');
  await page.context().close();
});

test('What somebody is at with the keyboard stays until they are through.', async () => {
  const held = await begin('backfill');
  const page = await world.open(`/runs/${held.run.id}`);
  const button = page.getByRole('button', { name: 'Stop the run' });
  await button.focus();
  await held.end('done');
  await until('the page tells of the end', async () => (await stateOn(page)) === 'done');
  expect(await button.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
  await page.keyboard.press('Tab');
  await until('the button goes', async () => (await button.count()) === 0);
  await page.context().close();
});

test('A sync that waits asks with both numbers; a yes needs a tick, and a no touches nobody.', async () => {
  const held = await begin('sync');
  await held.end('held', QUESTION);
  const page = await world.open(`/runs/${held.run.id}`, NO_SCRIPT);
  const scripted = await world.open(`/runs/${held.run.id}`);
  await scripted.locator('summary').click();
  await expectAccessible(scripted);
  await scripted.context().close();
  const question = page.getByRole('region', { name: 'Are these deletions right?' });
  const asked = ((await question.textContent()) ?? '').replaceAll(/\s+/g, ' ');
  expect(asked).toContain(QUESTION);
  expect(asked).toMatch(/more than 6up.*Across at new528that is more than 1\.1% of them/);
  const csrf = await page.locator('main input[name=csrf]').first().inputValue();
  const headers = { Origin: world.url };
  const form = { csrf };
  const answer = await page.request.post(`${world.url}/runs/${held.run.id}/accept`, { headers, form });
  expect(await answer.text()).toContain('Nothing was done. Tick the box');
  expect((await world.runs.find(held.run.id))?.state).toBe('held');
  await page.reload();
  expect(await page.getByRole('region', { name: 'Are these deletions right?' }).count()).toBe(1);

  await question.locator('summary').click();
  await question.getByRole('checkbox').check();
  await question.getByRole('button', { name: 'Accept the deletions' }).click();
  expect(await page.getByRole('status').textContent()).toContain('The deletions are accepted');
  expect(
    (await world.api('GET', '/audit?action=run.accept', { headers: { Host: new URL(world.url).host } })).json
      .items,
  ).toMatchObject([{ actor: 'admin:link of test', subject: `run:${held.run.id}` }]);

  await page.getByRole('button', { name: 'Go on' }).click();
  expect(await page.getByRole('status').textContent()).toContain('was taken up');
  await page.getByRole('button', { name: 'Stop the run' }).click();
  expect(await page.getByRole('status').textContent()).toContain('The run is ended');
  expect((await world.runs.find(held.run.id))?.state).toBe('stopped');
  await page.context().close();
});

test('Who failed since a run began is told by reason, with what to do and where the button is.', async () => {
  const held = await begin('backfill');
  await world.ledger.capture(captureOf(7));
  for (const claim of await world.ledger.claim({ target: 'new', limit: 9, leaseMs: 1_000 }))
    await world.ledger.settle(claim, { kind: 'parked', reason: 'The name is <too> long.' });
  const page = await world.open(`/runs/${held.run.id}`, NO_SCRIPT);
  const failure = page.locator('.finding');
  expect(await failure.textContent()).toMatch(
    /parked[\s\S]*The name is <too> long\.[\s\S]*1 person[\s\S]*Mend/,
  );
  expect(await page.getByRole('link', { name: 'Problems' }).count()).toBeGreaterThan(0);
  await held.end('stopped');
  await page.context().close();
});

test('The list goes page by page, and is narrowed down by kind.', async () => {
  for (const kind of ['backfill', 'sync', 'backfill'] as const) await (await begin(kind)).end('done');
  const page = await world.open('/runs?limit=2', NO_SCRIPT);
  const seen: string[] = [];
  for (;;) {
    const links = await page.locator('tbody th a').all();
    for (const link of links) seen.push((await link.getAttribute('href')) ?? '');
    const next = page.getByRole('link', { name: 'Next page' });
    if ((await next.count()) === 0) break;
    await next.click();
    await page.goto(`${page.url()}&limit=2`);
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength((await world.runs.list({ limit: 100 })).length);
  await page.getByLabel('Kind').selectOption('sync');
  await page.getByRole('button', { name: 'Filter' }).click();
  for (const name of await page.locator('tbody th a').allTextContents()) expect(name).toBe('Sync');
  await page.context().close();
});

test('A form that came from elsewhere, or without its token, begins and stops nothing.', async () => {
  const { run, end } = await begin('sync');
  const page = await world.open('/runs');
  for (const [path, form] of [
    ['/runs/backfill', { target: 'new' }],
    ['/runs/sync', { target: 'second' }],
    [`/runs/${run.id}/stop`, {}],
    ['/report', { target: 'new' }],
  ] as const) {
    const answer = await page.request.post(world.url + path, { form, headers: { Origin: world.url } });
    expect(answer.status()).toBe(403);
  }
  expect(await world.runs.active()).toMatchObject([{ id: run.id, stopping: false }]);
  await end('stopped');
  await page.context().close();
});

test('The report says what would break, and is taken along with a signature that holds.', async () => {
  const page = await world.open('/report?target=new');
  await page.getByRole('button', { name: 'Make the report' }).click();
  expect(await page.getByRole('status').textContent()).toMatch(
    /No, not yet\.\s+523 of 640 people are across/,
  );
  const text = await textOf(page);
  expect(text).toContain('People could not log in at shop');
  expect(text).toContain('footbridge report --verify footbridge-report-new-2023-11-28.json');
  await expectAccessible(page);
  const fetched = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name, exact: true }).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const [report, signature] = [await fetched('The report'), await fetched('Its signature')];
  expect([report.name, signature.name]).toEqual([
    'footbridge-report-new-2023-11-28.json',
    'footbridge-report-new-2023-11-28.json.jws',
  ]);
  const keys = [await sampleReportKey()];
  expect(await verifyDetached(report.bytes, signature.bytes.toString(), keys)).toBe('sample');
  report.bytes[10] = 0x20;
  expect(await verifyDetached(report.bytes, signature.bytes.toString(), keys)).toBeUndefined();
  await page.context().close();
});
