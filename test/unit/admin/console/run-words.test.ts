import { expect, test } from 'vitest';
import {
  countersInWords,
  fateInWords,
  optionsInWords,
  stateInWords,
} from '../../../../src/admin/console/run-words.ts';
import { RUN_KINDS } from '../../../../src/admin/run-desk.ts';
import { RUN_STATES } from '../../../../src/admin/work/runs.ts';
import { noCounts } from '../../../../src/migration/backfill/page.ts';
import { SYNC_COUNTS } from '../../../../src/migration/sync.ts';

test('Every counter of every kind has words of its own, and nobody is left out.', () => {
  const backfill = Object.fromEntries(Object.keys(noCounts()).map((name) => [name, 1]));
  const sync = Object.fromEntries(SYNC_COUNTS.map((name) => [name, 1]));
  for (const [kind, counters] of [
    ['backfill', backfill],
    ['rehearsal', backfill],
    ['sync', sync],
  ] as const) {
    const lines = countersInWords({ kind, counters });
    expect(lines).toHaveLength(Object.keys(counters).length);
    for (const { what } of lines) expect(what).not.toMatch(/^The target/);
  }
});

test('What nobody was is left out; a target’s own words are told as such.', () => {
  const counters = { read: 0, copied: 0, 'would-create': 3 };
  expect(
    countersInWords({ kind: 'rehearsal', counters }).map(({ what, people }) => `${people} ${what}`),
  ).toEqual(['0 Read from the old tables', '3 The target would create']);
});

test('Every state of every kind is a sentence; only a backfill goes on where it was left.', () => {
  for (const kind of RUN_KINDS) {
    for (const state of RUN_STATES) expect(stateInWords({ kind, state })).toMatch(/^[A-Z].*\.$/);
  }
  expect(stateInWords({ kind: 'backfill', state: 'interrupted' })).toContain('where it was left');
  expect(stateInWords({ kind: 'sync', state: 'interrupted' })).toContain('from the start');
});

test('Options say who, what and how; of a sync none is kept.', () => {
  const options = { only: ['id=1..9'], withHashes: true, copy: false };
  expect(Object.fromEntries(optionsInWords({ kind: 'backfill', options }))).toEqual({
    Who: 'Those with an id from 1 to 9',
    What: expect.stringContaining('old hash'),
    How: expect.stringContaining('the couriers copy them'),
  });
  expect(optionsInWords({ kind: 'sync', options: {} }).map(([name]) => name)).toEqual(['Who', 'What']);
});

test('What becomes of people who are gone is said as far as the target can do it.', () => {
  expect(fateInWords(undefined)).toContain('cannot disable or remove');
  expect(fateInWords({ disable: true, remove: true })).toContain('disables or removes them');
});
