import type { ResourceLimits, Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { BridgeError } from '../../domain/errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Finding } from '../finding/question.ts';
import type { PlanTask, SearchPlan, SearchTask } from '../finding/search.ts';
import type { Remade } from '../remake.ts';
import { inBatches, type Served } from './batches.ts';
import type { DecoyTask } from './decoy.ts';
import type { RehashTask } from './rehash.ts';
import type { RemakeTask } from './remake.ts';
import type { Verification, VerifyBatch, VerifyTask } from './verify.ts';

/** What a worker can be asked for, by the name of the function in `worker.ts`. */
export interface Work {
  verify(batch: VerifyBatch): Served<Verification>;
  spendDecoy(task: DecoyTask): void;
  rehash(task: RehashTask): string;
  remake(task: RemakeTask): Remade;
  planSearch(task: PlanTask): SearchPlan;
  search(task: SearchTask): Finding[];
}
/** What every task has a message of its own for. */
type Alone = Exclude<keyof Work, 'verify'>;
export type Task<K extends keyof Work> = Parameters<Work[K]>[0];
export type Result<K extends keyof Work> = Promise<ReturnType<Work[K]>>;

/** Threads that hash, so that neither the event loop nor libuv's own pool (DNS, files) ever waits for a hash. */
export interface Pool {
  /**
   * @param task its password is copied, so that the caller's own bytes stay as they are
   * @throws BridgeError `overloaded` when every thread is busy and `maxQueue` tasks wait, when the pool is closing, or
   * when the thread that had the task ended
   */
  run<K extends Alone>(name: K, task: Task<K>): Result<K>;
  /** The same. Verifications that wait for a thread are sent to it together, as far as they are short. */
  verify(task: VerifyTask): Promise<Verification>;
  /** True when a thread has nothing to do. */
  hasIdleThread(): boolean;
  /** Resolves when every thread has loaded its modules: Node may fall over when the process ends before. */
  started(): Promise<void>;
  /** Calls back after every task. */
  onSettled(listener: () => void): void;
  /** Finishes what was accepted, then ends the threads. */
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly threads: number;
  readonly maxQueue: number;
  /** Another file than `worker.ts`, for tests. */
  readonly worker?: URL;
}

/**
 * The heap of one thread, in MiB. bcrypt needs 4 KiB; argon2 allocates outside, bounded by `limits.ts`. V8 makes the young
 * generation small where the old one has a limit: recipes of thousands of digests then ran at two thirds of their rate,
 * collecting garbage.
 */
export const HEAP: ResourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 48 };

/** Milliseconds that the threads may take to load their modules, on a machine that is short of cores. */
const LONGEST_START_MS = 60_000;

/**
 * One that is being hashed and one that lies ready: a thread would otherwise idle while the main thread, which has other
 * work, hears of the one and sends the other. Of hashes of a millisecond that took a tenth.
 */
const TASKS_AT_A_THREAD = 2;

/** Source runs as `.ts`, the build as `.js`: the worker's file is called like this one. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

export function createPool({ threads, maxQueue, worker = WORKER }: PoolOptions, logger: Logger): Pool {
  const settled: (() => void)[] = [];
  const running = new Set<Promise<unknown>>();
  let closing = false;
  let started: Promise<void> = Promise.resolve();
  let piscina: Piscina | undefined = start();

  function start(): Piscina {
    const made = new Piscina({
      filename: worker.href,
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: TASKS_AT_A_THREAD,
      resourceLimits: HEAP,
    });
    started = untilStarted(made.threads);
    // Without a listener, a thread that ends between two tasks would take the process with it.
    made.on('error', (err) => {
      logger.error({ err }, 'A thread of the password pool ended.');
      discardIfDead(made);
    });
    return made;
  }

  /**
   * Piscina replaces a thread that ends, but gives up on threads that do not start and lets its queue wait for ever.
   * The next task then tries with new ones.
   */
  function discardIfDead(made: Piscina): void {
    if (closing || made.threads.length > 0 || made !== piscina) return;
    piscina = undefined;
    void made.destroy();
  }

  async function runInThread<K extends keyof Work>(
    name: K,
    task: Task<K>,
    transferList: readonly ArrayBuffer[],
  ): Result<K> {
    piscina ??= start();
    const chosen = piscina;
    try {
      return await chosen.run(task, { name, transferList });
    } catch (cause) {
      logger.error({ err: cause }, 'A thread of the password pool ended before it had an answer.');
      discardIfDead(chosen);
      throw new BridgeError('overloaded', 'The password could not be hashed just now. Try again.', { cause });
    }
  }

  const verifyInBatches = inBatches(
    (tasks: readonly VerifyTask[]) => {
      const own = tasks.map(withOwnPassword);
      return runInThread(
        'verify',
        own,
        own.map(({ password }) => password.buffer),
      );
    },
    threads,
    TASKS_AT_A_THREAD,
  );

  /** Takes it on, if there is room. */
  async function accept<R>(start: () => Promise<R>): Promise<R> {
    if (closing) throw overloaded('The bridge is closing and takes no more passwords.');
    if (running.size >= threads + maxQueue)
      throw overloaded(`${maxQueue} passwords already wait to be hashed.`);
    const work = start().finally(() => {
      running.delete(work);
      for (const listener of settled) listener();
    });
    running.add(work);
    return work;
  }

  return {
    run(name, task) {
      return accept(() => {
        const own = withOwnPassword(task);
        return runInThread(name, own, [own.password.buffer]);
      });
    },
    verify: (task) =>
      accept(async () => {
        const kept = withOwnPassword(task);
        return verifyInBatches(kept).finally(() => kept.password.fill(0));
      }),
    hasIdleThread: () => running.size < threads,
    started: () => started,
    onSettled: (listener) => settled.push(listener),
    async close() {
      closing = true;
      await Promise.allSettled(running);
      // Node itself falls over now and then when a thread is ended while it loads its modules.
      await started;
      await piscina?.destroy();
    },
  };
}

/**
 * Resolves when these threads have loaded their modules or have ended, or when they take too long for anybody to wait.
 * Piscina's own `workerCreate` comes before the first threads have loaded anything; their first message comes after.
 */
function untilStarted(threads: readonly Worker[]): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST_START_MS);
    const started = threads.map(
      (thread) => new Promise((done) => thread.once('message', done).once('exit', done)),
    );
    void Promise.all(started).then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A fresh buffer: a view's whole buffer is sent along, and Node's small buffers share one with other secrets. */
function withOwnPassword<T extends { readonly password: Uint8Array }>(task: T) {
  return { ...task, password: Uint8Array.from(task.password) };
}

const overloaded = (why: string) => new BridgeError('overloaded', `${why} Try again in a moment.`);
