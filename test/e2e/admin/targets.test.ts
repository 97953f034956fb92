import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTargetCircuit } from '../../../src/ledger/create-target-circuit.ts';
import { type ConsoleWorld, expectAccessible, openConsole } from '../../support/console.ts';
import { captureOf } from '../../support/test-ledger.ts';

const HOUR = 3_600_000;

let world: ConsoleWorld;
beforeAll(async () => {
  world = await openConsole();
  const { ledger, time } = world;
  for (const id of [1, 2, 3]) await ledger.capture(captureOf(id));
  const [first, second] = await ledger.claim({ target: 'new', limit: 2, leaseMs: 60_000 });
  if (first === undefined || second === undefined) throw new Error('Two people wait.');
  await ledger.settle(first, { kind: 'copied', profileDigest: 'profile' });
  await ledger.settle(second, { kind: 'parked', reason: 'The target refused the e-mail.' });
  time.pass(2 * HOUR);
});
afterAll(() => world?.close());

const sending = (page: Page) => page.getByRole('region', { name: 'Sending' });
const circuit = async () => (await world.api('GET', '/targets/new', { headers: here() })).json.circuit;
const here = () => ({ Host: new URL(world.url).host });

test('The list says of each target whether copies arrive, how many wait and what failed last.', async () => {
  const page = await world.open('/targets');
  const card = page.getByRole('region', { name: 'new' });
  const text = ((await card.textContent()) ?? '').replaceAll(/\s+/g, ' ');
  expect(text).toContain('takes copies');
  for (const part of ['Copied1 33.3%', 'Waiting1 33.3%', 'Need you1 33.3%', 'Tried again0 0%']) {
    expect(text).toContain(part);
  }
  expect(text).toContain('The target refused the e-mail.');
  expect(await card.getByText('2 h ago').count()).toBe(2);
  await card.getByRole('link', { name: 'new' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('new');
  await page.context().close();
});

test('A target is paused with a reason, by everybody to be seen; the pause is taken back at once.', async () => {
  const page = await world.open('/targets/new', { javaScriptEnabled: false });
  await sending(page).getByText('Pause it').click();
  await page.getByLabel('For').selectOption('15 minutes');
  await page.getByLabel('Why').fill('Upgrade of the new platform');
  await page.getByRole('button', { name: 'Pause' }).click();
  expect(await page.getByRole('status').first().textContent()).toContain(
    'Nothing is sent to new for 15 min.',
  );
  expect(await sending(page).textContent()).toContain('Upgrade of the new platform');
  expect(await circuit()).toMatchObject({ state: 'resting', reason: 'Upgrade of the new platform' });
  await expectAccessible(await world.open('/targets/new'));

  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await circuit()).toEqual({ state: 'open', failures: 0 });
  expect(await page.getByText('takes copies').count()).toBe(1);

  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await circuit()).toMatchObject({ state: 'resting', reason: 'Upgrade of the new platform' });
  await page.getByRole('button', { name: 'End the pause' }).click();
  expect(await circuit()).toEqual({ state: 'open', failures: 0 });
  await page.context().close();
});

test('What an admin did is in the trail of the target.', async () => {
  const page = await world.open('/targets/new');
  await page.getByRole('link', { name: 'Who paused it and when' }).click();
  expect(await page.getByText('target.pause').count()).toBe(2);
  expect(await page.getByText('target.resume').count()).toBe(2);
  await page.context().close();
});

test('A target that does not answer is told as such, and an admin may have it tried at once.', async () => {
  await createTargetCircuit(world).failed('new', 'The database does not answer.');
  const page = await world.open('/targets/new');
  expect(await page.getByText('does not answer', { exact: true }).count()).toBe(1);
  expect(await sending(page).textContent()).toContain('It failed 1 time in a row');
  expect(await sending(page).textContent()).toContain('The database does not answer.');
  await page.getByRole('button', { name: 'Try it now' }).click();
  expect(await circuit()).toEqual({ state: 'open', failures: 0 });
  expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
  await page.context().close();
});

test('A probe shows what was found, why, and what to do.', async () => {
  world.target.check = async () => [
    {
      level: 'error',
      about: 'targets.new',
      found: 'The account may not insert into platform.users.',
      remedy: 'GRANT INSERT ON platform.users TO footbridge;',
    },
  ];
  const page = await world.open('/targets/new', { javaScriptEnabled: false });
  await page.getByRole('button', { name: 'Probe now' }).click();
  const found = page.getByRole('region', { name: 'What the probe found' });
  expect(await found.textContent()).toContain('The account may not insert into platform.users.');
  expect(await found.textContent()).toContain('GRANT INSERT ON platform.users TO footbridge;');
  world.target.check = async () => [];
  await page.getByRole('button', { name: 'Probe now' }).click();
  expect(await page.getByText('has nothing to complain of').count()).toBe(1);
  await page.context().close();
});

test('A pause without a reason, without a token, or of no target changes nothing and says why.', async () => {
  const page = await world.open('/targets/new');
  const csrf = await page.locator('input[name="csrf"]').first().inputValue();
  const send = (target: string, form: Record<string, string>) =>
    page.request.post(`${world.url}/targets/${target}/pause`, { form, headers: { Origin: world.url } });
  expect(await (await send('new', { csrf, minutes: '15' })).text()).toContain('reason: say why');
  expect(await (await send('new', { csrf, minutes: '99999', reason: 'x' })).text()).toContain(
    'This was not understood.',
  );
  expect((await send('new', { minutes: '15', reason: 'x' })).status()).toBe(403);
  const nowhere = await send('other', { csrf, minutes: '15', reason: 'x' });
  expect(nowhere.status()).toBe(404);
  expect(await circuit()).toEqual({ state: 'open', failures: 0 });
  await page.context().close();
});
