import type { Config } from '../config/schema.ts';
import { BridgeError } from '../domain/errors.ts';
import { deriveSubject } from '../domain/subject.ts';
import { createLedgerBulk } from '../ledger/create-bulk.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import type { Backfill } from '../migration/backfill.ts';
import { createBackfill } from '../migration/create-backfill.ts';
import { createTargetRates } from '../migration/create-target-rates.ts';
import { createWorker } from '../migration/create-worker.ts';
import type { ManyDependencies } from '../migration/many/copy-many.ts';
import type { Worker } from '../migration/worker.ts';
import { identifyAs } from '../passwords/identify.ts';
import { createSealing } from '../runtime/sealing.ts';
import type { Target } from '../targets/target.ts';
import { openDirectories, openTarget } from './connectors.ts';
import { openHooks } from './hooks.ts';
import type { Office } from './office.ts';
import { loadSubjectKey } from './subject-key.ts';
import type { World } from './world.ts';

/** People sent at once to a target without a rate. */
const PAGE = 500;

export interface BackfillParts {
  readonly backfill: Backfill;
  /** The courier's lanes for this target alone. */
  readonly worker: Worker;
}

/**
 * For one command.
 *
 * @param rate people a second, over all instances, beside the target's own limit
 * @throws BridgeError `invalid_request` for a target that is not configured
 */
export async function openBackfill(
  config: Config,
  office: Office,
  target: string,
  rate: number | undefined,
  world: World,
): Promise<BackfillParts> {
  const options = config.targets[target];
  if (options === undefined) throw unknownTarget(config, target);
  const opened = openTarget(target, options);
  office.lifecycle.onClose(`target ${target}`, opened.close);
  const directories = openDirectories(config.legacy, world);
  office.lifecycle.onClose('legacy directories', directories.close);
  const hooks = await openHooks(config, world);
  const parts = await backfillOf(config, office, { target: opened, directories, hooks, rate }, world);
  office.lifecycle.onClose('courier', parts.worker.stop);
  return parts;
}

export interface BackfillSurroundings {
  readonly target: Target;
  readonly directories: LegacyDirectories;
  readonly hooks: PersonHooks;
  /** People a second, over all instances, beside the target's own limit. */
  readonly rate: number | undefined;
}

/** Among what is open already; whoever starts the worker stops it. */
export async function backfillOf(
  config: Config,
  office: Office,
  { target, directories, hooks, rate }: BackfillSurroundings,
  world: World,
): Promise<BackfillParts> {
  const subjectKey = await loadSubjectKey(config, office.keys);
  const many = await manyDependencies(config, office, target, rate, world);
  const slowest = Math.min(rate ?? PAGE, config.targets[target.name]?.ratePerSecond ?? PAGE, PAGE);
  const backfill = createBackfill({
    ...many,
    hooks,
    digests: office.digests,
    subjectOf: (person) => deriveSubject(subjectKey, person),
    schemeOf: ({ credential }) => {
      const identity = identifyAs(credential);
      return identity.kind === 'scheme' ? identity.scheme : identity.kind;
    },
    leaseMs: config.worker.leaseSeconds * 1_000,
    directories: directories.byName,
    runs: office.runs,
    pageSize: Math.max(1, Math.floor(slowest)),
  });
  const [targetRates] = many.rates;
  const worker = createWorker({
    ...world,
    ledger: office.ledger,
    circuit: office.circuit,
    rates: targetRates ?? { take: async () => 0 },
    targets: new Map([[target.name, target]]),
    directories: directories.byName,
    hooks,
    clients: office.clients,
    digests: office.digests,
    options: config.worker,
  });
  return { backfill, worker };
}

/** What sending many people to one target needs. */
export async function manyDependencies(
  config: Config,
  office: Office,
  target: Target,
  rate: number | undefined,
  world: World,
): Promise<ManyDependencies> {
  const limits = (name: string, ratePerSecond: number | undefined) =>
    createTargetRates(office.store, office.deriveKey(name), { [target.name]: { ratePerSecond } });
  const rates = [await limits('rates', config.targets[target.name]?.ratePerSecond)];
  if (rate !== undefined) rates.push(await limits('run rates', rate));
  return {
    target,
    ledger: office.ledger,
    bulk: createLedgerBulk({
      store: office.store,
      sealing: createSealing(config.secretKey, 'ledger', world.random),
      random: world.random,
      ledger: office.ledger,
    }),
    circuit: office.circuit,
    rates,
    policy: { maxAttempts: config.worker.maxAttempts, random: world.random },
    clock: world.clock,
    faults: world.faults,
    pause: (ms) => new Promise((done) => setTimeout(done, ms)),
  };
}

export function unknownTarget({ targets }: Config, target: string): BridgeError {
  const names = Object.keys(targets).join(', ') || 'none';
  return new BridgeError('invalid_request', `There is no target "${target}"; targets: ${names}.`);
}
