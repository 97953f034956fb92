import type { Random } from '../runtime/random.ts';
import type { Sealing } from '../runtime/sealing.ts';
import type { Store } from '../store/store.ts';
import { createEnter } from './bulk/enter.ts';
import { across, look, pageOf, waiting } from './bulk/look.ts';
import { mark } from './bulk/mark.ts';
import { createBulkSettle } from './bulk/settle-many.ts';
import type { LedgerBulk } from './bulk.ts';
import type { Ledger } from './ledger.ts';

export interface BulkDependencies {
  readonly store: Store;
  /** The very one of the ledger: what is written here is opened there. */
  readonly sealing: Sealing;
  readonly random: Random;
  readonly ledger: Pick<Ledger, 'settle'>;
}

export function createLedgerBulk({ store, sealing, random, ledger }: BulkDependencies): LedgerBulk {
  return {
    look: (target, directory, legacyIds) => look(store, target, directory, legacyIds),
    enter: createEnter(store, sealing, random),
    settle: createBulkSettle(store, ledger),
    page: (target, after, limit) => pageOf(store, target, after, limit),
    mark: (seen, to) => mark(store, seen, to),
    waiting: (target, limit) => waiting(store, target, limit),
    across: (target) => across(store, target),
  };
}
