import type { Clients } from '../clients/clients.ts';
import type { Migration } from '../clients/migration.ts';
import { type Forecast, forecast } from '../ledger/forecast.ts';
import type { LedgerState } from '../ledger/ledger.ts';
import { remedyFor } from '../ledger/remedies.ts';
import { ACTIVE_DAYS, type Overview, type Statistics, type TargetFigures } from '../ledger/statistics.ts';
import type { TargetCircuit } from '../ledger/target-circuit.ts';
import type { UnverifiableRows } from '../ledger/unverifiable.ts';

/** What the operator sees of the migration. Times in seconds or as ISO 8601 in UTC. */
export interface Status {
  /** `migration` has the limits of the switch, and the switches of apps. */
  readonly clients: readonly {
    client_id: string;
    mode: string;
    target: string | null;
    migration: Migration;
  }[];
  /** Everybody in the ledger, by why. */
  readonly ledger: readonly { target: string; state: LedgerState; reason: string | null; count: number }[];
  /** Everybody in the ledger, by client. */
  readonly people: readonly { client_id: string; target: string; state: LedgerState; count: number }[];
  /** By which password; null: of people whom no login has brought. */
  readonly schemes: readonly { target: string; scheme: string | null; people: number; copied: number }[];
  readonly oldestWaitingSeconds: number | null;
  readonly migration: readonly {
    readonly target: string;
    readonly oldestWaitingSeconds: number | null;
    readonly copiesByHour: readonly { hour: string; copies: number }[];
    /** People who logged in within so many days, at any client; and of those looked at, whose password is at the target. */
    readonly active: {
      readonly days: number;
      readonly people: number;
      readonly lookedAt: number;
      readonly across: number;
    };
    readonly forecast: Forecast;
  }[];
  readonly reasons: readonly {
    readonly target: string;
    readonly state: LedgerState;
    readonly reason: string;
    readonly people: number;
    readonly remedy: string;
  }[];
  readonly targets: readonly {
    readonly target: string;
    readonly closedForSeconds: number;
    readonly failures: number;
    readonly reason: string | null;
  }[];
  readonly unverifiable: readonly {
    readonly directory: string;
    readonly shape: string;
    readonly people: number;
    readonly legacyIds: readonly string[];
  }[];
}

const DAY = 86_400_000;

export interface StatusDependencies {
  readonly statistics: Pick<Statistics, 'overview'>;
  readonly clients: Pick<Clients, 'list'>;
  readonly circuit: Pick<TargetCircuit, 'states'>;
  readonly unverifiable: Pick<UnverifiableRows, 'summary'>;
}

/** @throws BridgeError `store_unavailable` */
export async function readStatus(office: StatusDependencies): Promise<Status> {
  const overview = await office.statistics.overview();
  const { now, reasons, targets } = overview;
  const oldest = targets.flatMap(({ oldestWaiting }) => oldestWaiting ?? []);
  return {
    clients: (await office.clients.list()).map(({ metadata, migration }) => ({
      client_id: metadata.client_id,
      mode: migration.mode,
      target: migration.target ?? null,
      migration,
    })),
    ledger: byReason(overview),
    people: sum(overview.people, ({ clientId, target, state }) => ({ client_id: clientId, target, state })),
    schemes: bySchemes(overview),
    oldestWaitingSeconds: oldest.length === 0 ? null : seconds(now - Math.min(...oldest)),
    migration: targets.map((figures) => migrationTo(figures, overview)),
    reasons: reasons.map(({ count, ...of }) => ({
      ...of,
      people: count,
      remedy: remedyFor(of.target, of.state, of.reason),
    })),
    targets: (await office.circuit.states()).map(({ closedUntil, ...state }) => ({
      ...state,
      closedForSeconds: seconds(closedUntil - now),
    })),
    unverifiable: await office.unverifiable.summary(),
  };
}

const seconds = (ms: number) => Math.max(0, Math.round(ms / 1000));

function migrationTo(figures: TargetFigures, { now, active }: Overview): Status['migration'][number] {
  const { target, oldestWaiting, copies, newcomers } = figures;
  return {
    target,
    oldestWaitingSeconds: oldestWaiting === null ? null : seconds(now - oldestWaiting),
    copiesByHour: copies.map(({ hour, count }) => ({ hour: new Date(hour).toISOString(), copies: count })),
    active: { days: ACTIVE_DAYS, people: active, ...figures.active },
    forecast: forecast(newcomers, now - (now % DAY)),
  };
}

/** The states' totals, with those who say why taken apart. */
function byReason({ people, reasons }: Overview): Status['ledger'] {
  const totals = sum(people, ({ target, state }) => ({ target, state }));
  return totals
    .flatMap(({ target, state, count }) => {
      const known = reasons.filter((one) => one.target === target && one.state === state);
      const rest = count - known.reduce((all, one) => all + one.count, 0);
      return [...(rest > 0 ? [{ target, state, reason: null, count: rest }] : []), ...known];
    })
    .map(({ target, state, reason, count }) => ({ target, state, reason, count }));
}

function bySchemes({ people }: Overview): Status['schemes'] {
  const of = ({ target, scheme }: Overview['people'][number]) => ({ target, scheme });
  const copied = sum(
    people.filter(({ state }) => state === 'copied'),
    of,
  );
  return sum(people, of).map(({ count, ...key }) => ({
    ...key,
    people: count,
    copied: copied.find((one) => same(one, key))?.count ?? 0,
  }));
}

const same = (one: { target: string; scheme: string | null }, other: typeof one) =>
  one.target === other.target && one.scheme === other.scheme;

/** Adds up what falls under the same key, in the order in which keys first come. */
function sum<T extends { readonly count: number }, K extends object>(
  rows: readonly T[],
  keyOf: (row: T) => K,
): (K & { count: number })[] {
  const sums = new Map<string, K & { count: number }>();
  for (const row of rows) {
    const key = keyOf(row);
    const name = JSON.stringify(key);
    const known = sums.get(name) ?? { ...key, count: 0 };
    sums.set(name, { ...known, count: known.count + row.count });
  }
  return [...sums.values()];
}
