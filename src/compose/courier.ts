import type { Config } from '../config/schema.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import { createTargetRates } from '../migration/create-target-rates.ts';
import { createWorker } from '../migration/create-worker.ts';
import type { Worker } from '../migration/worker.ts';
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
  const worker = await openWorker(config, office, directories, await openHooks(config, world), world);
  return { runOnce: worker.runOnce, start: worker.start, close: office.close };
}

export async function openWorker(
  config: Config,
  office: Office,
  directories: LegacyDirectories,
  hooks: PersonHooks,
  world: World,
): Promise<Worker> {
  const targets = new Map(
    Object.entries(config.targets).map(([name, options]) => [name, openTarget(name, options)]),
  );
  for (const target of targets.values()) office.lifecycle.onClose(`target ${target.name}`, target.close);
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
