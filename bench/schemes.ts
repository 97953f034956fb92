import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { formatTable } from '../src/cli/table.ts';
import { identify } from '../src/passwords/identify/identify.ts';
import { bareOf } from './bare.ts';
import { CASES, type Case, PASSWORD } from './cases.ts';
import { inTurns, median, rateOf } from './measure.ts';
import { type Effort, measurePool, type Pooled } from './pooled.ts';

/**
 * Verifications a second of every scheme, beside those of the bare library in the same run; then in the worker pool,
 * beside the same work in as many threads without it. Exits with 1 when the pool surely costs one of them more than
 * 5 %, and names those of which the machine was too noisy to say.
 *
 *   npm run bench [-- --quick] [-- --only SCHEME,SCHEME]
 *
 * `--quick` shows that everything runs: it measures too briefly to judge. Neither it nor `--only` writes a file.
 */
const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const { quick } = values;
const only = values.only?.split(',');
const cases = CASES.filter(({ name }) => only?.includes(name) ?? true);
const ALONE = quick ? { rounds: 1, milliseconds: 1 } : { rounds: 3, milliseconds: 50 };
const MOST_COST = 0.05;
const POOLED: Effort = quick
  ? { ...ALONE, mostRounds: 1, mostCost: MOST_COST, warming: 0 }
  : { rounds: 15, mostRounds: 120, mostCost: MOST_COST, milliseconds: 150, warming: 6000 };
/** Of what is not judged. */
const POOLED_BRIEFLY: Effort = { ...POOLED, ...ALONE, mostRounds: ALONE.rounds };

/** Milliseconds: what is cheaper than this is over before a thread could be told of it. Its rate is printed, not judged. */
const LEAST = 1;

interface Row {
  readonly scheme: string;
  /** Milliseconds that the scheme counts on, to make a miss as dear as a hit. */
  readonly counted: number;
  readonly alone: number;
  readonly libraries: readonly { readonly library: string; readonly rate: number }[];
  readonly pooled: Pooled;
  readonly judged: boolean;
  /** With as many threads as cores, which is the default. */
  readonly pooledOnAll: Pooled;
}

const cores = availableParallelism();
/** One core is the event loop's, as in a bridge: its work would otherwise be measured as the price of the pool. */
const threads = Math.max(1, cores - 1);
const load = loadavg()[0] ?? 0;
const rows: Row[] = [];
for (const one of cases) {
  rows.push(await rowOf(one));
  if (process.stderr.isTTY) process.stderr.write(`\r${rows.length}/${cases.length} schemes `);
}
report();

async function rowOf(one: Case): Promise<Row> {
  if (!(await one.hash.verify(PASSWORD))) throw new Error(`The example of ${one.name} does not verify.`);
  const bare = bareOf(one);
  const kinds = [() => verifyOnce(one), ...bare.map(({ run }) => run)];
  const [alone = [], ...others] = await inTurns(
    kinds.map((run) => () => rateOf(run, ALONE.milliseconds)),
    ALONE.rounds,
  );
  const row = {
    scheme: one.name,
    counted: one.hash.cost,
    alone: median(alone),
    libraries: bare.map(({ library }, index) => ({ library, rate: median(others[index] ?? []) })),
  };
  const judged = row.alone <= 1000 / LEAST;
  return {
    ...row,
    judged,
    pooled: await measurePool(one, threads, judged ? POOLED : POOLED_BRIEFLY),
    pooledOnAll: await measurePool(one, cores, POOLED_BRIEFLY),
  };
}

/** As a login does it: the row is read anew each time. */
async function verifyOnce({ credential }: Case): Promise<void> {
  const identified = identify(credential);
  if (identified.kind === 'readable') await identified.hash.verify(PASSWORD);
}

function report(): void {
  const judged = rows.filter(({ judged }) => judged);
  const dear = judged.filter(({ pooled }) => pooled.between.low > MOST_COST);
  const unsure = judged.filter((row) => row.pooled.between.high > MOST_COST && !dear.includes(row));
  const verdict = `The pool costs ${judged.length} judged schemes ${percent(median(judged.map(({ pooled }) => pooled.cost)))}, as their median. More than ${percent(MOST_COST)}: ${named(dear)}. The machine was too noisy to say: ${named(unsure)}.`;
  const text = [
    '# Verifications a second, by scheme',
    '',
    ...about(),
    '',
    `The parameters are those of each scheme's example. Counted is what a verification costs by the scheme's own reckoning, by which failed logins are made equally dear. In one thread: the scheme, a row read anew each time, and beside it the bare library in the same run (medians of ${ALONE.rounds} rounds in turns); no library is named where the rounds are Footbridge's own code.`,
    '',
    `In ${inThreads(threads)}, so that the event loop has a core: without the pool (the bare library, or else the scheme's own code on a value that was read before) and in the pool, while a rush of logins waits; the same threads do both, after some thousands of verifications or some seconds of them. What the pool costs is the median of ${POOLED.rounds} rounds in turns at least, and of up to ${POOLED.mostRounds} until it is sure whether that is more than ${percent(MOST_COST)}; in brackets, where it lies with a confidence of about 99 %. Not judged is what takes less than ${LEAST} ms: it is over before a thread could be told of it.`,
    '',
    `In ${inThreads(cores)}, which share the cores with the event loop and with what asks for the verifications: the same for a moment (medians of ${POOLED_BRIEFLY.rounds} rounds).`,
    '',
    '```',
    ...formatTable(
      [
        'scheme',
        'counted',
        'one thread',
        'bare library',
        inThreads(threads),
        'pool',
        'cost',
        inThreads(cores),
        'pool of all',
      ],
      rows.map(({ scheme, counted, alone, libraries, pooled, judged, pooledOnAll }) => [
        scheme,
        `${counted < 1 ? counted.toFixed(3) : number(counted)} ms`,
        number(alone),
        libraries.map(({ library, rate }) => `${library} ${number(rate)}`).join(', '),
        number(pooled.bare),
        number(pooled.pool),
        judged ? costOf(pooled) : '',
        number(pooledOnAll.bare),
        number(pooledOnAll.pool),
      ]),
    ),
    '```',
    '',
    ...(quick ? [] : [verdict, '']),
  ].join('\n');
  console.log(text);
  if (quick) return;
  if (only === undefined) {
    mkdirSync(new URL('./results/', import.meta.url), { recursive: true });
    writeFileSync(new URL('./results/schemes.md', import.meta.url), text);
  }
  process.exitCode = dear.length === 0 ? 0 : 1;
}

/** When, on what and with what. No name of the machine. */
function about(): string[] {
  const libraries = ['bcryptjs', 'argon2', '@node-rs/bcrypt', '@node-rs/argon2', 'hash-wasm', 'piscina'];
  return [
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cores} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; load average ${load.toFixed(1)} when it began.`,
    `Node ${process.versions.node}, OpenSSL ${process.versions.openssl}, ${libraries.map(versionOf).join(', ')}.`,
  ];
}

/** Read from the file: packages need not export it. */
function versionOf(name: string): string {
  try {
    const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
    return `${name} ${(JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version}`;
  } catch {
    return `no ${name}`;
  }
}

function named(found: readonly Row[]): string {
  return found.map(({ scheme }) => scheme).join(', ') || 'none';
}

function costOf({ cost, between }: Pooled): string {
  return `${percent(cost)} (${percent(between.low)} to ${percent(between.high)})`;
}

function inThreads(count: number): string {
  return count === 1 ? '1 thread' : `${count} threads`;
}

function number(rate: number): string {
  return rate < 100 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en');
}
function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
