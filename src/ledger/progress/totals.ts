import type { Kysely } from 'kysely';
import type { StoreSchema } from '../../store/schema.ts';
import type { LedgerState } from '../ledger.ts';
import type { Totals } from '../statistics.ts';

/** Each is read from an index alone. */
export async function totalsOf(db: Kysely<StoreSchema>): Promise<Totals> {
  const people = await db
    .selectFrom('ledger')
    .select(({ fn }) => ['target', 'state', fn.countAll().as('count')])
    .groupBy(['target', 'state'])
    .orderBy('target')
    .orderBy('state')
    .execute();
  const across = await db
    .selectFrom('ledger')
    .select(({ fn }) => ['target', fn.countAll().as('count')])
    .where('across_at', 'is not', null)
    .groupBy('target')
    .orderBy('target')
    .execute();
  return {
    people: people.map(({ target, state, count }) => ({
      target,
      state: state as LedgerState,
      count: Number(count),
    })),
    across: across.map(({ target, count }) => ({ target, count: Number(count) })),
  };
}
