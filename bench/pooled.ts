import { Worker } from 'node:worker_threads';
import { DEFAULT_DECOY } from '../src/passwords/pool/decoy.ts';
import { createPool, HEAP, type Pool } from '../src/passwords/pool/pool.ts';
import type { VerifyTask } from '../src/passwords/pool/verify.ts';
import { createLogger } from '../src/runtime/logger.ts';
import type { BareTask } from './bare-thread.ts';
import { CASES, type Case, PASSWORD } from './cases.ts';
import { inTurns, median, timeOf } from './measure.ts';

/** Verifications a second of one scheme, in as many threads each time. */
export interface Pooled {
  readonly bare: number;
  readonly pool: number;
  /** What the pool reaches of the bare rate, in each of the rounds: both meet the same moment of the machine. */
  readonly ratios: readonly number[];
}

export interface Effort {
  readonly rounds: number;
  /** Of each measurement, at least. */
  readonly milliseconds: number;
}

/** A rush of logins at each thread, which is when its rate counts: one is hashed and the others wait. */
const IN_FLIGHT = 16;

/** After so many tasks the code around a hash is compiled, as that of a bridge is which has run for a while. */
const WARM_TASKS = 10_000;
const CHEAP = 'md5($pass)';

/** Both do the same number of verifications, from the first that starts to the last that ends. */
export async function measurePool(
  { name, credential }: Case,
  threads: number,
  effort: Effort,
): Promise<Pooled> {
  const pool = createPool({ threads, maxQueue: threads * IN_FLIGHT }, createLogger('warn'));
  const file = new URL('./bare-thread.ts', import.meta.url);
  const bareThreads = Array.from({ length: threads }, () => new Worker(file, { resourceLimits: HEAP }));
  const bare = (times: number) =>
    Promise.all(bareThreads.map((thread) => finished(thread, { scheme: name, times: times / threads })));
  try {
    const cheap = CASES.find((one) => one.name === CHEAP) as Case;
    await throughPool(pool, cheap.credential, WARM_TASKS, threads);
    await bare(threads);
    const once = await timeOf(() => bare(threads));
    const times = threads * Math.ceil(effort.milliseconds / once);
    const [alone = [], pooled = []] = await inTurns(
      [() => timeOf(() => bare(times)), () => timeOf(() => throughPool(pool, credential, times, threads))],
      effort.rounds,
    );
    return {
      bare: (1000 * times) / median(alone),
      pool: (1000 * times) / median(pooled),
      ratios: pooled.map((took, round) => (alone[round] ?? Number.NaN) / took),
    };
  } finally {
    await Promise.all([pool.close(), ...bareThreads.map((thread) => thread.terminate())]);
  }
}

async function throughPool(pool: Pool, credential: Case['credential'], times: number, threads: number) {
  const task: VerifyTask = { credential, password: PASSWORD, refused: false, decoy: DEFAULT_DECOY };
  let left = times;
  const oneAfterTheOther = async () => {
    while (left > 0) {
      left -= 1;
      const { verdict } = await pool.verify(task);
      if (verdict.kind !== 'match') throw new Error('The example does not verify in the pool.');
    }
  };
  await Promise.all(Array.from({ length: threads * IN_FLIGHT }, oneAfterTheOther));
}

function finished(thread: Worker, task: BareTask): Promise<unknown> {
  return new Promise((resolve) => {
    thread.once('message', resolve);
    thread.postMessage(task);
  });
}
