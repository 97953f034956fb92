import { hkdfSync } from 'node:crypto';
import type { Clients } from './clients/clients.ts';
import { createClients } from './clients/create-clients.ts';
import { createSecretDigest } from './clients/secret-digest.ts';
import type { Config } from './config/schema.ts';
import type { CheckResult } from './domain/check.ts';
import { createLedger } from './ledger/create-ledger.ts';
import { createTargetCircuit } from './ledger/create-target-circuit.ts';
import { createUnverifiableRows } from './ledger/create-unverifiable-rows.ts';
import { createDigests, type Digests } from './ledger/digests.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { TargetCircuit } from './ledger/target-circuit.ts';
import type { UnverifiableRows } from './ledger/unverifiable.ts';
import type { LegacyDirectory } from './legacy/directory.ts';
import { createMysqlDirectory } from './legacy/mysql/mysql-directory.ts';
import type { LegacyOptions } from './legacy/options.ts';
import { createSqliteDirectory } from './legacy/sqlite/sqlite-directory.ts';
import type { Clock } from './runtime/clock.ts';
import type { FaultPoints } from './runtime/fault-points.ts';
import { createLifecycle, type Lifecycle } from './runtime/lifecycle.ts';
import type { Logger } from './runtime/logger.ts';
import type { Random } from './runtime/random.ts';
import { createSealing } from './runtime/sealing.ts';
import { checkStore } from './store/check-store.ts';
import { openStore } from './store/open-store.ts';
import { createSealedKeys, type SealedKeys } from './store/sealed-keys.ts';
import type { Store } from './store/store.ts';
import type { TargetOptions } from './targets/options.ts';
import { createSqlTarget } from './targets/sql/sql-target.ts';
import type { Target } from './targets/target.ts';

/** What the rooms need of the world outside. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly faults: FaultPoints;
}

/** The bridge's own records, without any server: what commands that look and switch need. */
export interface Office {
  readonly store: Store;
  readonly keys: SealedKeys;
  readonly clients: Clients;
  readonly ledger: Ledger;
  readonly circuit: TargetCircuit;
  readonly unverifiable: UnverifiableRows;
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
  const deriveKey = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', base.bytes, '', `footbridge ${purpose}`, 32));

  const clients = createClients({
    store,
    secrets: createSecretDigest(deriveKey('client secrets')),
    random: world.random,
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
    circuit: createTargetCircuit({ store }),
    unverifiable: createUnverifiableRows({ store }),
    digests: createDigests(deriveKey('digests')),
    deriveKey,
    lifecycle,
    close: lifecycle.close,
  };
}

export function openDirectory(options: LegacyOptions, world: World): LegacyDirectory {
  switch (options.kind) {
    case 'mysql':
      return createMysqlDirectory(options, world);
    case 'sqlite':
      return createSqliteDirectory(options, world);
  }
}

export function openTarget(name: string, options: TargetOptions, world: World): Target {
  switch (options.kind) {
    case 'sql':
      return createSqlTarget(name, options, world);
  }
}

/** Everything `footbridge check` looks at. Changes nothing anywhere. */
export async function checkDeployment(config: Config, world: World): Promise<CheckResult[]> {
  const directory = openDirectory(config.legacy, world);
  const targets = Object.entries(config.targets).map(([name, options]) => openTarget(name, options, world));
  try {
    const results = await Promise.all([
      checkStore(config.store, world.clock),
      directory.check(),
      ...targets.map((target) => target.check()),
    ]);
    return [
      { level: 'ok', about: 'configuration', found: 'The configuration is complete.' },
      ...results.flat(),
    ];
  } finally {
    await Promise.all([directory.close(), ...targets.map((target) => target.close())]);
  }
}
