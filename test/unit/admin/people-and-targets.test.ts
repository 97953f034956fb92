import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientMetadata } from '../../../src/clients/client.ts';
import type { Mode } from '../../../src/clients/migration.ts';
import { type AdminWorld, startAdmin } from '../../support/admin-world.ts';
import { legacyUser, loginOf } from '../../support/test-courier.ts';
import { captureOf, person } from '../../support/test-ledger.ts';

let world: AdminWorld;
beforeEach(async () => {
  world = await startAdmin();
});
afterEach(() => world.close());

async function register(mode: Mode) {
  const metadata = clientMetadata.parse({ client_id: 'app', redirect_uris: ['https://idp.example.com/cb'] });
  await world.clients.add(metadata, { target: 'new', mode, percent: 100 }, 'test');
}

const copy = (id: number) => world.api('POST', `/people/legacy/${id}/copy`, { body: { target: 'new' } });
const claim = () => world.ledger.claim({ target: 'new', limit: 1, leaseMs: 1000 });
const explained = async (id: number) => (await world.api('GET', `/people/legacy/${id}`)).json.targets[0];

test('What waits for a person is copied next, also when it would have been tried again much later.', async () => {
  await register('lazy');
  for (const id of [1, 2, 3]) await world.ledger.capture(captureOf(id));
  expect((await copy(3)).json).toMatchObject({ what: 'hurried' });
  const [next] = await claim();
  expect(next?.person).toEqual(person(3));
  if (next !== undefined) {
    const later = { kind: 'retrying', reason: 'Busy.', delayMs: 3_600_000, spendAttempt: true } as const;
    await world.ledger.settle(next, later);
  }
  expect((await copy(3)).status).toBe(200);
  expect((await claim())[0]?.person).toEqual(person(3));
  const trail = (await world.api('GET', '/audit?subject=person%3Alegacy%3A3')).json.items;
  expect(trail[0]).toMatchObject({ action: 'ledger.hurry', before: { state: 'retrying' } });
});

test('Where nothing waits the profile alone is copied, and never a password.', async () => {
  world.directory.users.set('7', legacyUser(7));
  expect((await copy(7)).json).toMatchObject({
    what: 'entered',
    sentence: expect.stringContaining('without a password'),
  });
  const [next] = await claim();
  expect(next).toMatchObject({ person: person(7), clientId: '', rehash: undefined });
  expect(await world.ledger.find('new', person(7))).toMatchObject({ origin: 'admin', scheme: null });
  expect((await world.api('GET', '/audit?action=ledger.copy')).json.items).toMatchObject([
    { subject: 'person:legacy:7', after: { target: 'new' } },
  ]);
});

test('What cannot be copied now is refused with a sentence that says why.', async () => {
  await register('off');
  const refusal = async (id: number) => {
    const { status, json } = await copy(id);
    expect(status).toBe(409);
    return json.detail;
  };
  expect(await refusal(1)).toContain('no such person');
  world.directory.users.set('1', { ...legacyUser(1), status: 'disabled' });
  expect(await refusal(1)).toContain('disabled in legacy');
  await world.ledger.capture(captureOf(2));
  expect(await refusal(2)).toContain('no switch of client "app"');
  await world.clients.setMode('app', 'lazy', 'test');
  world.directory.users.set('2', legacyUser(2));
  const park = { target: 'new', reason: 'Asked to wait.' };
  await world.api('POST', '/people/legacy/2/park', { body: park });
  expect(await refusal(2)).toContain('waits for an admin');
  await world.api('POST', '/people/legacy/2/exclude', { body: park });
  expect(await refusal(2)).toContain('excluded');
  world.directory.out = true;
  expect((await copy(9)).status).toBe(503);
  expect((await world.api('POST', '/people/legacy/2/copy', { body: { target: 'nowhere' } })).status).toBe(
    400,
  );
});

test('A person’s page says why they are where they are, what to do about it, and when what happened.', async () => {
  await register('off');
  const anna = legacyUser(7);
  world.directory.users.set('7', anna);
  await world.ledger.capture(loginOf(anna));
  expect(await explained(7)).toMatchObject({
    why: expect.stringContaining('is held: no switch of client "app"'),
    remedy: expect.stringContaining('Turn a switch'),
    acrossAt: null,
    updatedAt: world.time.clock(),
  });
  await world.clients.setMode('app', 'lazy', 'test');
  expect(await explained(7)).toMatchObject({ why: expect.stringContaining('waits for its turn') });
  const pause = { minutes: 5, reason: 'Maintenance.' };
  await world.api('POST', '/targets/new/pause', { body: pause });
  expect(await explained(7)).toMatchObject({
    why: expect.stringContaining('left alone for now. Maintenance.'),
  });
  await world.api('POST', '/targets/new/resume');
  const [claimed] = await claim();
  if (claimed !== undefined)
    await world.ledger.settle(claimed, { kind: 'conflict', reason: 'E-mail taken.' });
  expect(await explained(7)).toMatchObject({
    why: 'E-mail taken.',
    remedy: expect.stringContaining('Find out whose row it is'),
  });
});

test('The sessions of a person are ended by who they are, and the trail has it.', async () => {
  expect((await world.api('POST', '/people/legacy/7/revoke')).json).toEqual({ sessions: 1, grants: 2 });
  expect((await world.api('GET', '/audit?action=sessions.revoke')).json.items).toHaveLength(1);
  expect((await world.api('POST', '/people/nowhere/7/revoke')).status).toBe(404);
});

test('A target says how many people wait, failed and are across, what failed last, and whose people it gets.', async () => {
  await register('lazy');
  const captured = world.time.clock();
  for (const id of [1, 2, 3]) await world.ledger.capture(captureOf(id));
  world.time.pass(500);
  const [first] = await claim();
  if (first !== undefined) await world.ledger.settle(first, { kind: 'copied', profileDigest: 'p' });
  const [second] = await claim();
  if (second !== undefined) await world.ledger.settle(second, { kind: 'parked', reason: 'Too long.' });
  expect((await world.api('GET', '/targets/new')).json).toMatchObject({
    connector: 'sql',
    queue: { waiting: 1, retrying: 0, failing: 1, copied: 1, other: 0, oldestWaiting: captured },
    lastFailure: { state: 'parked', reason: 'Too long.', at: world.time.clock() },
    clients: [{ client_id: 'app', mode: 'lazy', copies: true }],
  });
});
