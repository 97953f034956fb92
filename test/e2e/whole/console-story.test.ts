import argon2 from 'argon2';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { beginStory, type ConsoleStory } from '../../support/console-story.ts';
import { until } from '../../support/until.ts';

const NAMES = ['anna', 'bruno', 'carla', 'dora', 'elif', 'farid', 'greta', 'henrik', 'irina', 'jonas'];
const OLD = 'the old pässword';
const NEW = 'chosen at the new place';
const DORA = 'dora@example.com';

let story: ConsoleStory;
/** The window of the admin. */
let page: Page;
/** The `sub` of one of the people. */
let bruno: string;
/** Why the copy of one person failed. */
let reason: string;
beforeAll(async () => {
  story = await beginStory(NAMES.map((username) => ({ username, password: OLD })));
  page = await (await story.newBrowser()).newPage();
});
afterAll(() => story?.close());
// The chapters are told one after the other; no page of any of them makes a browser complain.
afterEach(() => expect(story.complaints.splice(0)).toEqual([]));

const go = (path: string, where = page) => where.goto(story.console + path);
const told = async (where = page) => words(await where.getByRole('status').first().textContent());
const text = async (where = page) => words(await where.locator('main').textContent());
const words = (content: string | null) => content?.replaceAll(/\s+/g, ' ').trim() ?? '';
const press = (name: string, where = page) => where.getByRole('button', { name, exact: true }).click();
/** A figure of a page that shows figures as tiles. */
const tile = async (label: string, where = page) =>
  Number(
    await where
      .locator('.tile', { has: where.getByText(label, { exact: true }) })
      .locator('dd')
      .first()
      .textContent(),
  );

async function api(path: string) {
  const answer = await page.request.get(`${story.console}/api/v1${path}`);
  expect(answer.status(), path).toBe(200);
  return answer.json();
}
const figures = async () => (await api('/progress')).targets[0];
const modeNow = async () => (await api('/clients/rp')).migration.mode;
const stateOf = async (legacyId: number) =>
  (await api(`/people/legacy/${legacyId}`)).targets[0]?.state as string | undefined;

/** Turns the switch as far as the page that says what that changes. */
async function choose(mode: string, where = page): Promise<string> {
  await go('/clients', where);
  await where.getByRole('link', { name: 'New platform' }).click();
  await where.getByRole('radio', { name: new RegExp(`^${mode}`) }).check();
  await press('See what this changes', where);
  expect(await where.getByRole('heading', { level: 1 }).textContent()).toBe('What this changes');
  return text(where);
}

/** @returns what it was said to change */
async function turn(mode: string, where = page): Promise<string> {
  const before = await modeNow();
  const preview = await choose(mode, where);
  expect(preview).toContain('Nothing is changed yet.');
  expect(await modeNow()).toBe(before);
  await press('Do it', where);
  expect(await told(where)).toContain(`New platform is now ${mode}`);
  expect(await modeNow()).toBe(mode);
  return preview;
}

test('The link that the first start prints lets one person in, once.', async () => {
  await page.goto(story.firstLink);
  await press('Use it');
  await page.waitForURL(`${story.console}/`);
  expect(await page.locator('nav').first().textContent()).toContain('link of first start');

  const stranger = await story.newBrowser();
  const other = await stranger.newPage();
  await other.goto(story.firstLink);
  await press('Use it', other);
  expect(await other.textContent('main')).toContain('This link was used or has run out.');
  expect(story.complaints.splice(0)).toEqual([expect.stringContaining('status of 403')]);
  await go('/', other);
  expect(other.url()).toBe(`${story.console}/login`);
  await stranger.close();
});

test('While the switch is off people log in at the new platform, nobody is captured, and the overview says so.', async () => {
  await go('/clients');
  expect(await page.locator('tbody tr').textContent()).toMatch(/New platform\s*rp\s*off/);
  await story.logInAtPlatform('anna', OLD);
  await go('/');
  expect(await text()).toContain('Nobody is on the way yet');
  expect(await page.locator('#clients .badge').allTextContents()).toEqual(['off']);
  expect(await figures()).toMatchObject({ across: 0, waiting: 0, failing: 0 });
});

test('In shadow a login is looked at, and the page of the client tells what was found; nothing leaves the bridge.', async () => {
  await turn('shadow');
  await story.logInAtPlatform('anna', OLD);
  await until('shadow has seen her', async () => (await api('/clients/rp/shadow')).people === 1);
  await page.reload();
  expect(await text()).toContain('1 person has been seen for new-platform');
  expect(await text()).toContain('All of them can be copied as they are.');
  expect(await story.setup.targetRows()).toEqual([]);
});

