import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientMetadata } from '../../../src/clients/client.ts';
import type { Migration } from '../../../src/clients/migration.ts';
import {
  type ConsoleWorld,
  expectAccessible,
  expectNoSidewaysScroll,
  NARROW,
  openConsole,
  submit,
} from '../../support/console.ts';
import { legacyUser } from '../../support/test-courier.ts';
import { captureOf, person } from '../../support/test-ledger.ts';

const OFF: Migration = { target: 'new', mode: 'off', percent: 100 };
const MOVED: Migration = { ...OFF, movedUrl: 'https://new.example.com/' };

let world: ConsoleWorld;
beforeAll(async () => {
  world = await openConsole();
  for (let id = 1; id <= 200; id += 1) world.directory.users.set(String(id), legacyUser(id));
});
afterAll(() => world?.close());

async function register(client_id: string, migration = MOVED): Promise<void> {
  const metadata = { client_id, redirect_uris: ['https://idp.example.com/cb'] };
  await world.clients.add(clientMetadata.parse(metadata), migration, 'test');
}

const migrationOf = async (clientId: string) => (await world.clients.find(clientId))?.migration;
const text = async (page: Page) => (await page.locator('main').textContent())?.replaceAll(/\s+/g, ' ') ?? '';
const preview = (page: Page) => submit(page, 'See what this changes');
const doIt = (page: Page) => submit(page, 'Do it');

async function expectFits(page: Page): Promise<void> {
  await expectAccessible(page);
  await page.setViewportSize(NARROW);
  await expectNoSidewaysScroll(page);
}

