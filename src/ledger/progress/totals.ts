import type { Kysely } from 'kysely';
import type { StoreSchema } from '../../store/schema.ts';
import type { LedgerState } from '../ledger.ts';
import type { Statistics } from '../statistics.ts';

/** Read from an index alone. */
export async function totalsOf(db: Kysely<StoreSchema>): ReturnType<Statistics['totals']> {
  const rows = await db
    .selectFrom('ledger')
    .select(({ fn }) => ['target', 'state', fn.countAll().as('count')])
    .groupBy(['target', 'state'])
    .orderBy('target')
    .orderBy('state')
    .execute();
  return rows.map(({ target, state, count }) => ({
    target,
    state: state as LedgerState,
    count: Number(count),
  }));
}
