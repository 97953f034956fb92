import { expect, test } from 'vitest';
import type { Known } from '../../../../src/ledger/bulk.ts';
import { syncOptions } from '../../../../src/migration/options.ts';
import type { GoneDependencies } from '../../../../src/migration/sync/gone.ts';
import { createSafetyStop } from '../../../../src/migration/sync/safety-stop.ts';
import { SYNC_COUNTS, type SyncCounts } from '../../../../src/migration/sync.ts';
import { fakeTarget } from '../../../support/test-courier.ts';
import { person } from '../../../support/test-ledger.ts';

function setup(options: Record<string, unknown> = {}) {
  const done: string[] = [];
  const deps = {
    target: {
      ...fakeTarget(),
      disable: async (externalId: string) => {
        done.push(`disable ${externalId}`);
        return { kind: 'updated' };
      },
    },
    bulk: {
      mark: async (known: Known, to: { at: string }) => {
        done.push(`${to.at} ${known.externalId}`);
        return true;
      },
    },
    circuit: {},
    options: syncOptions.parse(options),
    revoke: async (subject: string) => void done.push(`revoke ${subject}`),
  } as unknown as GoneDependencies;
  const counts = Object.fromEntries(SYNC_COUNTS.map((name) => [name, 0])) as SyncCounts;
  return { deps, counts, done };
}

const gone = (id: number, known: Partial<Known> = {}) =>
  ({
    why: 'deleted',
    known: { person: person(id), externalId: `sub-${id}`, state: 'copied', copiedDigest: 'x', ...known },
  }) as never;
const some = (count: number) => Array.from({ length: count }, (_, id) => gone(id));

test('One per cent of the people may be gone; one more is a question, and nobody is touched.', async () => {
  const { deps, counts, done } = setup();
  const stop = createSafetyStop(1_000, false, counts, deps);
  expect(await stop.add(some(10))).toBe(true);
  expect(await stop.add(some(10))).toBe(true);
  expect(await stop.add(some(11))).toBe(false);
  expect(done).toEqual([]);
  expect(stop.question()).toContain('10 of 1000');
});

test('The bridge’s own door is closed first, then the target’s, and then the ledger says so.', async () => {
  const { deps, counts, done } = setup();
  const stop = createSafetyStop(1_000, false, counts, deps);
  await stop.add([gone(1)]);
  await stop.carry();
  expect(done).toEqual(['revoke sub-1', 'disable sub-1', 'disabled sub-1']);
  expect(counts.deleted).toBe(1);
});

test('With an admin’s yes any number is carried, as it is found.', async () => {
  const { deps, counts } = setup();
  const stop = createSafetyStop(100, true, counts, deps);
  expect(await stop.add(some(100))).toBe(true);
  expect(counts.deleted).toBe(100);
});

test('Whoever was never at the target is not locked out there.', async () => {
  const { deps, counts, done } = setup();
  const stop = createSafetyStop(100, true, counts, deps);
  await stop.add([gone(1, { copiedDigest: null, state: 'parked' })]);
  expect(done).toEqual(['revoke sub-1', 'as before sub-1']);
});

test('People who are gone already and for whom nothing can be done do not count.', async () => {
  const { deps, counts } = setup({ onDeleted: 'nothing' });
  const stop = createSafetyStop(10, false, counts, deps);
  expect(await stop.add(Array.from({ length: 50 }, (_, id) => gone(id, { state: 'gone' })))).toBe(true);
});
