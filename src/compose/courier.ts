import type { Config } from '../config/schema.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import { createTargetRates } from '../migration/create-target-rates.ts';
import { createWorker } from '../migration/create-worker.ts';
import type { Sync } from '../migration/sync.ts';
import type { Worker } from '../migration/worker.ts';
import type { Target } from '../targets/target.ts';
import { unknownTarget } from './carriage.ts';
import { openSyncs, startSyncing } from './changes.ts';
import { openDirectories, openTarget } from './connectors.ts';
import { openHooks } from './hooks.ts';
import { type Office, openOffice } from './office.ts';
import type { World } from './world.ts';

/** The courier by itself. */
export interface Courier extends Pick<Worker, 'runOnce' | 'start'> {
  close(): Promise<void>;
}

export async function createCourier(config: Config, world: World): Promise<Courier> {
  const office = await openOffice(config, world);
  const directories = openDirectories(config.legacy, world);
  office.lifecycle.onClose('legacy directories', directories.close);
  const hooks = await openHooks(config, world);
  const targets = openTargets(config, office);
  const worker = await openWorker(config, office, directories, hooks, targets, world);
  const syncs = await openSyncs(config, office, directories, hooks, targets, world);
  return {
    runOnce: worker.runOnce,
    start() {
      worker.start();
      const syncing = startSyncing(syncs, config, world);
      office.lifecycle.onClose('sync', syncing.stop);
    },
    close: office.close,
  };
}

/** For one command: the syncs of one target, or of all. */
export async function openSyncCommand(
  config: Config,
  office: Office,
  only: string | undefined,
  world: World,
): Promise<Map<string, Sync>> {
  if (only !== undefined && !(only in config.targets)) throw unknownTarget(config, only);
  const directories = openDirectories(config.legacy, world);
  office.lifecycle.onClose('legacy directories', directories.close);
  const targets = new Map(
    [...openTargets(config, office)].filter(([name]) => only === undefined || name === only),
  );
  return openSyncs(config, office, directories, await openHooks(config, world), targets, world);
}

export function openTargets(config: Config, office: Office): Map<string, Target> {
  const targets = new Map(
    Object.entries(config.targets).map(([name, options]) => [name, openTarget(name, options)]),
  );
  for (const target of targets.values()) office.lifecycle.onClose(`target ${target.name}`, target.close);
  return targets;
}

export async function openWorker(
  config: Config,
  office: Office,
  directories: LegacyDirectories,
  hooks: PersonHooks,
  targets: ReadonlyMap<string, Target>,
  world: World,
): Promise<Worker> {
  const worker = createWorker({
    ...world,
    ledger: office.ledger,
    circuit: office.circuit,
    rates: await createTargetRates(office.store, office.deriveKey('rates'), config.targets),
    targets,
    directories: directories.byName,
    hooks,
    clients: office.clients,
    digests: office.digests,
    options: config.worker,
  });
  office.lifecycle.onClose('courier', worker.stop);
  return worker;
}
