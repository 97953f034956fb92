import { randomBytes } from 'node:crypto';
import type { LegacyId, PersonRef, Subject } from '../../src/domain/ids.ts';
import { createLedger } from '../../src/ledger/create-ledger.ts';
import { type Capture, type Ledger, URGENCY } from '../../src/ledger/ledger.ts';
import type { Clock } from '../../src/runtime/clock.ts';
import { systemRandom } from '../../src/runtime/random.ts';
import { createSealing } from '../../src/runtime/sealing.ts';
import { Secret } from '../../src/runtime/secret.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';

/** A clock that stands still until it is moved. */
export interface StoppedClock {
  readonly clock: Clock;
  pass(ms: number): void;
}

export function stoppedClock(now = 1_700_000_000_000): StoppedClock {
  let time = now;
  return {
    clock: () => time,
    pass(ms) {
      time += ms;
    },
  };
}

export async function openMemoryStore(clock: Clock): Promise<Store> {
  const store = openStore(new Secret('sqlite::memory:'), clock);
  await store.upgrade();
  return store;
}

export function ledgerOn(store: Store, secretKey = Buffer.alloc(32, 7)): Ledger {
  const sealing = createSealing(new Secret(secretKey), 'ledger', systemRandom);
  return createLedger({ store, sealing, random: systemRandom });
}

export const person = (legacyId: string | number): PersonRef => ({
  directory: 'legacy',
  legacyId: String(legacyId) as LegacyId,
});

/** A login as the desk would capture it. */
export function captureOf(legacyId: string | number, changes: Partial<Capture> = {}): Capture {
  return {
    target: 'new',
    person: person(legacyId),
    externalId: `sub-${legacyId}` as Subject,
    clientId: 'app',
    origin: 'login',
    urgency: URGENCY.soon,
    scheme: 'bcrypt',
    fingerprint: `fingerprint-${legacyId}`,
    profileDigest: `profile-${legacyId}`,
    rehash: `$argon2id$rehash-${legacyId}-${randomBytes(4).toString('hex')}`,
    ...changes,
  };
}

/** The same login of somebody whose password is at the target already. */
export function withoutRehash({ rehash: _, ...capture }: Capture): Capture {
  return capture;
}
