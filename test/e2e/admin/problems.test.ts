import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTargetCircuit } from '../../../src/ledger/create-target-circuit.ts';
import { createUnverifiableRows } from '../../../src/ledger/create-unverifiable-rows.ts';
import type { Settlement } from '../../../src/ledger/ledger.ts';
import { type ConsoleWorld, expectAccessible, openConsole } from '../../support/console.ts';
import { captureOf, person } from '../../support/test-ledger.ts';

const TOO_LONG = 'The target refused the copy: "name" is longer than 80 characters.';
const parked = (reason: string): Settlement => ({ kind: 'parked', reason });

let world: ConsoleWorld;
beforeAll(async () => {
  world = await openConsole();
});
afterAll(() => world?.close());

async function settled(id: number, settlement: Settlement): Promise<void> {
  await world.ledger.capture(captureOf(id));
  for (const claim of await world.ledger.claim({ target: 'new', limit: 50, leaseMs: 1000 })) {
    if (claim.person.legacyId === String(id)) await world.ledger.settle(claim, settlement);
    else await world.ledger.release(claim);
  }
}
const stateOf = async (id: number) => (await world.ledger.find('new', person(id)))?.state;

test('Where nothing fails, the page says so and what is watched.', async () => {
  const page = await world.open('/problems');
  const text = await page.locator('main').textContent();
  expect(text).toContain('Nothing fails');
  expect(text).toMatch(/copies to new.*passwords of legacy/);
  await page.context().close();
});

test('Failures are grouped by their reason, and a button tries all of one again without script.', async () => {
  for (let id = 1; id <= 7; id += 1) await settled(id, parked(TOO_LONG));
  await settled(8, { kind: 'conflict', reason: 'Somebody else has <this> address.' });
  const page = await world.open('/problems', { javaScriptEnabled: false });
  const group = page.locator('.finding', { hasText: TOO_LONG });
  expect(await group.textContent()).toMatch(/parked[\s\S]*7 people[\s\S]*Mend the cause, then retry\./);
  expect(await group.getByRole('link', { name: /^legacy \d$/ }).count()).toBe(5);
  expect(await page.locator('.finding').count()).toBe(2);
  expect(await page.getByText('Somebody else has <this> address.').count()).toBe(1);

  await group.getByRole('button', { name: 'Retry all 7' }).click();
  expect(await page.getByRole('status').textContent()).toContain('7 people are tried again at once');
  expect(await page.locator('.finding').count()).toBe(1);
  expect([await stateOf(1), await stateOf(7), await stateOf(8)]).toEqual([
    'captured',
    'captured',
    'conflict',
  ]);
  const trail = (await world.api('GET', '/audit?action=ledger.retry')).json.items;
  expect(trail[0]).toMatchObject({ actor: 'admin:link of test', after: { reason: TOO_LONG, rows: 7 } });
  await page.context().close();
});

test('All people of a reason are paged through by key, each once.', async () => {
  const reason = 'A rule & its "exception".';
  for (let id = 100; id < 107; id += 1) await settled(id, parked(reason));
  const query = new URLSearchParams({ target: 'new', state: 'parked', reason, limit: '3' });
  const page = await world.open(`/problems/people?${query}`);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(reason);
  const seen: string[] = [];
  for (;;) {
    seen.push(...(await page.locator('tbody th').allTextContents()));
    const next = page.getByRole('link', { name: 'Next page' });
    if ((await next.count()) === 0) break;
    await next.click();
  }
  expect(seen).toEqual([100, 101, 102, 103, 104, 105, 106].map((id) => `legacy ${id}`));
  await page.getByRole('button', { name: 'Retry all 7' }).click();
  expect(await stateOf(106)).toBe('captured');
  await page.context().close();
});

test('A reason that nobody is held back for any more is told, and changes nothing.', async () => {
  const reason = 'It comes and goes.';
  await settled(200, parked(reason));
  const page = await world.open('/problems');
  await world.api('POST', '/ledger/retry', { body: { reason } });
  await page.locator('.finding', { hasText: reason }).getByRole('button').click();
  expect(await page.getByRole('status').textContent()).toContain('nothing was changed');
  await page.context().close();
});

test('Targets that are left alone and passwords that nobody can read are problems, and can be acted on.', async () => {
  const circuit = createTargetCircuit(world);
  await circuit.pause('new', 'The target answered 503.', 60_000);
  await createUnverifiableRows(world).record(person(42), '34 characters, starts with "$Q$"');
  const page = await world.open('/problems');
  const text = await page.locator('main').textContent();
  expect(text).toMatch(/resting[\s\S]*The target answered 503\.[\s\S]*tried again in (60 s|1 min)/);
  expect(text).toContain('34 characters, starts with "$Q$"');
  expect(await page.getByRole('link', { name: 'legacy 42' }).getAttribute('href')).toBe('/people/legacy/42');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Try it again now' }).click();
  expect(await page.getByRole('status').textContent()).toContain('Target "new" is tried again at once.');
  expect(await circuit.admits('new')).toBe('all');
  expect((await world.api('GET', '/problems')).json).toMatchObject({
    targets: [],
    unverifiable: [{ people: 1, legacyIds: ['42'] }],
  });
  await page.context().close();
});

test('Without the token of the page nothing is retried.', async () => {
  const reason = 'It stays.';
  await settled(300, parked(reason));
  const page = await world.open('/problems');
  const answer = await page.request.post(`${world.url}/problems/retry`, {
    form: { target: 'new', state: 'parked', reason },
  });
  expect(answer.status()).toBe(403);
  expect(await stateOf(300)).toBe('parked');
  await page.context().close();
});
