import { afterAll, beforeAll, expect, test } from 'vitest';
import { BridgeError } from '../../../src/domain/errors.ts';
import { createUnverifiableRows } from '../../../src/ledger/create-unverifiable-rows.ts';
import { type ConsoleWorld, expectAccessible, openConsole } from '../../support/console.ts';
import { person } from '../../support/test-ledger.ts';

const ROWS = [
  ...Array.from({ length: 6 }, () => `$2y$10$${'a'.repeat(53)}`),
  ...Array.from({ length: 2 }, () => `$2y$08$${'a'.repeat(53)}`),
  '0cc175b9c0f1b6a831c399e269772661',
  '!',
].map((encoded) => ({ encoded, scheme: 'auto' }));

let world: ConsoleWorld;
beforeAll(async () => {
  world = await openConsole();
});
afterAll(() => world?.close());

test('The census is taken when asked for, says of how many rows it is, and what to do.', async () => {
  world.directory.sampleCredentials = async () => ROWS;
  world.directory.count = async () => 182_345;
  const page = await world.open('/passwords', { javaScriptEnabled: false });
  expect(await page.getByText('Nobody has looked since this instance started').count()).toBe(1);
  await page.getByRole('button', { name: 'Look now' }).click();
  expect(await page.getByRole('status').textContent()).toContain('Looked at 10 rows.');
  expect(await page.getByText('10 of about 182,345').count()).toBe(1);

  const row = page.getByRole('row', { name: /^bcrypt/ });
  expect((await row.getByRole('cell').allTextContents()).map((text) => text.trim())).toEqual([
    'set in 2 ways',
    '',
    '80%',
    '8',
  ]);
  const weak = page.getByRole('row', { name: /^cost 8/ });
  expect(await weak.textContent()).toContain("Bcrypt's cost is 8, and 10 is the least.");
  expect(await weak.locator('rect').getAttribute('width')).toBe('20%');

  const advice = page.getByRole('listitem').filter({ hasText: 'footbridge find --login NAME' });
  expect(await advice.first().textContent()).toContain('1 person, 10% of the sample');
  expect(await page.getByText('md5($pass)').count()).toBeGreaterThan(0);
  await page.context().close();
});

test('What was counted stays on the page with its time, and anew is counted by the button alone.', async () => {
  world.time.pass(3 * 3_600_000);
  const page = await world.open('/passwords');
  expect(await page.getByText('3 h ago').count()).toBeGreaterThan(0);
  world.directory.sampleCredentials = async () => ROWS.slice(0, 6);
  await page.reload();
  expect(await page.getByRole('row', { name: /^cost 8/ }).count()).toBe(1);
  await page.getByRole('button', { name: 'Look again' }).click();
  expect(await page.getByRole('row', { name: /^cost 8/ }).count()).toBe(0);
  await expectAccessible(page);
  await page.context().close();
});

test('An old table that is out is told, and what was counted before stays.', async () => {
  world.directory.sampleCredentials = async () => {
    throw new BridgeError('legacy_unavailable', 'The legacy directory is out.');
  };
  const page = await world.open('/passwords');
  await page.getByRole('button', { name: 'Look again' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('The legacy directory is out.');
  expect(await page.getByRole('row', { name: /^bcrypt/ }).count()).toBe(1);
  await page.context().close();
});

test('Whoever was turned away is listed by what the column looks like, with rows to look at.', async () => {
  await createUnverifiableRows(world).record(person(17), '40 hexadecimal digits');
  const page = await world.open('/passwords');
  const region = page.getByRole('region', { name: 'Turned away at the door' });
  const row = region.getByRole('row', { name: /40 hexadecimal digits/ });
  expect(await row.getByRole('cell').allTextContents()).toEqual(['legacy', '1', '17']);
  await page.context().close();
});

test('Looking is refused without the token of the form.', async () => {
  const page = await world.open('/passwords');
  const answer = await page.request.post(`${world.url}/passwords`, {
    form: {},
    headers: { Origin: world.url },
  });
  expect(answer.status()).toBe(403);
  await page.context().close();
});

test('Schemes are found by software and judgement; nothing found says what to do.', async () => {
  const page = await world.open('/passwords/schemes', { javaScriptEnabled: false });
  expect(await page.getByRole('link', { name: 'Next page' }).count()).toBe(1);
  await page.getByLabel('Name or software').fill('wordpress');
  await page.getByLabel('Judged').selectOption('strong');
  await page.getByRole('button', { name: 'Filter' }).click();
  expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['wordpress-bcrypt']);
  expect(await page.getByText('$wp$2y$10$').count()).toBe(1);
  await page.getByLabel('Name or software').fill('no such thing');
  await page.getByRole('button', { name: 'Filter' }).click();
  expect(await page.getByText('No scheme is like that').count()).toBe(1);
  await page.goto(`${world.url}/passwords/schemes?strength=superb`);
  expect(await page.getByText('This was not understood.').count()).toBe(1);
  await page.context().close();
});
