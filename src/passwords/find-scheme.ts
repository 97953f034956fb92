import { availableParallelism } from 'node:os';
import { BridgeError } from '../domain/errors.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import { damageIn } from './finding/damage.ts';
import type { Question } from './finding/question.ts';
import { reportOf } from './finding/report.ts';
import type { SearchPlan } from './finding/search.ts';
import type { Unit } from './finding/unit.ts';
import { createPool, type Pool } from './pool/pool.ts';
import type { Damage, SchemeSearch, SchemeSearchResult } from './scheme-search.ts';

export interface SchemeSearchDeps {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Threads that hash; one a core when it is not given. */
  readonly threads?: number;
}

const DEFAULT_BUDGET_MS = 60_000;
/** A value that nobody would call a salt, nor hash. */
const LONGEST_SALT = 256;
/** Characters of a row's values that are looked at at all. */
const LONGEST_VALUE = 1024;
const MOST_COLUMNS = 40;
const MOST_PASSWORD_BYTES = 4096;

/**
 * Searches formats, recipes, salt columns, prefixes and peppers until one verifies, in threads of its own that end
 * with it. What is found has been verified as a login would be.
 *
 * @throws BridgeError `invalid_request` when the row does not have a column that is named, or the password is empty
 */
export async function searchScheme(
  wanted: SchemeSearch,
  deps: SchemeSearchDeps,
): Promise<SchemeSearchResult> {
  const question = questionOf(wanted);
  const damaged = damageIn(question);
  const whole = {
    ...question,
    passwordColumns: question.passwordColumns.filter(
      (name) => !damaged.some(({ column }) => column === name),
    ),
  };
  const threads = deps.threads ?? Math.min(availableParallelism(), 8);
  const pool = createPool({ threads, maxQueue: threads }, deps.logger);
  const end = endOf(wanted, deps.clock);
  const stopped = new Int32Array(new SharedArrayBuffer(4));
  try {
    return await Promise.race([run(whole, wanted, { pool, threads, stopped }, damaged, end), end.reached]);
  } finally {
    end.cancel();
    // A thread in the middle of one candidate cannot be ended safely; it looks at this before the next.
    Atomics.store(stopped, 0, 1);
    void pool.close();
  }
}

interface End {
  /** Resolves with the result when the time is over or the search is called off. */
  readonly reached: Promise<SchemeSearchResult>;
  readonly isReached: () => boolean;
  readonly state: { tried: number; total: number; damaged: readonly Damage[] };
  cancel(): void;
}

function endOf({ budgetMs = DEFAULT_BUDGET_MS, signal }: SchemeSearch, clock: Clock): End {
  const { promise, resolve } = Promise.withResolvers<SchemeSearchResult>();
  const state: End['state'] = { tried: 0, total: 0, damaged: [] };
  const last = clock() + budgetMs;
  const stop = () => {
    const { tried, total, damaged } = state;
    resolve({ kind: 'out-of-time', tried, remaining: Math.max(0, total - tried), damaged });
  };
  const timer = setTimeout(stop, budgetMs);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  return {
    reached: promise,
    isReached: () => clock() >= last || signal?.aborted === true,
    state,
    cancel() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    },
  };
}

async function run(
  question: Question,
  wanted: SchemeSearch,
  { pool, threads, stopped }: { pool: Pool; threads: number; stopped: Int32Array },
  damaged: readonly Damage[],
  end: End,
): Promise<SchemeSearchResult> {
  const { password } = wanted;
  end.state.damaged = damaged;
  const plan: SearchPlan = await pool.run('planSearch', { question, password, stopped });
  end.state.total = plan.units.reduce((sum, { candidates }) => sum + candidates, 0);
  const findings = await firstFindings(plan, end, threads, wanted, (unit) =>
    pool.run('search', { question, password, stopped, unit }),
  );
  const { tried } = end.state;
  if (findings.length > 0) return { ...reportOf(findings, password), tried };
  if (end.isReached()) return end.reached;
  return { kind: 'not-found', tried, covered: plan.descriptions, damaged };
}

/** Each thread takes the next slice, in order, until one has found something. */
async function firstFindings<T>(
  { units, descriptions }: SearchPlan,
  end: End,
  threads: number,
  { onProgress }: SchemeSearch,
  search: (unit: Unit) => Promise<T[]>,
): Promise<T[]> {
  let next = 0;
  let found: T[] = [];
  async function work(): Promise<void> {
    for (;;) {
      const unit = units[next];
      next += 1;
      if (unit === undefined || found.length > 0 || end.isReached()) return;
      const findings = await search(unit);
      end.state.tried += unit.candidates;
      if (end.isReached()) return;
      onProgress?.({
        tried: end.state.tried,
        total: end.state.total,
        description: descriptions[unit.stage] ?? '',
      });
      if (found.length === 0 && findings.length > 0) found = findings;
    }
  }
  const first = Promise.withResolvers<T[]>();
  const workers = Array.from({ length: threads }, () =>
    work().then(() => {
      if (found.length > 0) first.resolve(found);
    }),
  );
  Promise.all(workers).then(() => first.resolve(found), first.reject);
  return first.promise;
}

function questionOf({ row, passwordColumn, saltColumns, password, peppers = [] }: SchemeSearch): Question {
  if (password.length === 0 || password.length > MOST_PASSWORD_BYTES) {
    throw new BridgeError('invalid_request', `The password has 1 to ${MOST_PASSWORD_BYTES} bytes.`);
  }
  const named = [...(passwordColumn === undefined ? [] : [passwordColumn]), ...(saltColumns ?? [])];
  for (const column of named) {
    if (Object.hasOwn(row, column)) continue;
    const columns = Object.keys(row).slice(0, MOST_COLUMNS).join(', ');
    throw new BridgeError('invalid_request', `The row has no column ${column}. It has: ${columns}.`);
  }
  const filled = Object.entries(row)
    .filter(([, text]) => text !== '' && text.length <= LONGEST_VALUE)
    .slice(0, MOST_COLUMNS);
  const short = filled.filter(([column, text]) => text.length <= LONGEST_SALT && column !== passwordColumn);
  const salts = saltColumns ?? short.map(([column]) => column);
  const hashes = passwordColumn === undefined ? filled.map(([column]) => column) : [passwordColumn];
  return {
    row: Object.fromEntries([...hashes, ...salts].map((column) => [column, row[column] ?? ''])),
    passwordColumns: hashes,
    saltColumns: salts,
    peppers,
  };
}
