import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Forecast, forecast } from '../../../src/ledger/forecast.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const today = (days: number) => START + days * DAY;
const seen = (counts: readonly number[], before = 0, byBackfill = 0) => ({
  byBackfill,
  before,
  days: counts.flatMap((count, day) => (count === 0 ? [] : [{ day: START + day * DAY, count }])),
});
/** Whole numbers of newcomers when so many people come, each day the same part of those who have not. */
function saturating(people: number, rate: number, days: number): number[] {
  const across = (day: number) => Math.round(people * (1 - Math.exp(-rate * day)));
  return Array.from({ length: days }, (_, day) => across(day + 1) - across(day));
}
function fitted(result: Forecast): Extract<Forecast, { kind: 'fitted' }> {
  if (result.kind !== 'fitted') throw new Error(result.why);
  return result;
}

test('Newcomers that halve every ten days are forecast to go on so, each milestone to the day.', () => {
  const { activePeople, halvingDays, milestones } = fitted(
    forecast(seen(saturating(10_000, Math.LN2 / 10, 25)), today(25)),
  );
  expect(activePeople).toBeGreaterThan(9_800);
  expect(activePeople).toBeLessThan(10_200);
  expect(halvingDays).toBeCloseTo(10, 0);
  const [half, most, nearlyAll] = milestones;
  expect(half).toEqual({ percent: 50, kind: 'reached', day: expect.stringMatching(/^2026-01-1[45]$/) });
  // 10 days * log2(10), and * log2(100).
  expect(most).toMatchObject({ percent: 90, kind: 'expected', day: '2026-02-07' });
  expect(nearlyAll).toMatchObject({ percent: 99, kind: 'expected', day: '2026-03-12' });
});

test('Who came before the days that are told is among those who are across.', () => {
  const { activePeople, milestones } = fitted(
    forecast(seen(saturating(4_000, Math.LN2 / 10, 25), 6_000), today(25)),
  );
  expect(activePeople).toBeGreaterThan(9_800);
  expect(milestones[0]).toEqual({ percent: 50, kind: 'reached', day: null });
});

test.each([
  ['nobody', [], 0],
  ['thirteen days', Array(13).fill(1_000), 13],
  ['99 people', [99, ...Array(20).fill(0)], 21],
] as const)('Of %s nothing is forecast.', (_, counts, days) => {
  expect(forecast(seen(counts as number[]), today(days))).toMatchObject({ kind: 'too-little-data' });
});

test.each([
  ['stay as many', Array(30).fill(100)],
  ['become more', Array.from({ length: 30 }, (_, day) => 10 + 10 * day)],
  ['become a little fewer, within chance', Array.from({ length: 30 }, (_, day) => (day < 15 ? 10 : 9))],
  ['come and go by the week', Array.from({ length: 21 }, (_, day) => (day % 7 < 5 ? 200 : 20))],
])('No date is invented when the newcomers of a day %s.', (_, counts) => {
  expect(forecast(seen(counts), today(counts.length))).toMatchObject({ kind: 'not-falling' });
});

test('Whatever the days were, milestones are in order, within their range, and none is expected in the past.', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(5_000), { minLength: 1, maxLength: 56 }),
      fc.nat(100_000),
      fc.nat(30),
      (counts, before, pause) => {
        const days = counts.length + pause;
        const result = forecast(seen(counts, before), today(days));
        if (result.kind !== 'fitted') return;
        const lastDay = new Date(today(days)).toISOString().slice(0, 10);
        let previous = '';
        for (const one of result.milestones) {
          if (one.kind === 'reached') continue;
          expect(one.day >= lastDay && one.day >= previous).toBe(true);
          expect(one.earliest <= one.day && one.day <= one.latest).toBe(true);
          previous = one.day;
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('People whom a backfill has brought with their password are across, and are no newcomers of a day.', () => {
  const counts = saturating(10_000, Math.LN2 / 10, 25);
  const alone = fitted(forecast(seen(counts), today(25)));
  const backfilled = fitted(forecast(seen(counts, 0, 90_000), today(25)));
  expect(backfilled.activePeople).toBe(alone.activePeople + 90_000);
  expect(backfilled.byBackfill).toBe(90_000);
  expect(backfilled.halvingDays).toBe(alone.halvingDays);
  expect(alone.milestones.map(({ kind }) => kind)).toEqual(['reached', 'expected', 'expected']);
  expect(backfilled.milestones.map(({ kind }) => kind)).toEqual(['reached', 'reached', 'expected']);
});
