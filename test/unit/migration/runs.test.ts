import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRuns } from '../../../src/migration/runs/create-runs.ts';
import type { Runs } from '../../../src/migration/runs.ts';
import { systemRandom } from '../../../src/runtime/random.ts';
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
  expect(await runs.stop(held.run.id)).toBe('stopping');
  expect(await held.save('here', {})).toBe('stop');
  await held.leave();
  expect(await runs.stop(held.run.id)).toBe('stopped');
  await expect(runs.stop(held.run.id)).rejects.toThrow(/ended already/);
  expect(await runs.begin(WANTED)).toMatchObject({ resumed: false });
});

test('A held run waits for a yes, and takes it once.', async () => {
  const held = await runs.begin({ ...WANTED, kind: 'sync' });
  await held.end('held', 'Is that right?');
  await expect(runs.begin({ ...WANTED, kind: 'sync' })).rejects.toThrow(/--accept-deletions/);
  expect(await runs.accept(held.run.id)).toMatchObject({ run: { id: held.run.id } });
  await expect(runs.accept(held.run.id)).rejects.toThrow(/does not wait/);
});
