import { expect, test } from 'vitest';
import type { Known } from '../../../../src/ledger/bulk.ts';
import { syncOptions } from '../../../../src/migration/options.ts';
import { createSafetyStop, type SafetyStopDependencies } from '../../../../src/migration/sync/safety-stop.ts';
import { SYNC_COUNTS, type SyncCounts } from '../../../../src/migration/sync.ts';
import { fakeTarget } from '../../../support/test-courier.ts';
import { person } from '../../../support/test-ledger.ts';

function setup(options: Record<string, unknown> = {}) {
  const done: string[] = [];
  const clients: unknown[] = [];
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
    clients: { list: async () => clients },
  } as unknown as SafetyStopDependencies;
  const counts = Object.fromEntries(SYNC_COUNTS.map((name) => [name, 0])) as SyncCounts;
  return { deps, counts, done, clients };
}

const gone = (id: number, known: Partial<Known> = {}, why = 'deleted') =>
  ({
    why,
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
  expect(stop.question()).toContain(
    '11 people were found deleted and 0 disabled in legacy, of 1000; 10 of each',
  );
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

test('Deleted and disabled people are counted apart, and the question names both.', async () => {
  const { deps, counts, done } = setup();
  const stop = createSafetyStop(1_000, false, counts, deps);
  const disabled = Array.from({ length: 10 }, (_, id) => gone(100 + id, {}, 'disabled'));
  expect(await stop.add([...some(10), ...disabled])).toBe(true);
  expect(await stop.add([gone(200, {}, 'disabled')])).toBe(false);
  expect(stop.question()).toContain('10 people were found deleted and 11 disabled');
  expect(done).toEqual([]);
});

test('Who was disabled first and is deleted now counts once, as deleted.', async () => {
  const { deps, counts } = setup();
  const stop = createSafetyStop(100, false, counts, deps);
  await stop.add([gone(1, {}, 'disabled')]);
  await stop.add([gone(1)]);
  await stop.carry();
  expect(counts).toMatchObject({ deleted: 1, disabled: 0 });
});

test('In a small table a few never wait, whatever their share.', async () => {
  const { deps, counts } = setup({ holdAbovePeople: 3 });
  const stop = createSafetyStop(10, false, counts, deps);
  expect(await stop.add(some(3))).toBe(true);
  expect(await stop.add(some(4))).toBe(false);
});

test('People of a client that is off are left as they are and ask nothing; those of a removed one are carried.', async () => {
  const { deps, counts, done, clients } = setup();
  const off = { mode: 'off', target: 'new', percent: 100 };
  clients.push({ metadata: { client_id: 'app' }, migration: off });
  const stop = createSafetyStop(100, false, counts, deps);
  const people = Array.from({ length: 50 }, (_, id) => gone(id, { clientId: 'app' } as Partial<Known>));
  expect(await stop.add(people)).toBe(true);
  expect(await stop.add([...people, gone(99, { clientId: 'removed' } as Partial<Known>)])).toBe(true);
  await stop.carry();
  expect(done).toEqual(['revoke sub-99', 'disable sub-99', 'disabled sub-99']);
  expect(counts).toMatchObject({ heldBack: 50, deleted: 1 });
});
