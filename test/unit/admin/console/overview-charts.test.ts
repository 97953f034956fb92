import { expect, test } from 'vitest';
import { createFormats } from '../../../../src/admin/console/formats.ts';
import { burnDown, copiesPerHour } from '../../../../src/admin/console/overview-charts.ts';
import type { Forecast } from '../../../../src/ledger/forecast.ts';
import type { SeriesStep } from '../../../../src/ledger/statistics.ts';

const DAY = 86_400_000;
const TODAY = Date.UTC(2026, 10, 19);
const f = createFormats(TODAY);

/** @param across by the end of each day, today last */
const daysOf = (...across: number[]): SeriesStep[] =>
  across.map((number, index) => ({
    at: TODAY - (across.length - 1 - index) * DAY,
    captured: 0,
    copied: 0,
    failed: 0,
    across: number,
  }));

const fitted: Forecast = {
  kind: 'fitted',
  activePeople: 80,
  byBackfill: 0,
  halvingDays: 1,
  days: 14,
  milestones: [
    { percent: 99, kind: 'expected', day: '2026-11-22', earliest: '2026-11-21', latest: '2026-11-30' },
  ],
};

test('The burn-down falls from everybody, and begins a day before the first.', () => {
  const { rows, chart, label, falls } = burnDown(
    { people: 100, before: 0, steps: daysOf(0, 0, 0, 0, 10, 20, 25, 30, 35, 40, 41, 42) },
    undefined,
    f,
  );
  expect(falls).toBe(true);
  expect(rows.map(({ people }) => people)).toEqual([100, 90, 80, 75, 70, 65, 60, 59, 58]);
  expect(chart.series).toHaveLength(1);
  expect(label).toBe('People not yet across, by day: 100 people on 11 Nov 2026; 58 people on 19 Nov 2026.');
});

test('It goes on as the forecast has it, until 99 % are expected and never upwards.', () => {
  const steps = daysOf(0, 0, 0, 0, 0, 20, 39, 41);
  const { rows, chart } = burnDown({ people: 100, before: 0, steps }, fitted, f);
  // Of the 41 who were still to come this morning, half come today, and so on.
  expect(rows.slice(-3).map(({ expected }) => expected)).toEqual([30, 25, 23]);
  expect(rows.slice(-3).map(({ at }) => (at - TODAY) / DAY)).toEqual([1, 2, 3]);
  const [past, future] = chart.series;
  expect(past?.values.slice(-4)).toEqual([59, null, null, null]);
  expect(future?.values.slice(-5)).toEqual([null, 59, 30, 25, 23]);
  const brought: Forecast = { ...fitted, activePeople: 90, byBackfill: 10 };
  expect(burnDown({ people: 100, before: 0, steps }, brought, f).rows).toEqual(rows);
  const ahead = burnDown({ people: 100, before: 0, steps: daysOf(0, 0, 0, 0, 0, 20, 39, 79) }, fitted, f);
  expect(ahead.rows.slice(-3).every(({ expected }) => (expected ?? 99) <= 21)).toBe(true);
});

test('Where nothing says how many people there are, it tells who is across.', () => {
  const { rows, falls, label } = burnDown({ before: 5, steps: daysOf(5, 7) }, undefined, f);
  expect(falls).toBe(false);
  expect(rows.map(({ people }) => people)).toEqual([5, 7]);
  expect(label).toBe('People across, by day: 5 people on 18 Nov 2026; 7 people on 19 Nov 2026.');
});

test('Copies per hour are told with their sum and the busiest hour.', () => {
  const steps = [3, 0, 8].map((copied, index) => ({
    at: TODAY + index * 3_600_000,
    captured: 0,
    copied,
    failed: 0,
    across: 0,
  }));
  const { label, chart } = copiesPerHour({ steps }, f);
  expect(label).toBe('Copies per hour: 11 copies in the last 3 hours, at most 8 copies in an hour.');
  expect(chart).toMatchObject({ kind: 'bars', series: [{ values: [3, 0, 8] }] });
});
