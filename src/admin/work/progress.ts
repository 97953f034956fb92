import { BridgeError } from '../../domain/errors.ts';
import type { LedgerState } from '../../ledger/ledger.ts';
import type { Step, Totals } from '../../ledger/statistics.ts';
import { readStatus, type Status } from '../../report/read-status.ts';
import type { StewardsDesk } from '../desk.ts';
import { createHeadcount } from './headcount.ts';
import { type RunView, runView } from './runs.ts';

/** People at one target. Each person in the ledger is one of `copied`, `waiting`, `failing` and `setAside`. */
export interface TargetTotals {
  readonly target: string;
  /** Whose password has arrived by a login. */
  readonly across: number;
  /** Who is there as they are in legacy, whoever brought them: a backfill brings people without a password. */
  readonly copied: number;
  /** Captured, and copied or tried again by themselves. */
  readonly waiting: number;
  /** Parked or in conflict: they wait for an admin. */
  readonly failing: number;
  /** Excluded, gone, or with a password that changed: nothing is to be done before they log in again. */
  readonly setAside: number;
  /** About how many are in the legacy directories and not in the ledger; absent where nothing cheap says it. */
  readonly notSeen?: number | undefined;
}

/** What changes from moment to moment. */
export interface LiveTotals {
  /** About how many people the legacy directories hold. */
  readonly people?: number | undefined;
  readonly targets: readonly TargetTotals[];
  /** Those that have not ended. */
  readonly runs: readonly Pick<RunView, 'id' | 'kind' | 'target' | 'state' | 'progress'>[];
}

export interface Progress
  extends Pick<Status, 'clients' | 'people' | 'schemes' | 'reasons' | 'unverifiable'> {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly directoryPeople?: number | undefined;
  readonly targets: readonly (TargetTotals & Partial<Omit<Status['migration'][number], 'target'>>)[];
}

const KINDS: Readonly<Record<LedgerState, 'copied' | 'waiting' | 'failing' | 'setAside'>> = {
  captured: 'waiting',
  copying: 'waiting',
  retrying: 'waiting',
  copied: 'copied',
  parked: 'failing',
  conflict: 'failing',
  stale: 'setAside',
  gone: 'setAside',
  excluded: 'setAside',
};
const DAY = 86_400_000;
/** What is told when nobody says since when. */
const SPAN_MS: Readonly<Record<Step, number>> = { hour: 2 * DAY, day: 56 * DAY };

/** How far the migration is, for pages and API alike. */
export function createProgressWork(
  desk: Pick<
    StewardsDesk,
    'statistics' | 'clients' | 'circuit' | 'unverifiable' | 'targets' | 'directories' | 'store' | 'runs'
  >,
) {
  const { statistics, targets, store } = desk;
  const headcount = createHeadcount(desk);

  return {
    /** What `footbridge status` says. */
    async overview(): Promise<Progress> {
      const [status, people, at] = [await readStatus(desk), await headcount(), await store.now()];
      const { clients, schemes, reasons, unverifiable } = status;
      return {
        at,
        directoryPeople: people,
        clients,
        people: status.people,
        schemes,
        reasons,
        unverifiable,
        targets: totalsOf(await statistics.totals(), targets.keys(), people).map((totals) => ({
          ...status.migration.find(({ target }) => target === totals.target),
          ...totals,
        })),
      };
    },

    /**
     * Step by step, for a chart; moments in milliseconds since 1970, UTC.
     *
     * @param span from two days ago by the hour, or eight weeks ago by the day, until now unless said otherwise
     * @throws BridgeError `not_found` for a target that is not configured, `invalid_request` for too long a span
     */
    async series(
      target: string,
      { from, to, step }: { from?: number | undefined; to?: number | undefined; step: Step },
    ) {
      if (!targets.has(target)) throw new BridgeError('not_found', `There is no target "${target}".`);
      const end = to ?? (await store.now());
      const start = from ?? Math.max(0, end - SPAN_MS[step]);
      const series = await statistics.series({ target, from: start, to: end, step });
      return { target, step, people: await headcount(), ...series };
    },

    /** The few figures that are worth asking for again and again. */
    async totals(): Promise<LiveTotals> {
      const people = await headcount();
      const runs = await desk.runs.active();
      return {
        people,
        targets: totalsOf(await statistics.totals(), targets.keys(), people),
        runs: runs.map((run) => {
          const { id, kind, target, state, progress } = runView(run, people);
          return { id, kind, target, state, progress };
        }),
      };
    },
  };
}

function totalsOf(totals: Totals, configured: Iterable<string>, people: number | undefined): TargetTotals[] {
  const names = [...new Set([...configured, ...totals.people.map(({ target }) => target)])].sort();
  return names.map((target) => {
    const across = totals.across.find((one) => one.target === target)?.count ?? 0;
    const sums = { copied: 0, waiting: 0, failing: 0, setAside: 0 };
    let stillThere = 0;
    for (const { target: of, state, count } of totals.people) {
      if (of !== target) continue;
      sums[KINDS[state]] += count;
      // The rows of those who are gone may be gone, too.
      if (state !== 'gone') stillThere += count;
    }
    return {
      target,
      across,
      ...sums,
      notSeen: people === undefined ? undefined : Math.max(0, people - stillThere),
    };
  });
}
