import type { Forecast } from '../../ledger/forecast.ts';
import type { Series } from '../../ledger/statistics.ts';
import type { Formats } from './formats.ts';

const DAY = 86_400_000;
/** A line needs some width, even on the first day. */
const LEAST_DAYS = 7;
const MOST_DAYS_AHEAD = 60;

/** What `assets/chart.js` draws. */
interface Chart {
  readonly kind: 'line' | 'bars';
  /** Seconds since 1970. */
  readonly x: readonly number[];
  readonly series: readonly {
    readonly label: string;
    readonly values: readonly (number | null)[];
    readonly dashed?: boolean;
  }[];
  readonly days?: boolean;
}

export interface DrawnFigures<Row> {
  readonly chart: Chart;
  /** The chart in a sentence. */
  readonly label: string;
  /** The same figures for a table, oldest first. */
  readonly rows: readonly Row[];
}

export interface BurnDown extends DrawnFigures<{ at: number; people?: number; expected?: number }> {
  /** Whether people who are not yet across are told; those who are, where nothing says how many there are. */
  readonly falls: boolean;
}

/**
 * People who are not yet across by the end of each day, and as the forecast has it for the days to come.
 *
 * @param series by the day, until today
 */
export function burnDown(
  { people, before, steps }: Series & { readonly people?: number | undefined },
  forecast: Forecast | undefined,
  f: Pick<Formats, 'day' | 'count'>,
): BurnDown {
  const seen = sinceBeginning(before, steps);
  const falls = people !== undefined;
  const told = (across: number) => (people === undefined ? across : Math.max(0, people - across));
  const past = seen.map(({ at, across }) => ({ at, people: told(across) }));
  const today = seen.at(-1);
  const acrossBefore = seen.at(-2)?.across ?? before;
  const future = (today ? expectedAfter(today, acrossBefore, forecast, seen.length) : []).map(
    ({ at, across }) => ({ at, expected: told(across) }),
  );
  const title = falls ? 'People not yet across' : 'People across';
  const [first, last, end] = [past[0], past.at(-1), future.at(-1)];
  const point = ({ at, number }: { at: number; number: number }) =>
    `${f.count(number, 'person', 'people')} on ${f.day(at)}`;
  const label = [
    first && point({ at: first.at, number: first.people }),
    last && last !== first ? point({ at: last.at, number: last.people }) : undefined,
    end && `expected ${point({ at: end.at, number: end.expected })}`,
  ].filter((part) => part !== undefined);
  return {
    falls,
    label: `${title}, by day: ${label.join('; ')}.`,
    rows: [...past, ...future],
    chart: {
      kind: 'line',
      days: true,
      x: [...past, ...future].map(({ at }) => at / 1000),
      series: [
        { label: title, values: [...past.map((one) => one.people), ...future.map(() => null)] },
        ...(future.length === 0
          ? []
          : [
              {
                label: 'Expected',
                dashed: true,
                values: [
                  ...past.map((one) => (one === last ? one.people : null)),
                  ...future.map(({ expected }) => expected),
                ],
              },
            ]),
      ],
    },
  };
}

/** @param series by the hour, until now */
export function copiesPerHour(
  { steps }: Pick<Series, 'steps'>,
  f: Pick<Formats, 'count'>,
): DrawnFigures<{ at: number; copies: number }> {
  const rows = steps.map(({ at, copied }) => ({ at, copies: copied }));
  const sum = rows.reduce((all, { copies }) => all + copies, 0);
  const most = Math.max(0, ...rows.map(({ copies }) => copies));
  return {
    rows,
    label: `Copies per hour: ${f.count(sum, 'copy', 'copies')} in the last ${rows.length} hours, at most ${f.count(most, 'copy', 'copies')} in an hour.`,
    chart: {
      kind: 'bars',
      x: rows.map(({ at }) => at / 1000),
      series: [{ label: 'Copies', values: rows.map(({ copies }) => copies) }],
    },
  };
}

/** Without the days before anything happened, but for one that the line begins at. */
function sinceBeginning(before: number, steps: Series['steps']): Series['steps'] {
  if (before > 0) return steps;
  const first = steps.findIndex(({ captured, copied, across }) => captured + copied + across > 0);
  const latest = Math.max(0, steps.length - LEAST_DAYS);
  return steps.slice(first < 0 ? latest : Math.max(0, Math.min(first - 1, latest)));
}

/**
 * As many days as there were, or until 99 % of the active people are expected; the forecast's own curve: the part that
 * is still to come is halved again and again.
 *
 * Whom a backfill has brought with their password is not among those who come.
 *
 * @param acrossBefore by the beginning of today, which is what the forecast is fitted to
 */
function expectedAfter(
  today: { readonly at: number; readonly across: number },
  acrossBefore: number,
  forecast: Forecast | undefined,
  days: number,
): { at: number; across: number }[] {
  if (forecast?.kind !== 'fitted') return [];
  const { activePeople, byBackfill, halvingDays, milestones } = forecast;
  const byLogin = activePeople - byBackfill;
  const end = milestones.at(-1);
  const until = end?.kind === 'expected' ? Math.ceil((Date.parse(end.day) - today.at) / DAY) : 0;
  return Array.from({ length: Math.max(0, Math.min(until, days, MOST_DAYS_AHEAD)) }, (_, index) => {
    const toCome = (byLogin - acrossBefore) * 2 ** (-(index + 2) / Math.max(halvingDays, 0.1));
    return {
      at: today.at + (index + 1) * DAY,
      across: Math.max(today.across, Math.round(byLogin - toCome)),
    };
  });
}
