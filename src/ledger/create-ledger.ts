import type { Random } from '../runtime/random.ts';
import type { Sealing } from '../runtime/sealing.ts';
import type { Store } from '../store/store.ts';
import type { Ledger } from './ledger.ts';
import { assess } from './operations/assess.ts';
import { createCapture } from './operations/capture.ts';
import { createClaim } from './operations/claim.ts';
import { countRows, oldestWaiting } from './operations/counts.ts';
import { entryOf, findRow } from './operations/find.ts';
import { createHurry } from './operations/hurry.ts';
import { createRelease, createSettle } from './operations/settle.ts';

export interface LedgerDependencies {
  readonly store: Store;
  /** Seals the rehashes; of its own purpose, e.g. `ledger`. */
  readonly sealing: Sealing;
  readonly random: Random;
}

/**
 * The ledger on the bridge's store. Every write is one statement that compares before it sets, so no transaction is
 * held open and the promises are the same on SQLite, MySQL, MariaDB and what speaks like them.
 */
export function createLedger({ store, sealing, random }: LedgerDependencies): Ledger {
  const settle = createSettle(store);
  return {
    assess: async (login) => assess(await findRow(store, login.target, login.person), login),
    capture: createCapture(store, sealing),
    claim: createClaim(store, sealing, random, settle),
    settle,
    release: createRelease(store),
    hurry: createHurry(store),
    counts: () => countRows(store),
    async find(target, person) {
      const row = await findRow(store, target, person);
      return row === undefined ? undefined : entryOf(row);
    },
    oldestWaiting: () => oldestWaiting(store),
  };
}
