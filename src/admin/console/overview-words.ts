import type { Forecast } from '../../ledger/forecast.ts';
import type { SeriesStep } from '../../ledger/statistics.ts';
import type { ClientView } from '../work/clients.ts';
import type { Progress, TargetTotals } from '../work/progress.ts';
import type { Formats } from './formats.ts';

type F = Pick<Formats, 'number' | 'count' | 'percent' | 'day'>;
type TargetProgress = Progress['targets'][number];

export interface Tile {
  readonly key: keyof Omit<TargetTotals, 'target'>;
  readonly label: string;
  readonly href: string;
  /** What these people have in common, after the share of them. */
  readonly hint: string;
}

/** Where each figure is told in full. */
export function tilesOf(target: string): Tile[] {
  return [
    { key: 'across', label: 'People across', href: `/targets/${target}`, hint: 'with their password' },
    { key: 'waiting', label: 'Waiting', href: `/targets/${target}`, hint: 'go on by themselves' },
    { key: 'failing', label: 'Failing', href: '/problems', hint: 'wait for an admin' },
    { key: 'setAside', label: 'Set aside', href: '/problems', hint: 'nothing to do now' },
    { key: 'notSeen', label: 'Not yet seen', href: '/runs', hint: 'in the old table alone' },
  ];
}

export interface ForecastWords {
  readonly milestones: readonly { percent: number; day: string; range?: string; reached: boolean }[];
  /** What it rests on, or why there is none. */
  readonly sentence: string;
}

export function forecastWords(forecast: Forecast | undefined, f: F): ForecastWords {
  if (forecast === undefined) {
    return { milestones: [], sentence: 'Nobody has been captured yet, so there is nothing to tell from.' };
  }
  if (forecast.kind !== 'fitted') return { milestones: [], sentence: forecast.why };
  const { activePeople, byBackfill, halvingDays, days, milestones } = forecast;
  const brought =
    byBackfill === 0 ? '' : `, with ${f.number(byBackfill)} whom a backfill has brought with their password`;
  const day = (iso: string) => f.day(Date.parse(iso));
  return {
    milestones: milestones.map((one) =>
      one.kind === 'expected'
        ? {
            percent: one.percent,
            day: day(one.day),
            range: `between ${shortened(day(one.earliest), day(one.latest))} and ${day(one.latest)}`,
            reached: false,
          }
        : { percent: one.percent, day: one.day === null ? 'long ago' : day(one.day), reached: true },
    ),
    sentence:
      `It rests on ${f.count(days, 'whole day', 'whole days')} of newcomers, who halve in ${halvingDays} days: about ` +
      `${f.number(activePeople)} people log in sooner or later${brought}. Who never does is not among them. A switch that is ` +
      'turned shifts it for some days.',
  };
}

/** Without the year that is told anyway. */
function shortened(day: string, other: string): string {
  const year = day.slice(-5);
  return other.endsWith(year) ? day.slice(0, -5) : day;
}

export interface Throughput {
  readonly thisHour: number;
  readonly hourBefore: number;
  readonly lastDay: number;
  readonly busiest: number;
  readonly oldestWaitingMs: number | undefined;
  /** Absent while nobody has logged in. */
  readonly active: string | undefined;
}

/** @param steps the last hours, the one that has begun included */
export function throughputOf(
  { oldestWaitingSeconds, active }: TargetProgress,
  steps: readonly SeriesStep[],
  f: F,
): Throughput {
  const copies = steps.map(({ copied }) => copied);
  const lastDay = copies.slice(-24);
  return {
    thisHour: copies.at(-1) ?? 0,
    hourBefore: copies.at(-2) ?? 0,
    lastDay: lastDay.reduce((sum, one) => sum + one, 0),
    busiest: Math.max(0, ...lastDay),
    oldestWaitingMs: typeof oldestWaitingSeconds === 'number' ? oldestWaitingSeconds * 1000 : undefined,
    active: active && active.people > 0 ? activeWords(active, f) : undefined,
  };
}

/** Of very many people some are looked at: said as what it is. */
function activeWords({ people, lookedAt, across }: NonNullable<TargetProgress['active']>, f: F): string {
  const share = f.percent(across, lookedAt);
  if (people === lookedAt) return `${f.number(people)}, of whom ${share} are across`;
  return `${f.number(people)}; of ${f.number(lookedAt)} looked at, ${share} are across`;
}

/** For whom and when a switch means what it says. */
export function clientHints({ percent, startsAt, endsAt, apps }: ClientView['migration'], now: number, f: F) {
  const own = Object.keys(apps ?? {}).length;
  return [
    ...(percent === 100 ? [] : [`for ${percent}% of the people`]),
    ...(startsAt !== undefined && startsAt > now ? [`from ${f.day(startsAt)}`] : []),
    ...(endsAt === undefined ? [] : [endsAt > now ? `until ${f.day(endsAt)}` : `ended ${f.day(endsAt)}`]),
    ...(own === 0 ? [] : [`${f.count(own, 'app', 'apps')} of its own mode`]),
  ].join(', ');
}