test('In lazy a login at the new platform makes the number on the open overview rise, without a reload.', async () => {
  expect(await turn('lazy')).toContain('will be copied to "new-platform" when they have logged in.');
  await story.logInAtPlatform('anna', OLD);
  await until('she is across', async () => (await figures()).across === 1);

  await go('/');
  expect(await tile('People across')).toBe(1);
  await page.locator('[data-live-state=on]').waitFor();
  await page.evaluate('window.isStillTheSame = true');
  bruno = await story.logInAtPlatform('bruno', OLD);
  await until('the number has risen', async () => (await tile('People across')) === 2);
  expect(await page.evaluate('window.isStillTheSame')).toBe(true);
  expect((await story.setup.targetRows()).map(({ footbridge_sub }) => footbridge_sub)).toContain(bruno);

  for (const chart of ['#burn-down', '#copies']) {
    expect(await page.evaluate(`(${inkOf})('${chart}')`), `ink of ${chart}`).toBeGreaterThan(100);
  }
  const { across, waiting, failing, setAside, notSeen } = await figures();
  expect({
    across: await tile('People across'),
    waiting: await tile('Waiting'),
    failing: await tile('Failing'),
    setAside: await tile('Set aside'),
    notSeen: await tile('Not yet seen'),
  }).toEqual({ across, waiting, failing, setAside, notSeen });
});

/** How many pixels of a chart are not empty; runs in the page. */
const inkOf = `(selector) => {
  const canvas = document.querySelector(selector + ' canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, index) => index % 4 === 3 && value > 0).length;
}`;

test('Who fails is named with the reason and what to do, is held back, mended and tried again, and arrives.', async () => {
  await story.setup.target.admin.execute(
    'insert into users (footbridge_sub, username, email) values (?, ?, ?)',
    ['a-stranger', 'somebody else', DORA],
  );
  await story.logInAtPlatform('dora', OLD);
  await until('the copy has failed', async () => (await stateOf(1004)) === 'conflict');

  await go('/problems');
  const { failures } = await api('/problems');
  expect(failures).toMatchObject([{ state: 'conflict', people: 1 }]);
  expect(await tile('Wait for you')).toBe(1);
  reason = failures[0].reason;
  expect(await text()).toContain(reason);
  expect(await page.locator('.remedy').first().textContent()).toMatch(/retry/i);
  await page.getByRole('link', { name: 'legacy 1004' }).click();
  expect(await text()).toContain(DORA);

  await page.getByText('Hold back · Exclude · Forget').click();
  await page.locator('form[action$="/park"]').getByLabel('Reason').fill('The other dora is asked first.');
  await press('Hold back');
  expect(await told()).toContain('Held back from "new-platform"');
  expect(await text()).toContain('The other dora is asked first.');

  await story.setup.target.admin.execute('update users set email = ? where footbridge_sub = ?', [
    'another@example.com',
    'a-stranger',
  ]);
  await press('Retry');
  expect(await told()).toContain('tried again at "new-platform" at once');
  await until('she is copied', async () => (await stateOf(1004)) === 'copied');
  await page.reload();
  expect(await text()).toContain('Profile and password are at "new-platform".');
  expect(await story.setup.opensAtTarget('dora', OLD)).toBe(true);
  await go('/problems');
  expect(await text()).toContain('Nothing fails');
  expect((await api('/problems')).failures).toEqual([]);
});

test('After the cutover the password of the target opens; undone, the old one does again; and the switch goes off.', async () => {
  await turn('cutover');
  const hash = await argon2.hash(NEW, { memoryCost: 7168 });
  await story.setup.target.admin.execute('update users set password_hash = ? where username = ?', [
    hash,
    'bruno',
  ]);
  expect(await story.logInAtPlatform('bruno', NEW)).toBe(bruno);
  expect(await story.logInAtPlatform('bruno', OLD)).toMatch(/password/i);
  expect(story.complaints.splice(0)).toEqual([expect.stringContaining('status of 422')]);

  await press('Undo');
  expect(await told()).toContain('Taken back: New platform is now lazy for all of its people.');
  expect(await story.logInAtPlatform('bruno', OLD)).toBe(bruno);
  await turn('off');
});

