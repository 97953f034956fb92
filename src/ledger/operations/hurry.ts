import type { Store } from '../../store/store.ts';
import { type Ledger, URGENCY } from '../ledger.ts';
import { despiteLocks } from './lock-trouble.ts';
import { rowOf } from './row.ts';

export function createHurry(store: Store): Ledger['hurry'] {
  return async (target, person) => {
    await despiteLocks(() =>
      store.db
        .updateTable('ledger')
        .set({ urgency: URGENCY.now })
        .where(rowOf(target, person))
        .where('urgency', '>', URGENCY.now)
        .where('state', 'in', ['captured', 'retrying'])
        .execute(),
    );
  };
}
