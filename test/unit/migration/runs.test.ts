import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRuns } from '../../../src/migration/runs/create-runs.ts';
import { ROUTINE, type Run, type Runs } from '../../../src/migration/runs.ts';
import { systemRandom } from '../../../src/runtime/random.ts';
import { readAudit } from '../../../src/store/audit.ts';
import type { Store } from '../../../src/store/store.ts';
import { openMemoryStore, type StoppedClock, stoppedClock } from '../../support/test-ledger.ts';

const WANTED = { kind: 'backfill', target: 'new', options: { only: [] }, actor: 'test' } as const;
let time: StoppedClock;
let store: Store;
let runs: Runs;
beforeEach(async () => {
  time = stoppedClock();
  store = await openMemoryStore(time.clock);
  runs = createRuns({ store, random: systemRandom, leaseMs: 60_000 });
});
afterEach(() => store.close());

test('A run that was left is taken up where it stood, with what was counted.', async () => {
  const first = await runs.begin(WANTED);
  await first.save('page 7', { copied: 70 });
  await first.leave();
  const second = await runs.begin(WANTED);
  expect(second).toMatchObject({
    resumed: true,
    run: { id: first.run.id, place: 'page 7', counters: { copied: 70 } },
  });
  expect(await first.save('page 1', {})).toBe('lost');
  expect(await runs.find(first.run.id)).toMatchObject({ place: 'page 7' });
});

test('Other options are not the same run, and another target has runs of its own.', async () => {
  await (await runs.begin(WANTED)).leave();
  await expect(runs.begin({ ...WANTED, options: { only: ['id=1..2'] } })).rejects.toThrow(/other options/);
  await expect(runs.begin({ ...WANTED, target: 'other' })).resolves.toMatchObject({ resumed: false });
});

test('A run is asked to stop, and one that nobody is at ends at once.', async () => {
  const held = await runs.begin(WANTED);
  expect(await runs.stop(held.run.id, 'ann')).toBe('stopping');
  expect(await held.save('here', {})).toBe('stop');
  await held.leave();
  expect(await runs.stop(held.run.id, 'ann')).toBe('stopped');
  await expect(runs.stop(held.run.id, 'ann')).rejects.toThrow(/ended already/);
  expect(await runs.begin(WANTED)).toMatchObject({ resumed: false });
});

test('A held run waits for a yes, and takes it once.', async () => {
  const held = await runs.begin({ ...WANTED, kind: 'sync' });
  await held.end('held', 'Is that right?');
  await expect(runs.begin({ ...WANTED, kind: 'sync' })).rejects.toThrow(/--accept-deletions/);
  expect(await runs.accept(held.run.id, 'ann')).toMatchObject({ run: { id: held.run.id } });
  await expect(runs.accept(held.run.id, 'ann')).rejects.toThrow(/does not wait/);
});

test('Who began, took up, accepted or stopped a run is in the audit trail; what the configuration does by itself is not.', async () => {
  const begun = await runs.begin({ ...WANTED, actor: 'ann' });
  await begun.leave();
  await runs.stop((await runs.begin({ ...WANTED, actor: 'bob' })).run.id, 'cem');
  const sync = await runs.begin({ ...WANTED, kind: 'sync', options: {}, actor: ROUTINE });
  await sync.end('held', 'Is that right?');
  await (await runs.accept(sync.run.id, 'dan')).leave();
  await runs.stop(sync.run.id, 'eva');
  const lines = async (id: string) =>
    (await readAudit(store, `run:${id}`)).map(({ actor, action, after }) => ({ actor, action, after }));
  expect(await lines(begun.run.id)).toEqual([
    { actor: 'ann', action: 'run.start', after: { kind: 'backfill', target: 'new', options: { only: [] } } },
    { actor: 'bob', action: 'run.resume', after: { state: 'running' } },
    { actor: 'cem', action: 'run.stop', after: { state: 'stopping' } },
  ]);
  expect(await lines(sync.run.id)).toEqual([
    { actor: 'dan', action: 'run.accept', after: { state: 'running' } },
    { actor: 'eva', action: 'run.stop', after: { state: 'stopped' } },
  ]);
});

test('Runs are listed page by page, the newest first, also those that began at one moment.', async () => {
  for (const target of ['a', 'b', 'c', 'd']) {
    await (await runs.begin({ ...WANTED, target })).end('done');
    if (target === 'b') time.pass(1);
  }
  await (await runs.begin({ ...WANTED, kind: 'sync', target: 'a' })).leave();
  const seen: string[] = [];
  let after: Run | undefined;
  do {
    const page: Run[] = await runs.list({ limit: 2, after });
    seen.push(...page.map(({ kind, target }) => `${kind} ${target}`));
    after = page.at(-1);
  } while (after !== undefined);
  expect(seen.slice(0, 3).sort()).toEqual(['backfill c', 'backfill d', 'sync a']);
  expect(seen.slice(3).sort()).toEqual(['backfill a', 'backfill b']);
  expect(await runs.list({ limit: 9 }, { kind: 'backfill', target: 'a' })).toHaveLength(1);
  expect(await runs.active()).toMatchObject([{ kind: 'sync', attended: false }]);
});

test('A run says since when somebody is at it, what had been read by then, and why it stands still.', async () => {
  const first = await runs.begin(WANTED);
  await first.save('page 7', { read: 70 });
  await first.leave('The legacy directory is out.');
  expect(await runs.find(first.run.id)).toMatchObject({
    readBefore: 0,
    reason: 'The legacy directory is out.',
  });
  time.pass(5_000);
  const second = await runs.begin(WANTED);
  const found = await runs.find(first.run.id);
  expect(found).toMatchObject({ readBefore: 70, takenUpAt: time.clock(), reason: null });
  expect(second.run).toMatchObject({ readBefore: 70, takenUpAt: time.clock() });
});