test('A dry run and a backfill are started from the page of the runs and watched to their ends.', async () => {
  await go('/runs');
  await page.getByRole('link', { name: 'Start a dry run' }).click();
  await press('Start');
  expect(await told()).toContain('Dry run to new-platform has begun');
  await page.locator('[data-fresh=state]').getByText('done', { exact: true }).waitFor();
  expect(await story.setup.targetRows()).toHaveLength(4);

  await page.reload();
  await page.getByRole('link', { name: 'Start the backfill' }).click();
  expect(await page.getByRole('radio', { name: /^Copy/ }).isChecked()).toBe(true);
  await page.getByLabel('People a second').fill('2');
  await press('Start');
  expect(await told()).toContain('Backfill to new-platform has begun');
  expect(await page.locator('[data-fresh=state]').textContent()).toBe('running');
  await page.evaluate('window.isStillTheSame = true');
  await page.locator('[data-fresh=state]').getByText('done', { exact: true }).waitFor();
  expect(await page.evaluate('window.isStillTheSame')).toBe(true);
  expect(await page.getByRole('row', { name: 'Copied 7 70%' }).count()).toBe(1);
  expect(await story.setup.targetRows()).toHaveLength(NAMES.length + 1);
  const { items } = await api('/runs');
  expect(items.map(({ kind, state }: Record<string, string>) => `${kind} ${state}`)).toEqual([
    'backfill done',
    'rehearsal done',
  ]);
});

test('Without scripts the same switch is turned and taken back.', async () => {
  const storageState = await page.context().storageState();
  const plainBrowser = await story.newBrowser({ storageState, javaScriptEnabled: false });
  const plain = await plainBrowser.newPage();
  await turn('shadow', plain);
  await press('Undo', plain);
  expect(await told(plain)).toContain('Taken back: New platform is now off.');
  expect(await modeNow()).toBe('off');
  await plainBrowser.close();
});

test('The audit trail names who did each of it, in order.', async () => {
  await go('/audit');
  const rows = await page.locator('tbody tr').all();
  const lines = await Promise.all(
    rows.map(async (row) => (await row.locator('td').allTextContents()).map(words)),
  );
  const [me, client, dora] = ['admin:link of first start', 'client:rp', 'person:legacy:1004'];
  expect(lines.reverse().map(([, ...line]) => line.join(' | '))).toMatchObject([
    expect.stringMatching(/^configuration \| client.add \| client:rp \| /),
    'first start | admin.link | admin | minutes 15',
    `${me} | admin.link-used | admin | –`,
    `${me} | client.mode | ${client} | mode off → shadow`,
    `${me} | client.mode | ${client} | mode shadow → lazy`,
    `${me} | ledger.park | ${dora} | state conflict reason ${reason} → The other dora is asked first.`,
    expect.stringContaining(`${me} | ledger.retry | ${dora} | target new-platform state parked rows 1`),
    `${me} | client.mode | ${client} | mode lazy → cutover`,
    `${me} | client.mode | ${client} | mode cutover → lazy undo true`,
    `${me} | client.mode | ${client} | mode lazy → off`,
    expect.stringMatching(`^${me} \\| run.start \\| run:\\S+ \\| kind rehearsal`),
    expect.stringMatching(`^${me} \\| run.start \\| run:\\S+ \\| kind backfill`),
    `${me} | client.mode | ${client} | mode off → shadow`,
    `${me} | client.mode | ${client} | mode shadow → off undo true`,
  ]);
  const { items } = await api('/audit');
  expect(lines.map(([, ...line]) => line.slice(0, 3))).toEqual(
    items.map(({ actor, action, subject }: Record<string, string>) => [actor, action, subject]).reverse(),
  );
});

test('Every page that the navigation names stands on the real server, and its questions are answered.', async () => {
  const links = await page.getByRole('navigation', { name: 'Console' }).getByRole('link').all();
  const paths = await Promise.all(links.map((link) => link.getAttribute('href')));
  expect(paths).toHaveLength(10);
  const more = ['/clients/rp/setup', '/people?q=anna', '/problems/people?target=new-platform&state=copied'];
  for (const path of [...paths, ...more]) {
    expect((await go(path ?? ''))?.status(), path ?? '').toBe(200);
  }
  const questions = [
    ['/checks', 'Look now', 'Looked at everything: no errors.'],
    ['/passwords', 'Look now', `Looked at ${NAMES.length} rows.`],
    ['/targets/new-platform', 'Probe now', 'What the probe found'],
    ['/report', 'Make the report', 'Make it anew'],
  ] as const;
  for (const [path, button, answer] of questions) {
    await go(path);
    await press(button);
    expect(await text(), path).toContain(answer);
    expect(await page.getByRole('alert').count(), path).toBe(0);
  }
});
