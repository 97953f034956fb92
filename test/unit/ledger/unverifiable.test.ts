import { expect, test } from 'vitest';
import { createUnverifiableRows } from '../../../src/ledger/create-unverifiable-rows.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { openMemoryStore, person } from '../../support/test-ledger.ts';

test('Unverifiable rows are counted once a row, by what their column looks like.', async () => {
  const rows = createUnverifiableRows({ store: await openMemoryStore(systemClock) });
  await Promise.all([1, 2, 1].map((id) => rows.record(person(id), '60 characters, starts with "$2q$"')));
  await rows.record(person(3), 'empty');
  await rows.record(person(4), 'empty');
  await rows.clear(person(4));
  const summary = await rows.summary();
  expect(summary.map((group) => ({ ...group, legacyIds: group.legacyIds.toSorted() }))).toEqual([
    {
      directory: 'legacy',
      shape: '60 characters, starts with "$2q$"',
      people: 2,
      legacyIds: ['1', '2'],
    },
    { directory: 'legacy', shape: 'empty', people: 1, legacyIds: ['3'] },
  ]);
});
