import type { Clients } from '../clients/clients.ts';
import type { Digests } from '../ledger/digests.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { TargetCircuit } from '../ledger/target-circuit.ts';
import type { LegacyDirectory } from '../legacy/directory.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import type { Clock } from '../runtime/clock.ts';
import type { FaultPoints } from '../runtime/fault-points.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Random } from '../runtime/random.ts';
import type { Target } from '../targets/target.ts';
import { createLane, type Lane } from './courier/lane.ts';
import type { WorkerOptions } from './options.ts';
import type { TargetRates } from './target-rates.ts';
import type { Worker } from './worker.ts';

export interface WorkerDependencies {
  readonly ledger: Ledger;
  readonly circuit: TargetCircuit;
  readonly rates: TargetRates;
  /** By name, as in the ledger. */
  readonly targets: ReadonlyMap<string, Target>;
  readonly directories: ReadonlyMap<string, LegacyDirectory>;
  readonly hooks: PersonHooks;
  readonly clients: Pick<Clients, 'find'>;
  readonly digests: Digests;
  readonly options: WorkerOptions;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: FaultPoints;
  /** How long `stop` waits for copies under way, in milliseconds; 10 s unless said otherwise. */
  readonly stopMs?: number;
}

/** Each target has a lane of its own, so that a slow one holds up no other. */
export function createWorker({ targets, stopMs = 10_000, ...deps }: WorkerDependencies): Worker {
  const { options, logger, random } = deps;
  const policy = { maxAttempts: options.maxAttempts, random };
  const lanes = [...targets.values()].map((target) => createLane({ ...deps, target, policy }));
  const stopping = new AbortController();
  const loops: Promise<void>[] = [];

  /** Looks for work, and again as soon as a copy has been settled; else after the poll interval. */
  async function run(lane: Lane): Promise<void> {
    let wake = new AbortController();
    while (!stopping.signal.aborted) {
      wake = new AbortController();
      try {
        for (const copy of await lane.begin()) void copy.then((settled) => settled && wake.abort());
      } catch (err) {
        logger.error({ err }, 'The courier could not look for work; it looks again.');
      }
      await pause(options.pollMs, AbortSignal.any([wake.signal, stopping.signal]));
    }
  }

  return {
    async runOnce() {
      const begun = await Promise.all(lanes.map((lane) => lane.begin()));
      const settled = await Promise.all(begun.flat());
      return settled.filter(Boolean).length;
    },
    start() {
      if (loops.length === 0) loops.push(...lanes.map(run));
    },
    async stop() {
      stopping.abort();
      await Promise.all(loops);
      const done = new AbortController();
      void Promise.all(lanes.map((lane) => lane.idle())).then(() => done.abort());
      await pause(stopMs, done.signal);
      await Promise.all(lanes.map((lane) => lane.letGo()));
    },
  };
}

/** @param ms waits so long, or until the signal says that there is something to do */
function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal?.aborted) return done();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
