import { type Kysely, sql } from 'kysely';
import type { StoreSchema } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { LedgerState } from './ledger.ts';
import { oldestWaitingAt } from './operations/counts.ts';
import { failedSince } from './progress/failed-since.ts';
import { seriesOf } from './progress/series.ts';
import { totalsOf } from './progress/totals.ts';
import {
  ACTIVE_DAYS,
  COPY_HOURS,
  NEWCOMER_DAYS,
  type Newcomers,
  type Overview,
  type Statistics,
  type TargetFigures,
} from './statistics.ts';

type Db = Kysely<StoreSchema>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of so many people it is looked up whether they are across: enough for the percentage, and a matter of a moment. */
const LOOKED_AT = 20_000;
/** How many reasons are told. */
const REASONS = 50;
/** In which a row says why it is not across. */
const EXPLAINED: readonly LedgerState[] = ['retrying', 'parked', 'conflict', 'stale', 'gone', 'excluded'];

export function createStatistics({ store }: { readonly store: Store }): Statistics {
  return {
    async overview(): Promise<Overview> {
      const now = await store.now();
      // In one transaction, so that the figures are of one moment.
      return store.db.transaction().execute(async (db) => {
        const people = await peopleOf(db);
        const names = [...new Set(people.map(({ target }) => target))].sort();
        const targets: TargetFigures[] = [];
        for (const target of names) targets.push(await figuresOf(db, target, now));
        return { now, people, reasons: await reasonsOf(db), targets, active: await activeOf(db, now) };
      });
    },
    totals: () => totalsOf(store.db),
    series: (wanted) => store.db.transaction().execute((db) => seriesOf(db, wanted)),
    failedSince: (target, since) => failedSince(store.db, target, since),
  };
}

async function peopleOf(db: Db): Promise<Overview['people']> {
  const rows = await db
    .selectFrom('ledger')
    .select(({ fn }) => ['target', 'client_id', 'state', 'scheme', fn.countAll().as('count')])
    .groupBy(['target', 'client_id', 'state', 'scheme'])
    .orderBy('target')
    .orderBy('client_id')
    .orderBy('state')
    .orderBy('scheme')
    .execute();
  return rows.map(({ client_id: clientId, ...row }) => ({
    ...row,
    clientId,
    state: row.state as LedgerState,
    count: Number(row.count),
  }));
}

async function reasonsOf(db: Db): Promise<Overview['reasons']> {
  const rows = await db
    .selectFrom('ledger')
    .select(({ fn }) => ['target', 'state', 'reason', fn.countAll().as('count')])
    .where('state', 'in', EXPLAINED)
    .where('reason', 'is not', null)
    .groupBy(['target', 'state', 'reason'])
    .orderBy('count', 'desc')
    .orderBy('target')
    .orderBy('reason')
    .limit(REASONS)
    .execute();
  return rows.map((row) => ({
    target: row.target,
    state: row.state as LedgerState,
    reason: row.reason ?? '',
    count: Number(row.count),
  }));
}

async function activeOf(db: Db, now: number): Promise<number> {
  const { count } = await db
    .selectFrom('person')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('last_login_at', '>=', now - ACTIVE_DAYS * DAY)
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function figuresOf(db: Db, target: string, now: number): Promise<TargetFigures> {
  return {
    target,
    oldestWaiting: (await oldestWaitingAt(db, target)) ?? null,
    copies: await copiesOf(db, target, now),
    active: await activeAt(db, target, now),
    newcomers: await newcomersOf(db, target, now),
  };
}

async function copiesOf(db: Db, target: string, now: number): Promise<TargetFigures['copies']> {
  const hour = beginningOf('copied_at', HOUR);
  const rows = await db
    .selectFrom('ledger')
    .select(({ fn }) => [hour.as('hour'), fn.countAll().as('count')])
    .where('target', '=', target)
    .where('copied_at', '>=', now - (now % HOUR) - COPY_HOURS * HOUR)
    .groupBy(hour)
    .orderBy(hour)
    .execute();
  return rows.map((row) => ({ hour: Number(row.hour), count: Number(row.count) }));
}

async function activeAt(db: Db, target: string, now: number): Promise<TargetFigures['active']> {
  const { lookedAt, across } = await db
    .selectFrom(
      db
        .selectFrom('person')
        .select(['directory', 'legacy_id', 'last_login_at'])
        .orderBy('subject')
        .limit(LOOKED_AT)
        .as('person'),
    )
    .leftJoin('ledger', (join) =>
      join
        .onRef('ledger.directory', '=', 'person.directory')
        .onRef('ledger.legacy_id', '=', 'person.legacy_id')
        .on('ledger.target', '=', target),
    )
    .select(({ fn }) => [fn.countAll().as('lookedAt'), fn.count('ledger.copied_fingerprint').as('across')])
    .where('person.last_login_at', '>=', now - ACTIVE_DAYS * DAY)
    .executeTakeFirstOrThrow();
  return { lookedAt: Number(lookedAt), across: Number(across) };
}

/** Today is left out: it is not over. */
async function newcomersOf(db: Db, target: string, now: number): Promise<Newcomers> {
  const today = now - (now % DAY);
  const first = today - NEWCOMER_DAYS * DAY;
  const day = beginningOf('across_at', DAY);
  const rows = await db
    .selectFrom('ledger')
    .select(({ fn }) => [day.as('day'), fn.countAll().as('count')])
    .where('target', '=', target)
    .where('across_at', '>=', first)
    .where('across_at', '<', today)
    .groupBy(day)
    .orderBy(day)
    .execute();
  const { before } = await db
    .selectFrom('ledger')
    .select(({ fn }) => fn.countAll().as('before'))
    .where('target', '=', target)
    .where('across_at', '<', first)
    .executeTakeFirstOrThrow();
  const { brought } = await db
    .selectFrom('ledger')
    .select(({ fn }) => fn.countAll().as('brought'))
    .where('target', '=', target)
    .where('across_at', 'is', null)
    .where('copied_fingerprint', 'is not', null)
    .executeTakeFirstOrThrow();
  return {
    byBackfill: Number(brought),
    before: Number(before),
    days: rows.map((row) => ({ day: Number(row.day), count: Number(row.count) })),
  };
}

/** A moment without what has passed since the unit began; the same in every dialect. */
const beginningOf = (column: 'copied_at' | 'across_at', unit: number) =>
  sql<number>`${sql.ref(column)} - ${sql.ref(column)} % ${sql.lit(unit)}`;
