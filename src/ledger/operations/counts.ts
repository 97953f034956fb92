import type { Kysely } from 'kysely';
import type { StoreSchema } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import type { LedgerCount, LedgerState } from '../ledger.ts';

const WAITING: readonly LedgerState[] = ['captured', 'copying', 'retrying'];

export async function countRows({ db }: Store): Promise<LedgerCount[]> {
  const rows = await db
    .selectFrom('ledger')
    .select(({ fn }) => ['target', 'state', 'reason', fn.countAll().as('count')])
    .groupBy(['target', 'state', 'reason'])
    .orderBy('target')
    .orderBy('state')
    .orderBy('reason')
    .execute();
  return rows.map((row) => ({ ...row, state: row.state as LedgerState, count: Number(row.count) }));
}

export async function oldestWaiting({ db }: Store): Promise<number | undefined> {
  const row = await db
    .selectFrom('ledger')
    .select(({ fn }) => fn.min('captured_at').as('at'))
    .where('state', 'in', WAITING)
    .executeTakeFirst();
  // `min` over no rows is null, whatever the column's type says.
  const at = row?.at as number | null | undefined;
  return at === null || at === undefined ? undefined : Number(at);
}

/** The same of one target. One question a state, since each is then the first entry of the index. */
export async function oldestWaitingAt(db: Kysely<StoreSchema>, target: string): Promise<number | undefined> {
  const oldest: number[] = [];
  for (const state of WAITING) {
    const row = await db
      .selectFrom('ledger')
      .select('captured_at')
      .where('target', '=', target)
      .where('state', '=', state)
      .orderBy('captured_at')
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) oldest.push(row.captured_at);
  }
  return oldest.length === 0 ? undefined : Math.min(...oldest);
}