async function turn(page: Page, mode: string, percent?: number): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${mode}`) }).check();
  if (percent !== undefined) await page.getByRole('spinbutton').fill(String(percent));
  await preview(page);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('What this changes');
}

test.for([
  ['with', true],
  ['without', false],
] as const)('A client goes from off to cutover and back, %s scripts.', async ([name, javaScriptEnabled]) => {
  const clientId = `path-${name}`;
  await register(clientId);
  const page = await world.open('/clients', { javaScriptEnabled });
  await page.getByRole('link', { name: clientId }).click();

  await turn(page, 'shadow');
  expect(await text(page)).toContain('will be looked at when they log in; nothing leaves the bridge.');
  expect((await migrationOf(clientId))?.mode).toBe('off');
  await doIt(page);
  expect(page.url()).toBe(`${world.url}/clients/${clientId}`);
  expect(await page.getByRole('status').first().textContent()).toContain(
    `${clientId} is now shadow for all of its people.`,
  );

  await turn(page, 'lazy', 25);
  expect(await text(page)).toMatch(/≈ 200 →, then ≈ 50 of ≈ 200 people in the old tables/);
  expect(await text(page)).toContain('About 50 people will be copied to "new" when they have logged in.');
  if (javaScriptEnabled) await expectFits(page);
  await doIt(page);
  expect(await page.getByRole('status').first().textContent()).toContain(
    `${clientId} is now lazy for 25% of its people.`,
  );
  expect(await migrationOf(clientId)).toEqual({ ...MOVED, mode: 'lazy', percent: 25 });

  await turn(page, 'cutover', 100);
  expect(await text(page)).toContain('Shadow has seen 0 of the 20 people');
  await doIt(page);
  expect((await migrationOf(clientId))?.mode).toBe('cutover');
  await submit(page, 'Undo');
  expect(await page.getByRole('status').first().textContent()).toContain(
    `Taken back: ${clientId} is now lazy for 25% of its people.`,
  );
  expect(await migrationOf(clientId)).toEqual({ ...MOVED, mode: 'lazy', percent: 25 });
  const history = await page.locator('.history').textContent();
  expect(history).toMatch(/link of test took a change of the switch back/);
  expect(await page.locator('.history > li').count()).toBe(5);
  expect(world.complaints).toEqual([]);
  await page.context().close();
});

test('The slider says how many people it means while it is moved, and the number moves it.', async () => {
  await register('slider', { ...OFF, mode: 'lazy', percent: 25 });
  const page = await world.open('/clients/slider');
  const share = page.locator('[data-share]');
  expect(await share.textContent()).toBe('25% means ≈ 50 of 200 people.');
  await page.getByRole('slider').fill('60');
  expect(await share.textContent()).toBe('60% means ≈ 120 of 200 people.');
  expect(await page.getByRole('spinbutton').inputValue()).toBe('60');
  await page.getByRole('spinbutton').fill('10');
  expect(await page.getByRole('slider').inputValue()).toBe('10');
  await page.context().close();
  const plain = await world.open('/clients/slider', { javaScriptEnabled: false });
  expect(await plain.getByRole('slider').count()).toBe(0);
  expect(await plain.locator('[data-share]').textContent()).toBe('25% means ≈ 50 of 200 people.');
  await plain.context().close();
});

test('Lists, times and everybody else are set and taken away; what was typed can be changed before it is done.', async () => {
  await register('limits');
  const page = await world.open('/clients/limits', { javaScriptEnabled: false });
  await page.getByRole('radio', { name: /^lazy/ }).check();
  await page.getByRole('spinbutton').fill('0');
  await page.getByText('Exceptions, time and everybody else').click();
  await page.getByLabel('Always meant').fill('1001\n@example.com\n 1001 ');
  await page.getByLabel('Never meant').fill('legacy:7');
  await page.getByLabel('Begins (UTC)').fill('2030-03-01T06:00');
  await page.getByLabel(/^Mode for everybody/).selectOption('shadow');
  await preview(page);
  expect(await text(page)).toContain(
    'for 2 entries on its list alone, without 1 entry, from 1 Mar 2030, 06:00 UTC',
  );
  await page.getByText('Change something first').click();
  await page.getByLabel('Never meant').fill('');
  await preview(page);
  await doIt(page);
  expect(await migrationOf('limits')).toEqual({
    ...MOVED,
    mode: 'lazy',
    percent: 0,
    allow: ['1001', '@example.com'],
    otherwise: 'shadow',
    startsAt: Date.UTC(2030, 2, 1, 6),
  });
  expect(await page.getByLabel('Begins (UTC)').inputValue()).toBe('2030-03-01T06:00');
  await page.getByLabel('Always meant').fill('');
  await page.getByLabel('Begins (UTC)').fill('');
  await page.getByLabel(/^Mode for everybody/).selectOption('off');
  await turn(page, 'lazy', 30);
  await doIt(page);
  expect(await migrationOf('limits')).toEqual({ ...MOVED, mode: 'lazy', percent: 30 });
  await turn(page, 'lazy', 30);
  expect(await text(page)).toContain('The switch is so already: nothing would change.');
  expect(await page.getByRole('button', { name: 'Do it' }).count()).toBe(0);
  await page.context().close();
});

test('A mode that the target cannot honour is explained and cannot be chosen; the preview refuses it as well.', async () => {
  await register('refused', OFF);
  const page = await world.open('/clients/refused', { javaScriptEnabled: false });
  expect(await page.getByRole('radio', { name: /^cutover/ }).isDisabled()).toBe(true);
  expect(await text(page)).toContain(
    'cutover is not possible. Mode "cutover" would leave people nowhere to log in',
  );
  const csrf = await page.locator('form.switch [name=csrf]').inputValue();
  const version = await page.locator('form.switch [name=version]').inputValue();
  const sent = await page.request.post(`${world.url}/clients/refused/preview`, {
    form: { csrf, version, mode: 'cutover', percent: '100' },
  });
  const answer = await sent.text();
  expect(answer).toContain('This cannot be done.');
  expect(answer).not.toContain('Do it</button>');
  const forced = await page.request.post(`${world.url}/clients/refused/switch`, {
    form: { csrf, version, mode: 'cutover', percent: '100' },
  });
  expect(await forced.text()).toContain('This cannot be done.');
  expect((await migrationOf('refused'))?.mode).toBe('off');
  await page.context().close();
});

test('Without a target the copying modes say why not; the target is chosen in the same step.', async () => {
  await register('homeless', { ...OFF, target: undefined });
  const page = await world.open('/clients/homeless', { javaScriptEnabled: false });
  expect(await text(page)).toContain(
    'lazy is not possible as things are. Mode "lazy" is about copying people',
  );
  await turn(page, 'lazy');
  expect(await page.getByRole('alert').textContent()).toContain('has no target to copy them to');
  await page.getByText('Change something first').click();
  await page.getByLabel('Target').selectOption('new');
  await preview(page);
  await doIt(page);
  expect(await migrationOf('homeless')).toMatchObject({ mode: 'lazy', target: 'new' });
  await submit(page, 'Undo');
  expect((await migrationOf('homeless'))?.target).toBeUndefined();
  await page.context().close();
});

test('A cutover that has to wait for a clean shadow is refused with the reason, but for force, which is kept.', async () => {
  const cutover = { requireCleanShadow: true, shadowPeople: 20 };
  await register('waits', { ...MOVED, cutover });
  const page = await world.open('/clients/waits', { javaScriptEnabled: false });
  await turn(page, 'cutover');
  expect(await page.getByRole('alert').textContent()).toContain('only when shadow is clean');
  expect(await page.getByRole('button', { name: 'Do it' }).count()).toBe(0);
  await page.getByText('Cut over all the same').click();
  await submit(page, 'Cut over by force');
  expect(await migrationOf('waits')).toMatchObject({ mode: 'cutover' });
  expect((await world.api('GET', '/audit?subject=client:waits')).json.items[0]).toMatchObject({
    actor: 'admin:link of test',
    after: { mode: 'cutover', forced: true },
  });
  await page.context().close();
});

test('Whoever was slower is told who changed what, sees the change against what is there now, and can do it then.', async () => {
  await register('raced');
  const page = await world.open('/clients/raced');
  await turn(page, 'lazy', 40);
  await world.clients.setMode('raced', 'shadow', 'admin:ben@example.com');
  await doIt(page);
  const alert = page.getByRole('alert');
  expect(await alert.textContent()).toMatch(/ben@example\.com turned the switch meanwhile/);
  expect((await alert.textContent())?.replaceAll(/\s+/g, ' ')).toContain('mode off → shadow');
  expect(await text(page)).toContain('raced is shadow for all of its people, and would be lazy for 40%');
  await expectAccessible(page);
  expect((await migrationOf('raced'))?.mode).toBe('shadow');
  await doIt(page);
  expect(await migrationOf('raced')).toMatchObject({ mode: 'lazy', percent: 40 });

  await world.clients.setMode('raced', 'lazy', 'admin:cara@example.com', { percent: 41 });
  await turn(page, 'lazy', 50);
  expect(await page.getByRole('alert').textContent()).toMatch(
    /cara@example\.com turned the switch meanwhile/,
  );
  await doIt(page);
  expect(await migrationOf('raced')).toMatchObject({ mode: 'lazy', percent: 50 });

  await world.clients.setMode('raced', 'off', 'admin:ben@example.com');
  await submit(page, 'Undo');
  expect(await page.getByRole('alert').textContent()).toContain(
    'ben@example.com turned the switch meanwhile, so nothing was taken back. This is how it is now.',
  );
  expect((await migrationOf('raced'))?.mode).toBe('off');
  await page.context().close();
});

test('An app gets a switch of its own, which the page says how to reach, and loses it again.', async () => {
  await register('idp', { ...MOVED, mode: 'lazy' });
  const page = await world.open('/clients/idp', { javaScriptEnabled: false });
  expect(await text(page)).toContain('Where it says nothing, the switch of an app changes nothing');
  await page.getByLabel('Give an app a switch of its own').fill('checkout');
  await submit(page, 'Go on');
  expect(await text(page)).toContain('the client’s counts, which is lazy for all of its people');
  expect(await text(page)).toContain('acr_values=app:checkout');
  await turn(page, 'shadow', 50);
  await doIt(page);
  expect(await page.getByRole('status').first().textContent()).toContain(
    'idp, app checkout, is now shadow for 50% of its people.',
  );
  expect((await migrationOf('idp'))?.apps).toEqual({ checkout: { mode: 'shadow', percent: 50 } });

  await page.getByRole('link', { name: 'idp', exact: true }).first().click();
  expect(await page.locator('.history').textContent()).toContain('turned the switch, for app checkout');
  await submit(page, 'Remove the switch of checkout');
  await doIt(page);
  expect(await page.getByRole('status').first().textContent()).toContain(
    'idp, app checkout, is now what the client’s switch says.',
  );
  expect((await migrationOf('idp'))?.apps).toEqual({});
  await submit(page, 'Undo');
  expect((await migrationOf('idp'))?.apps).toEqual({ checkout: { mode: 'shadow', percent: 50 } });
  await page.context().close();
});

test('What shadow has found is told with what to do, and forgotten in a second step.', async () => {
  await register('watched', { ...OFF, mode: 'shadow' });
  const page = await world.open('/clients/watched');
  expect(await text(page)).toContain('Nobody has been seen for new yet.');
  const { fingerprint, profileDigest } = captureOf(1);
  const sighting = { target: 'new', clientId: 'watched', person: person(1), fingerprint, profileDigest };
  await world.shadow.record({ ...sighting, problem: 'rejected', reason: 'A value is <too> long.' });
  await world.shadow.tally('new', 'md5($pass)', ['any', 'non-ascii'], false);
  await page.reload();
  expect(await text(page)).toContain('1 person has been seen for new');
  expect(await text(page)).toContain('The target refuses the copy A value is <too> long.Mend the value');
  expect(await page.getByRole('link', { name: 'legacy:1' }).getAttribute('href')).toBe('/people/legacy/1');
  expect(await page.getByRole('region', { name: 'Rehashes' }).textContent()).toMatch(/beyond ASCII\s*1\s*1/);
  await expectAccessible(page);
  await page.getByText('Begin anew', { exact: true }).click();
  await submit(page, 'Forget these findings');
  expect(await text(page)).toContain('Shadow of target new begins anew.');
  expect((await world.shadow.report('new')).people).toBe(0);
  await page.context().close();
});

test('A form without the token of the page turns nothing.', async () => {
  await register('guarded');
  const page = await world.open('/clients/guarded');
  for (const address of ['switch', 'undo', 'remove', 'secret', 'shadow/clear']) {
    const sent = await page.request.post(`${world.url}/clients/guarded/${address}`, {
      form: { mode: 'lazy', version: '1', confirm: 'guarded' },
    });
    expect(sent.status()).toBe(403);
  }
  expect(await migrationOf('guarded')).toEqual(MOVED);
  await page.context().close();
});
