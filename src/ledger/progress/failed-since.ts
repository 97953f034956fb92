import type { Kysely } from 'kysely';
import type { StoreSchema } from '../../store/schema.ts';
import type { LedgerState } from '../ledger.ts';
import type { Failure } from '../statistics.ts';

const FAILED: readonly LedgerState[] = ['parked', 'conflict', 'retrying'];
/** How many reasons are told. */
const REASONS = 50;

/** Looks at the rows that failed alone, which are few or the admin's first concern. */
export async function failedSince(
  db: Kysely<StoreSchema>,
  target: string,
  since: number,
): Promise<Failure[]> {
  const rows = await db
    .selectFrom('ledger')
    .select(({ fn }) => ['state', 'reason', fn.countAll().as('count')])
    .where('target', '=', target)
    .where('state', 'in', FAILED)
    .where('updated_at', '>=', since)
    .groupBy(['state', 'reason'])
    .orderBy('count', 'desc')
    .orderBy('state')
    .orderBy('reason')
    .limit(REASONS)
    .execute();
  return rows.map(({ state, reason, count }) => ({
    state: state as LedgerState,
    reason,
    count: Number(count),
  }));
}
