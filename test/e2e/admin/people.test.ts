import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clientMetadata } from '../../../src/clients/client.ts';
import { deriveSubject } from '../../../src/domain/subject.ts';
import type { UserProfile } from '../../../src/domain/user-profile.ts';
import type { Settlement } from '../../../src/ledger/ledger.ts';
import {
  type ConsoleWorld,
  expectAccessible,
  expectNoSidewaysScroll,
  NARROW,
  openConsole,
} from '../../support/console.ts';
import { legacyUser } from '../../support/test-courier.ts';
import { captureOf, person } from '../../support/test-ledger.ts';

const HASH = '0cc175b9c0f1b6a831c399e269772661';
const PARKED: Settlement = { kind: 'parked', reason: 'The target refused the copy: "email" is no address.' };

let world: ConsoleWorld;
let page: Page;
beforeAll(async () => {
  world = await openConsole();
  world.directory.find = async (login) => {
    const found = [...world.directory.users.values()].filter(({ profile }) =>
      [profile.email, profile.preferred_username].includes(login),
    );
    const [user, ...more] = found;
    if (user === undefined) return { kind: 'none' };
    if (more.length === 0) return { kind: 'found', user };
    return { kind: 'ambiguous', directory: 'legacy', legacyIds: found.map(({ id }) => id) };
  };
  const metadata = clientMetadata.parse({ client_id: 'app', redirect_uris: ['https://idp.example.com/cb'] });
  await world.clients.add(metadata, { target: 'new', mode: 'lazy', percent: 100 }, 'test');
  page = await world.open('/people', { javaScriptEnabled: false });
});
afterAll(() => world?.close());
beforeEach(() => {
  world.directory.out = false;
});

function register(id: number, profile: UserProfile = {}, encoded = HASH) {
  const user = legacyUser(id, profile, encoded);
  world.directory.users.set(String(id), {
    ...user,
    credential: { encoded, scheme: encoded === HASH ? 'md5($pass)' : 'auto' },
  });
}

async function settled(id: number, settlement: Settlement): Promise<void> {
  await world.ledger.capture(captureOf(id));
  for (const claim of await world.ledger.claim({ target: 'new', limit: 50, leaseMs: 1000 })) {
    if (claim.person.legacyId === String(id)) await world.ledger.settle(claim, settlement);
    else await world.ledger.release(claim);
  }
}
const stateOf = async (id: number) => (await world.ledger.find('new', person(id)))?.state;
const text = async () => (await page.locator('main').textContent())?.replaceAll(/\s+/g, ' ') ?? '';
const told = async () => (await page.locator('.notice').first().textContent())?.trim();

async function look(words: string) {
  await page.goto(`${world.url}/people`);
  await page.getByLabel('Login name, legacy id or sub').fill(words);
  await page.getByRole('button', { name: 'Find' }).click();
}

test('One field leads to a person by login name, legacy id and sub.', async () => {
  register(1, { preferred_username: 'anna', name: 'Anna Berg' });
  await world.ledger.capture(captureOf(1));
  const sub = deriveSubject(Buffer.alloc(32, 5), person(1));
  for (const words of ['anna', ' anna ', 'person-1@example.com', '1', 'sub-1']) {
    await look(words);
    expect(page.url(), words).toBe(`${world.url}/people/legacy/1`);
  }
  expect(await text()).toContain(`sub ${sub}`);
  expect((await world.api('GET', '/people/search?text=anna')).json).toMatchObject({
    items: [{ legacyId: '1', by: ['login'], sub, name: 'Anna Berg', targets: [{ state: 'captured' }] }],
    unavailable: [],
  });
});

test('A name that means several people lists them all; one that means nobody says what to do.', async () => {
  register(2, { preferred_username: 'twin', name: 'Twin One' });
  register(3, { preferred_username: 'twin', name: 'Twin Two' });
  await look('twin');
  expect(await page.locator('tbody tr').count()).toBe(2);
  expect(await text()).toMatch(/“twin” means 2 people.*Twin One.*Twin Two/);
  await look('nobody at all');
  expect(await text()).toContain('Nobody is called “nobody at all”');
});

test('A directory that does not answer is never nobody: what the ledger knows is found, and the gap is told.', async () => {
  register(4);
  await settled(4, PARKED);
  world.directory.find = ((find) => async (login: string) => {
    if (!world.directory.out) return find(login);
    return { kind: 'unavailable', cause: await world.directory.findById(person(1).legacyId).catch((e) => e) };
  })(world.directory.find);
  world.directory.out = true;
  await look('4');
  expect(await text()).toContain('Directory legacy could not be asked');
  await page.getByRole('link', { name: 'without a name' }).click();
  expect(await text()).toMatch(/does not answer.*parked.*The target refused the copy/);
  expect((await world.api('GET', '/people/legacy/4')).status).toBe(503);
});

