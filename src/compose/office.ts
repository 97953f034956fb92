import type { Clients } from '../clients/clients.ts';
import { createClients } from '../clients/create-clients.ts';
import { createSecretDigest } from '../clients/secret-digest.ts';
import type { Config } from '../config/schema.ts';
import { createLedger } from '../ledger/create-ledger.ts';
import { createShadowRecords } from '../ledger/create-shadow-records.ts';
import { createStatistics } from '../ledger/create-statistics.ts';
import { createLedgerSteward } from '../ledger/create-steward.ts';
import { createTargetCircuit } from '../ledger/create-target-circuit.ts';
import { createUnverifiableRows } from '../ledger/create-unverifiable-rows.ts';
import { createDigests, type Digests } from '../ledger/digests.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ShadowRecords } from '../ledger/shadow-records.ts';
import type { Statistics } from '../ledger/statistics.ts';
import type { LedgerSteward } from '../ledger/steward.ts';
import type { TargetCircuit } from '../ledger/target-circuit.ts';
import type { UnverifiableRows } from '../ledger/unverifiable.ts';
import { createRuns } from '../migration/runs/create-runs.ts';
import type { Runs } from '../migration/runs.ts';
import { createLifecycle, type Lifecycle } from '../runtime/lifecycle.ts';
import { createSealing } from '../runtime/sealing.ts';
import { openStore } from '../store/open-store.ts';
import { createSealedKeys, type SealedKeys } from '../store/sealed-keys.ts';
import type { Store } from '../store/store.ts';
import { capabilitiesOf } from './connectors.ts';
import { keyDerivation } from './key-derivation.ts';
import type { World } from './world.ts';

/** The bridge's own records, without any server: what commands that look and switch need. */
export interface Office {
  readonly store: Store;
  readonly keys: SealedKeys;
  readonly clients: Clients;
  readonly ledger: Ledger;
  readonly steward: LedgerSteward;
  readonly statistics: Statistics;
  readonly circuit: TargetCircuit;
  readonly unverifiable: UnverifiableRows;
  readonly shadow: ShadowRecords;
  readonly runs: Runs;
  readonly digests: Digests;
  /** A key of 32 bytes that is the same in every instance, for one purpose. */
  deriveKey(purpose: string): Buffer;
  readonly lifecycle: Lifecycle;
  close(): Promise<void>;
}

export async function openOffice(config: Config, world: World): Promise<Office> {
  const lifecycle = createLifecycle(world.logger);
  const store = openStore(config.store, world.clock);
  lifecycle.onClose('store', store.close);
  await store.upgrade();

  const sealing = (purpose: string) => createSealing(config.secretKey, purpose, world.random);
  const keys = createSealedKeys(store, sealing('keys'), world.random);
  const base = await keys.getOrCreate('base', () => world.random(32));
  const deriveKey = keyDerivation(base.bytes);

  const shadow = createShadowRecords({ store });
  const clients = createClients({
    store,
    secrets: createSecretDigest(deriveKey('client secrets')),
    random: world.random,
    targets: capabilitiesOf(config.targets),
    shadowOf: shadow.report,
  });
  for (const client_id of await clients.adoptConfigured(config.clients)) {
    world.logger.warn(
      { client_id },
      'The configuration no longer names this client; it still works until it is removed.',
    );
  }
  return {
    store,
    keys,
    clients,
    ledger: createLedger({ store, sealing: sealing('ledger'), random: world.random }),
    steward: createLedgerSteward({ store }),
    statistics: createStatistics({ store }),
    circuit: createTargetCircuit({ store }),
    unverifiable: createUnverifiableRows({ store }),
    shadow,
    runs: createRuns({ store, random: world.random, leaseMs: runLeaseMs(config) }),
    digests: createDigests(deriveKey('digests')),
    deriveKey,
    lifecycle,
    close: lifecycle.close,
  };
}

/** A run's holder says often that it lives: it need not be waited for as long as one copy may take. */
const LONGEST_RUN_LEASE_MS = 15_000;

const runLeaseMs = ({ worker }: Pick<Config, 'worker'>) =>
  Math.min(LONGEST_RUN_LEASE_MS, worker.leaseSeconds * 1_000);
