import type { Store } from '../../store/store.ts';
import type { LedgerCount, LedgerState } from '../ledger.ts';

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
    .where('state', 'in', ['captured', 'copying', 'retrying'])
    .executeTakeFirst();
  // `min` over no rows is null, whatever the column's type says.
  const at = row?.at as number | null | undefined;
  return at === null || at === undefined ? undefined : Number(at);
}