test('A person’s page tells the row as mapped and how the password is kept, and never the hash.', async () => {
  register(5, {
    name: 'Greta <Østergaard>',
    email_verified: true,
    address: { street_address: 'Nyhavn 12', locality: 'København' },
    groups: ['customers', 'testers'],
    attributes: { customer_number: 'C-1' },
  });
  await page.goto(`${world.url}/people/legacy/5`);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Greta <Østergaard>');
  const shown = await text();
  expect(shown).toMatch(/May log in\./);
  expect(shown).toMatch(/person-5@example\.com verified.*Nyhavn 12.*København.*customers.*testers.*C-1/);
  expect(shown).toMatch(/broken.*md5\(\$pass\).*One md5: a graphics card tries billions/);
  expect(await page.content()).not.toContain(HASH);
  register(6, {}, `$2y$10$${'a'.repeat(50)}`);
  await page.goto(`${world.url}/people/legacy/6`);
  expect(await text()).toMatch(/damaged.*It names bcrypt, but .*has to choose a new one/);
});

test('Whoever failed is retried; holding back is taken back by the button of the notice.', async () => {
  register(7);
  await settled(7, PARKED);
  await page.goto(`${world.url}/people/legacy/7`);
  expect(await text()).toMatch(/parked.*"email" is no address\..*Mend the cause, then retry\./);
  await page.getByRole('button', { name: 'Retry' }).click();
  expect(await told()).toContain('tried again at "new" at once');
  expect(await stateOf(7)).toBe('captured');

  await page.locator('summary', { hasText: 'Hold back' }).click();
  await page.locator('form[action$="/park"]').getByLabel('Reason').fill('Wait for the lawyers.');
  await page.getByRole('button', { name: 'Hold back' }).click();
  expect(await stateOf(7)).toBe('parked');
  expect(await text()).toContain('Wait for the lawyers.');
  await page.getByRole('button', { name: 'Let it go on' }).click();
  expect(await stateOf(7)).toBe('captured');
  expect(await page.locator('tbody code').allTextContents()).toEqual([
    'ledger.retry',
    'ledger.park',
    'ledger.retry',
  ]);
});

test('Exclusion needs a reason, reaches people who were never seen, and is taken back.', async () => {
  register(8);
  await page.goto(`${world.url}/people/legacy/8`);
  await page.locator('summary', { hasText: 'Exclude' }).click();
  await page.getByRole('button', { name: 'Exclude' }).click();
  expect(await stateOf(8)).toBeUndefined();
  await page.getByLabel('Reason').fill('Asked not to be moved.');
  await page.getByRole('button', { name: 'Exclude' }).click();
  expect(await stateOf(8)).toBe('excluded');
  await page.getByRole('button', { name: 'Take the exclusion back' }).click();
  expect(await stateOf(8)).toBeUndefined();
  expect(await told()).toContain('the next login begins anew');
});

test('Copying now says what it did, and refuses with the sentence why not.', async () => {
  register(9);
  await world.ledger.capture(captureOf(9));
  await page.goto(`${world.url}/people/legacy/9`);
  await page.getByRole('button', { name: 'Copy now' }).click();
  expect(await told()).toContain('It is the next to be copied to "new".');
  await world.clients.setMode('app', 'off', 'test');
  await page.getByRole('button', { name: 'Copy now' }).click();
  expect(await told()).toContain('no switch of client "app" copies people to "new"');
  await world.clients.setMode('app', 'lazy', 'test');
});

test('Ending what a person is logged in by is a second step, and is in their history.', async () => {
  register(10);
  await page.goto(`${world.url}/people/legacy/10`);
  expect(await page.getByRole('button', { name: 'End them now' }).isVisible()).toBe(false);
  await page.locator('summary', { hasText: 'End sessions' }).click();
  await page.getByRole('button', { name: 'End them now' }).click();
  expect(await told()).toContain('sessions 1, grants 2');
  expect(await page.locator('tbody code').allTextContents()).toEqual(['sessions.revoke']);
});

test('A key with signs of its own has a page whose forms work.', async () => {
  const id = 'a/b?c=1#d e%20ü';
  world.directory.users.set(id, { ...legacyUser(11), id: id as never });
  await look(id);
  expect(page.url()).toBe(`${world.url}/people/legacy/${encodeURIComponent(id)}`);
  await page.locator('summary', { hasText: 'Exclude' }).click();
  await page.getByLabel('Reason').fill('An odd key.');
  await page.getByRole('button', { name: 'Exclude' }).click();
  expect(await told()).toContain('Excluded from "new"');
});

test('Without the token of the page nothing is done; who is nobody has no page.', async () => {
  register(12);
  const answer = await page.request.post(`${world.url}/people/legacy/12/exclude`, {
    form: { target: 'new', reason: 'Forged.' },
  });
  expect(answer.status()).toBe(403);
  expect(await stateOf(12)).toBeUndefined();
  await page.goto(`${world.url}/people/legacy/999`);
  expect(await text()).toContain('has no person 999');
  expect(world.complaints.splice(0)).toMatchObject([expect.stringContaining('404')]);
});

test('A full page and a list of people are accessible and fit a telephone.', async () => {
  register(13, {
    name: 'x'.repeat(120),
    groups: ['one', 'two'],
    email: `${'very-long-'.repeat(9)}@example.com`,
  });
  await settled(13, PARKED);
  const scripted = await world.open('/people?q=twin');
  await expectAccessible(scripted);
  await scripted.goto(`${world.url}/people/legacy/13`);
  await scripted.locator('summary').first().click();
  await expectAccessible(scripted);
  await scripted.setViewportSize(NARROW);
  await expectNoSidewaysScroll(scripted);
  expect(world.complaints).toEqual([]);
  await scripted.context().close();
});
