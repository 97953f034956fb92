import { availableParallelism } from 'node:os';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import { damageIn } from './finding/damage.ts';
import { firstHit } from './finding/first-hit.ts';
import { questionOf } from './finding/question-of.ts';
import { reportOf } from './finding/report.ts';
import { createTally } from './finding/tally.ts';
import { createPool } from './pool/pool.ts';
import type { SchemeSearch, SchemeSearchResult } from './scheme-search.ts';

export interface SchemeSearchDeps {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Threads that hash; one a core when it is not given. */
  readonly threads?: number;
}

const DEFAULT_BUDGET_MS = 60_000;
const MOST_THREADS = 8;

/**
 * Searches formats, recipes, salt columns, prefixes and peppers until one verifies, in threads of its own that end
 * with it. What is found has been verified as a login would be. The order is fixed: the same row and password give the
 * same answer, the simplest first, however many threads there are.
 *
 * @throws BridgeError `invalid_request` when the row does not have a column that is named, or the password is empty
 */
export async function searchScheme(
  wanted: SchemeSearch,
  deps: SchemeSearchDeps,
): Promise<SchemeSearchResult> {
  const asked = questionOf(wanted);
  const damaged = damageIn(asked);
  const isWhole = (name: string) => !damaged.some(({ column }) => column === name);
  const question = { ...asked, passwordColumns: asked.passwordColumns.filter(isWhole) };
  const threads = deps.threads ?? Math.min(availableParallelism(), MOST_THREADS);
  const pool = createPool({ threads, maxQueue: threads }, deps.logger);
  const end = endOf(wanted, deps.clock);
  const stopped = new Int32Array(new SharedArrayBuffer(4));
  try {
    const { password } = wanted;
    const planning = pool.run('planSearch', { question, password, stopped });
    const plan = await Promise.race([planning, end.reached]);
    if (plan === undefined) return { kind: 'out-of-time', tried: 0, remaining: 0, damaged };
    const tally = createTally(plan, wanted.onProgress);
    const hit = firstHit({
      units: plan.units,
      threads,
      search: (unit) => pool.run('search', { question, password, stopped, unit }),
      onUnit: tally.on,
      isOver: end.isReached,
    });
    const findings = (await Promise.race([hit.reached, end.reached])) ?? hit.soFar();
    const { tried, remaining } = tally.state();
    if (findings.length > 0) return { ...reportOf(findings, wanted), tried };
    if (end.isReached()) return { kind: 'out-of-time', tried, remaining, damaged };
    return { kind: 'not-found', tried, covered: plan.descriptions, damaged };
  } finally {
    end.cancel();
    // A thread in the middle of one candidate cannot be ended safely; it looks at this before the next.
    Atomics.store(stopped, 0, 1);
    await pool.started();
    void pool.close();
  }
}

interface End {
  /** Resolves when the time is over or the search is called off. */
  readonly reached: Promise<undefined>;
  isReached(): boolean;
  cancel(): void;
}

function endOf({ budgetMs = DEFAULT_BUDGET_MS, signal }: SchemeSearch, clock: Clock): End {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const last = clock() + budgetMs;
  let isReached = false;
  const stop = () => {
    isReached = true;
    resolve(undefined);
  };
  const timer = setTimeout(stop, budgetMs);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  return {
    reached: promise,
    isReached: () => isReached || clock() >= last,
    cancel() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    },
  };
}
