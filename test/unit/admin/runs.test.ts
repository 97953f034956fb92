import { afterEach, expect, test } from 'vitest';
import { type AdminWorld, startAdmin } from '../../support/admin-world.ts';
import { legacyUser } from '../../support/test-courier.ts';
import { captureOf } from '../../support/test-ledger.ts';

let world: AdminWorld;
afterEach(() => world.close());

const WANTED = { kind: 'backfill', target: 'new', options: {}, actor: 'cli:ann' } as const;

test('A backfill is begun, shown where the answer says, refused with other options, stopped, and in the trail.', async () => {
  world = await startAdmin();
  const begun = await world.api('POST', '/runs/backfill', {
    body: { target: 'new', only: ['id=1..9'], rate: 5 },
  });
  expect(begun).toMatchObject({
    status: 202,
    json: { kind: 'backfill', target: 'new', state: 'interrupted', resumed: false, progress: { done: 0 } },
  });
  const location = begun.headers.get('location');
  expect(location).toBe(`/api/v1/runs/${begun.json.id}`);
  const path = String(location).replace('/api/v1', '');
  expect((await world.api('GET', path)).json).toMatchObject({ id: begun.json.id, failures: [] });

  const other = await world.api('POST', '/runs/backfill', { body: { target: 'new' } });
  expect(other).toMatchObject({
    status: 409,
    json: { detail: expect.stringContaining(begun.json.id as string) },
  });
  const resumed = await world.api('POST', `${path}/resume`, { body: {} });
  expect(resumed).toMatchObject({ status: 202, json: { id: begun.json.id, resumed: true } });
  const stopped = await world.api('POST', `${path}/stop`);
  expect(stopped.json).toMatchObject({ state: 'stopped', endedAt: world.time.clock() });
  expect((await world.api('POST', `${path}/stop`)).status).toBe(400);
  const { json } = await world.api('GET', `/audit?subject=run%3A${begun.json.id}`);
  expect(json.items.map(({ actor, action }: Record<string, string>) => `${actor} ${action}`)).toEqual([
    'api:reads-and-writes run.stop',
    'api:reads-and-writes run.resume',
    'api:reads-and-writes run.start',
  ]);
});

test('A dry run is a rehearsal beside the backfill; unknown targets and runs are not found.', async () => {
  world = await startAdmin();
  await world.api('POST', '/runs/backfill', { body: { target: 'new' } });
  const dry = await world.api('POST', '/runs/backfill', { body: { target: 'new', dryRun: true } });
  expect(dry).toMatchObject({ status: 202, json: { kind: 'rehearsal' } });
  expect((await world.api('POST', '/runs/backfill', { body: { target: 'nowhere' } })).status).toBe(404);
  expect((await world.api('GET', '/runs/none')).status).toBe(404);
  for (const what of ['stop', 'accept'])
    expect((await world.api('POST', `/runs/none/${what}`)).status).toBe(404);
  expect(
    (await world.api('POST', '/runs/sync', { token: 'only-reads', body: { target: 'new' } })).status,
  ).toBe(403);
});

test('The same key begins one run, and tells again where it is.', async () => {
  world = await startAdmin();
  const headers = { 'Idempotency-Key': 'k' };
  const first = await world.api('POST', '/runs/sync', { headers, body: { target: 'new' } });
  const again = await world.api('POST', '/runs/sync', { headers, body: { target: 'new' } });
  expect(again.text).toBe(first.text);
  expect(again.headers.get('location')).toBe(first.headers.get('location'));
  expect(await world.runs.list({ limit: 9 })).toHaveLength(1);
});

test('A sync that waits for a yes says why, and takes the yes once, by somebody.', async () => {
  world = await startAdmin();
  const held = await world.runs.begin({ ...WANTED, kind: 'sync' });
  await held.end('held', 'More than 5 of 9 people are gone.');
  const path = `/runs/${held.run.id}`;
  expect((await world.api('GET', path)).json).toMatchObject({
    state: 'held',
    reason: 'More than 5 of 9 people are gone.',
  });
  expect((await world.api('POST', `${path}/accept`)).status).toBe(202);
  expect((await world.api('POST', `${path}/accept`)).status).toBe(400);
  expect((await world.api('GET', '/audit?action=run.accept')).json.items).toMatchObject([
    { actor: 'api:reads-and-writes', subject: `run:${held.run.id}` },
  ]);
});

test('A run under way tells how fast it is, how long it will take, and who failed since it began.', async () => {
  world = await startAdmin();
  for (let id = 1; id <= 100; id += 1) world.directory.users.set(String(id), legacyUser(id));
  const held = await world.runs.begin(WANTED);
  world.time.pass(10_000);
  await held.save('here', { read: 40, copied: 39 });
  await world.ledger.capture(captureOf(7));
  for (const claim of await world.ledger.claim({ target: 'new', limit: 9, leaseMs: 1_000 }))
    await world.ledger.settle(claim, { kind: 'parked', reason: 'too long' });
  const { json } = await world.api('GET', `/runs/${held.run.id}`);
  expect(json).toMatchObject({
    state: 'running',
    counters: { read: 40, copied: 39 },
    progress: { done: 40, total: 100, perSecond: 4, secondsLeft: 15 },
    failures: [{ state: 'parked', reason: 'too long', people: 1, remedy: expect.stringMatching(/\.$/) }],
  });
  expect(json.place).toBeUndefined();
  await world.api('POST', `/runs/${held.run.id}/stop`);
  expect((await world.api('GET', '/runs')).json.items).toMatchObject([{ state: 'stopping' }]);
  await held.end('stopped');
});

test('The list goes page by page, and by kind and target.', async () => {
  world = await startAdmin();
  for (const target of ['a', 'b', 'c']) await (await world.runs.begin({ ...WANTED, target })).end('done');
  await (await world.runs.begin({ ...WANTED, kind: 'sync' })).end('done');
  const seen: string[] = [];
  let next: string | undefined = '';
  while (next !== undefined) {
    const { json } = await world.api('GET', `/runs?limit=1${next && `&after=${next}`}`);
    seen.push(...json.items.map(({ kind, target }: Record<string, string>) => `${kind} ${target}`));
    next = json.next;
  }
  expect(seen.sort()).toEqual(['backfill a', 'backfill b', 'backfill c', 'sync new']);
  expect((await world.api('GET', '/runs?kind=sync')).json.items).toHaveLength(1);
  expect((await world.api('GET', '/runs?target=b')).json.items).toHaveLength(1);
  expect((await world.api('GET', '/runs?after=nonsense')).status).toBe(400);
});
