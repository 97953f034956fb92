import { Worker } from 'node:worker_threads';
import { DEFAULT_DECOY } from '../src/passwords/pool/decoy.ts';
import { createPool, type Pool } from '../src/passwords/pool/pool.ts';
import { createLogger } from '../src/runtime/logger.ts';
import { BARE } from './bare.ts';
import { CASES, type Case, PASSWORD } from './cases.ts';
import { median, rateOf, ratesInTurns } from './measure.ts';

export interface Pooled {
  readonly scheme: string;
  /** What runs in the threads without the pool. */
  readonly bareOf: string;
  readonly bare: number;
  readonly pool: number;
  /** The median of the rounds, each of which meets the same moment of the machine. */
  readonly ratio: number;
}

export interface Effort {
  readonly rounds: number;
  readonly milliseconds: number;
}

/** Logins that wait behind the ones that are being hashed, a thread: what a pool is for. */
const IN_FLIGHT = 2;

/** Milliseconds: what is cheaper than this is over before a thread could be told of it. */
const LEAST = 1;

/**
 * Every scheme that is work for a thread: in the pool, and in as many threads with nothing around it. What seems to
 * cost more than it may is measured again at length, since a short measurement of many schemes finds one by chance.
 */
export async function measurePool(
  threads: number,
  short: Effort,
  long: Effort | undefined,
  most: number,
  onMeasured: (done: number, all: number) => void,
  cases: readonly Case[] = CASES,
): Promise<readonly Pooled[]> {
  const dear = cases.filter(({ hash }) => hash.cost >= LEAST);
  const results = await inThreads(threads, async (pool, bareThreads) => {
    const measured: Pooled[] = [];
    for (const one of dear) {
      measured.push(await measureOne(one, pool, bareThreads, short));
      onMeasured(measured.length, dear.length);
    }
    return measured;
  });
  if (long === undefined) return results;
  for (const [index, one] of dear.entries()) {
    if ((results[index]?.ratio ?? 0) >= 1 - most) continue;
    // Threads of their own, as a bridge's are, whose tables have a scheme or two: a hundred leave other code and heaps behind.
    const again = (pool: Pool, bareThreads: readonly Worker[]) => measureOne(one, pool, bareThreads, long);
    results[index] = await inThreads(threads, again);
  }
  return results;
}

async function inThreads<T>(
  threads: number,
  measure: (pool: Pool, bareThreads: readonly Worker[]) => Promise<T>,
): Promise<T> {
  const pool = createPool({ threads, maxQueue: threads * IN_FLIGHT }, createLogger('warn'));
  const file = new URL('./bare-thread.ts', import.meta.url);
  const bareThreads = Array.from({ length: threads }, () => new Worker(file));
  try {
    return await measure(pool, bareThreads);
  } finally {
    await Promise.all([pool.close(), ...bareThreads.map((thread) => thread.terminate())]);
  }
}

async function measureOne(
  { name, credential }: Case,
  pool: Pool,
  bareThreads: readonly Worker[],
  { rounds, milliseconds }: Effort,
): Promise<Pooled> {
  const task = { credential, password: PASSWORD, refused: false, decoy: DEFAULT_DECOY };
  const throughPool = async () => {
    const { verdict } = await pool.run('verify', task);
    if (verdict.kind !== 'match') throw new Error(`${name} does not verify in the pool.`);
  };
  const sum = async (rates: readonly Promise<number>[]) =>
    (await Promise.all(rates)).reduce((all, rate) => all + rate, 0);
  const waiting = Array.from({ length: bareThreads.length * IN_FLIGHT });
  const [bare = [], pooled = []] = await ratesInTurns(
    [
      (time) => sum(bareThreads.map((thread) => bareRate(thread, name, time))),
      (time) => sum(waiting.map(() => rateOf(throughPool, time))),
    ],
    rounds,
    milliseconds,
  );
  return {
    scheme: name,
    bareOf: BARE.find(({ scheme }) => scheme === name)?.library ?? 'its own code',
    bare: median(bare),
    pool: median(pooled),
    ratio: median(pooled.map((rate, round) => rate / (bare[round] ?? Number.NaN))),
  };
}

function bareRate(thread: Worker, scheme: string, milliseconds: number): Promise<number> {
  return new Promise((resolve) => {
    thread.once('message', resolve);
    thread.postMessage({ scheme, milliseconds });
  });
}
