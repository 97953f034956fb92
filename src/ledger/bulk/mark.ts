import type { ExpressionBuilder } from 'kysely';
import type { StoreSchema } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import type { Known, Mark } from '../bulk.ts';
import { despiteLocks } from '../operations/lock-trouble.ts';
import { asReason, type LedgerRow } from '../operations/row.ts';

/** The row, if nobody has changed what matters since it was seen. */
export const asSeen =
  ({ target, person, generation, state, leaseToken }: Known) =>
  (where: ExpressionBuilder<StoreSchema, 'ledger'>) =>
    where.and([
      where.and({ target, directory: person.directory, legacy_id: person.legacyId, generation, state }),
      leaseToken === null ? where('lease_token', 'is', null) : where('lease_token', '=', leaseToken),
    ]);

export async function mark(store: Store, seen: Known, to: Mark): Promise<boolean> {
  const now = await store.now();
  const { numUpdatedRows } = await despiteLocks(() =>
    store.db
      .updateTable('ledger')
      .set({
        state: to.state,
        reason: asReason(to.reason),
        sealed_rehash: null,
        lease_token: null,
        updated_at: now,
        ...(to.state === 'gone' ? whatWasDone(to.at, now) : {}),
      })
      .where(asSeen(seen))
      .executeTakeFirst(),
  );
  return numUpdatedRows === 1n;
}

function whatWasDone(at: Extract<Mark, { state: 'gone' }>['at'], now: number): Partial<LedgerRow> {
  switch (at) {
    case 'disabled':
      return { locked_out_at: now };
    case 'removed':
      return { locked_out_at: null, copied_fingerprint: null, copied_digest: null, copied_at: null };
    case 'as before':
      return {};
  }
}
