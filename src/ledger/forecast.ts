import type { Newcomers } from './statistics.ts';

const DAY = 86_400_000;
/** Two whole weeks, since people log in by the week. */
const LEAST_DAYS = 14;
const LEAST_PEOPLE = 100;
/** The range is of so many standard errors to each side: about 19 times in 20 the truth is in it. */
const STANDARD_ERRORS = 2;
const PERCENTS = [50, 90, 99] as const;

/**
 * When which part of the active people will be across. Active is who will log in sooner or later at the present pace;
 * who never does is not among them. The newcomers of each day are taken to become fewer by the same part each day, as
 * when everybody comes at a pace of their own; how fast they do is fitted to the days that are over. People whom a backfill
 * has brought with a hash that opens at the target are across at once, and are counted with the active; those of whom it
 * brought the profile alone are not across before they log in.
 */
export type Forecast =
  | { readonly kind: 'too-little-data' | 'not-falling'; readonly why: string }
  | {
      readonly kind: 'fitted';
      /** About so many will be across in the end. */
      readonly activePeople: number;
      /** Of these, those whom a backfill has brought with their password. */
      readonly byBackfill: number;
      /** After so many days the newcomers of a day are half as many. */
      readonly halvingDays: number;
      /** Whole days of newcomers that this rests on. */
      readonly days: number;
      readonly milestones: readonly Milestone[];
    };

/** Days as `2026-11-21` (UTC). `reached`: that many were across by the end of this day. */
export type Milestone =
  | { readonly percent: number; readonly kind: 'reached'; readonly day: string | null }
  | {
      readonly percent: number;
      readonly kind: 'expected';
      readonly day: string;
      readonly earliest: string;
      readonly latest: string;
    };

/** @param today the beginning of today (UTC), in milliseconds since 1970 */
export function forecast(newcomers: Newcomers, today: number): Forecast {
  const start = newcomers.days[0]?.day ?? today;
  const days = Math.round((today - start) / DAY);
  const people = newcomers.days.reduce((sum, { count }) => sum + count, 0);
  if (days < LEAST_DAYS || people < LEAST_PEOPLE) {
    const why = `A forecast needs ${LEAST_DAYS} whole days and ${LEAST_PEOPLE} newcomers; there are ${days} and ${people}.`;
    return { kind: 'too-little-data', why };
  }
  const rate = fitRate(newcomers, start, days, people);
  if (rate === undefined || rate.low <= 0) {
    const why =
      'The newcomers of a day have not become fewer beyond chance: it cannot be told yet how many are still to come.';
    return { kind: 'not-falling', why };
  }
  const sample: Sample = { newcomers, start, days, people };
  return {
    kind: 'fitted',
    activePeople: Math.round(activeAt(sample, rate.best)),
    byBackfill: newcomers.byBackfill,
    halvingDays: Math.round((10 * Math.LN2) / rate.best) / 10,
    days,
    milestones: PERCENTS.map((percent) => milestone(sample, rate, percent)),
  };
}

interface Sample {
  readonly newcomers: Newcomers;
  readonly start: number;
  readonly days: number;
  readonly people: number;
}

interface Rate {
  readonly best: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The maximum-likelihood rate of a geometric decay that is seen for some days alone, from the mean day of arrival. Its
 * error is widened by how much the days scatter around the curve more than chance would have it.
 */
function fitRate({ days: seen }: Newcomers, start: number, days: number, people: number): Rate | undefined {
  const position = (day: number) => Math.round((day - start) / DAY);
  const mean = seen.reduce((sum, { day, count }) => sum + position(day) * count, 0) / people;
  if (mean >= (days - 1) / 2) return undefined;
  let [low, high] = [1e-9, 10];
  for (let steps = 0; steps < 100; steps += 1) {
    const middle = (low + high) / 2;
    if (meanAt(middle, days) > mean) low = middle;
    else high = middle;
  }
  const best = (low + high) / 2;
  const counts = new Map(seen.map(({ day, count }) => [position(day), count]));
  const expected = (day: number) =>
    (people * (Math.exp(-best * day) - Math.exp(-best * (day + 1)))) / -Math.expm1(-best * days);
  let scatter = 0;
  for (let day = 0; day < days; day += 1) {
    scatter += ((counts.get(day) ?? 0) - expected(day)) ** 2 / Math.max(expected(day), 1);
  }
  const spread = (Math.sinh(best / 2) ** -2 - (days / Math.sinh((best * days) / 2)) ** 2) / 4;
  const error = Math.sqrt(Math.max(1, scatter / (days - 2)) / (people * spread));
  return { best, low: best - STANDARD_ERRORS * error, high: best + STANDARD_ERRORS * error };
}

/** The mean day of arrival, of those who arrive within so many days. */
const meanAt = (rate: number, days: number) => 1 / Math.expm1(rate) - days / Math.expm1(rate * days);

/** Everybody who will have come. */
const activeAt = ({ newcomers, days, people }: Sample, rate: number) =>
  alreadyThere(newcomers) + people / -Math.expm1(-rate * days);

/** Before the days that are told. */
const alreadyThere = ({ byBackfill, before }: Newcomers) => byBackfill + before;

function milestone(sample: Sample, rate: Rate, percent: number): Milestone {
  const { newcomers, people } = sample;
  const wanted = (percent / 100) * activeAt(sample, rate.best);
  if (wanted <= alreadyThere(newcomers) + people)
    return { percent, kind: 'reached', day: dayReached(sample, wanted) };
  const dayAt = (rate: number) => asDay(momentAt(sample, rate, percent));
  return {
    percent,
    kind: 'expected',
    day: dayAt(rate.best),
    earliest: dayAt(rate.high),
    latest: dayAt(rate.low),
  };
}

/** Null: before the days that are told. */
function dayReached({ newcomers }: Sample, wanted: number): string | null {
  let across = alreadyThere(newcomers);
  if (across >= wanted) return null;
  for (const { day, count } of newcomers.days) {
    across += count;
    if (across >= wanted) return asDay(day);
  }
  return null;
}

/** Not before the end of the days that were seen, at which it had not happened. */
function momentAt(sample: Sample, rate: number, percent: number): number {
  const { newcomers, start, days, people } = sample;
  const active = activeAt(sample, rate);
  const toCome = people / -Math.expm1(-rate * days);
  const part = ((percent / 100) * active - alreadyThere(newcomers)) / toCome;
  return start + Math.max(days, -Math.log1p(-part) / rate) * DAY;
}

const asDay = (moment: number) => new Date(moment).toISOString().slice(0, 10);
