import { DEFAULT_DECOY } from '../src/passwords/pool/decoy.ts';
import { createPool, type Pool } from '../src/passwords/pool/pool.ts';
import type { VerifyTask } from '../src/passwords/pool/verify.ts';
import { createLogger } from '../src/runtime/logger.ts';
import { CASES, type Case, PASSWORD } from './cases.ts';
import { type Interval, intervalOfMedian, median, timeOf } from './measure.ts';
import type { BareTask } from './pool-thread.ts';

/** Verifications a second of one scheme, in as many threads each time. */
export interface Pooled {
  readonly bare: number;
  readonly pool: number;
  /** Of the pool, as a share of the bare rate: the median of what it costs in each of the rounds. */
  readonly cost: number;
  /** Where that lies, with a confidence of about 99 %. */
  readonly between: Interval;
}

export interface Effort {
  readonly rounds: number;
  /** Rounds are added, up to so many, until it is sure whether the pool costs more than `mostCost`. */
  readonly mostRounds: number;
  readonly mostCost: number;
  /** Of each measurement, at least. */
  readonly milliseconds: number;
  /** Of the scheme's own tasks before, at most. */
  readonly warming: number;
}

/** A rush of logins that fills the queue, by its default: that is when the rate counts. */
const IN_FLIGHT = 64;

/**
 * What surrounds a hash is compiled after some thousands of them; until then it takes several times as long. A bridge has
 * run for a while, and so have these threads: so many cheap tasks, and so many of the scheme's own as there is time for.
 */
const WARM_TASKS = { cheap: 10_000, own: 5_000 };
const CHEAP = 'md5($pass)';

/**
 * What V8 makes of the same code differs by several percent from thread to thread: the same ones measure with the pool and
 * without it, and after so many rounds others do.
 */
const ROUNDS_OF_A_THREAD = 15;

/**
 * Both do the same number of verifications, from the first that starts to the last that ends, one right after the other:
 * the machine's speed changes from second to second, and so each round is a comparison of its own. They take turns in
 * being the first.
 */
export async function measurePool(one: Case, threads: number, effort: Effort): Promise<Pooled> {
  const rates: Round[] = [];
  const costs = () => rates.map(({ bare, pool }) => 1 - pool / bare);
  while (!isEnough(costs(), effort)) rates.push(...(await withNewThreads(one, threads, effort)));
  return {
    bare: median(rates.map(({ bare }) => bare)),
    pool: median(rates.map(({ pool }) => pool)),
    cost: median(costs()),
    between: intervalOfMedian(costs()),
  };
}

/** Verifications a second. */
interface Round {
  readonly bare: number;
  readonly pool: number;
}

async function withNewThreads(
  { name, credential }: Case,
  threads: number,
  { rounds, milliseconds, warming }: Effort,
): Promise<Round[]> {
  const worker = new URL('./pool-thread.ts', import.meta.url);
  const pool = createPool({ threads, maxQueue: IN_FLIGHT, worker }, createLogger('warn'));
  const bare = (times: number) => {
    const left = new Int32Array(new SharedArrayBuffer(4)).fill(times);
    return Promise.all(Array.from({ length: threads }, () => runBare(pool, { scheme: name, left })));
  };
  try {
    const cheap = CASES.find((one) => one.name === CHEAP) as Case;
    await throughPool(pool, cheap.credential, WARM_TASKS.cheap);
    await bare(threads);
    const once = await timeOf(() => bare(threads));
    await throughPool(pool, credential, threads * Math.ceil(Math.min(WARM_TASKS.own, warming / once)));
    const times = threads * Math.ceil(milliseconds / once);
    const bareRate = async () => (1000 * times) / (await timeOf(() => bare(times)));
    const poolRate = async () => (1000 * times) / (await timeOf(() => throughPool(pool, credential, times)));
    const found: Round[] = [];
    while (found.length < Math.min(rounds, ROUNDS_OF_A_THREAD)) {
      if (found.length % 2 === 0) found.push({ bare: await bareRate(), pool: await poolRate() });
      else found.push({ pool: await poolRate(), bare: await bareRate() });
    }
    return found;
  } finally {
    await pool.close();
  }
}

function isEnough(costs: readonly number[], { rounds, mostRounds, mostCost }: Effort): boolean {
  if (costs.length < rounds) return false;
  const { low, high } = intervalOfMedian(costs);
  return costs.length >= mostRounds || high <= mostCost || low > mostCost;
}

async function throughPool(pool: Pool, credential: Case['credential'], times: number) {
  const task: VerifyTask = { credential, password: PASSWORD, refused: false, decoy: DEFAULT_DECOY };
  let left = times;
  const oneAfterTheOther = async () => {
    while (left > 0) {
      left -= 1;
      const { verdict } = await pool.verify(task);
      if (verdict.kind !== 'match') throw new Error('The example does not verify in the pool.');
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, oneAfterTheOther));
}

/** The threads of the bench know more than those of a bridge. */
function runBare(pool: Pool, task: BareTask): Promise<unknown> {
  return pool.run('bare' as never, { ...task, password: new Uint8Array() } as never);
}
