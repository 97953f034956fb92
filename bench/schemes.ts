import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { formatTable } from '../src/cli/table.ts';
import { identify } from '../src/passwords/identify/identify.ts';
import { BARE } from './bare.ts';
import { CASES, type Case, PASSWORD } from './cases.ts';
import { median, rateOf, ratesInTurns } from './measure.ts';
import { measurePool, type Pooled } from './pooled.ts';

/**
 * Verifications a second of every scheme, beside those of the bare library in the same run; then the worker pool
 * against the same work in as many threads without it. Exits with 1 when the pool costs more than 5 %.
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
const SINGLE = quick ? { rounds: 1, milliseconds: 1 } : { rounds: 3, milliseconds: 50 };
const POOLED = quick ? { rounds: 1, milliseconds: 1 } : { rounds: 5, milliseconds: 120 };
/** For what the short measurement does not clear. */
const AGAIN = quick ? undefined : { rounds: 9, milliseconds: 400 };
const MOST_COST = 0.05;

const threads = availableParallelism();
const load = loadavg()[0] ?? 0;
const single = await singleThreaded();
const pooled = await measurePool(
  threads,
  POOLED,
  AGAIN,
  MOST_COST,
  (done, all) => progress('in the pool', done, all),
  cases,
);
report();

async function singleThreaded(): Promise<string[][]> {
  const rows: string[][] = [];
  for (const one of cases) {
    if (!(await one.hash.verify(PASSWORD))) throw new Error(`The example of ${one.name} does not verify.`);
    const bare = BARE.filter(({ scheme }) => scheme === one.name);
    const work = [() => verifyOnce(one), ...bare.map(({ run }) => run)];
    const kinds = work.map((run) => (milliseconds: number) => rateOf(run, milliseconds));
    const [own = [], ...others] = await ratesInTurns(kinds, SINGLE.rounds, SINGLE.milliseconds);
    const beside = bare.map(({ library }, index) => `${library} ${number(median(others[index] ?? []))}`);
    const ratios = own.map((rate, round) => rate / (others[0]?.[round] ?? Number.NaN));
    const share = others[0] === undefined ? '' : percent(median(ratios));
    rows.push([one.name, number(median(own)), beside.join(', '), share]);
    progress('alone', rows.length, cases.length);
  }
  return rows;
}

/** As a login does it: the row is read anew each time. */
async function verifyOnce({ credential }: Case): Promise<void> {
  const identified = identify(credential);
  if (identified.kind === 'readable') await identified.hash.verify(PASSWORD);
}

function report(): void {
  const text = [
    '# Verifications a second, by scheme',
    '',
    ...about(),
    '',
    `One thread, the parameters of each scheme's example. Beside it the bare library in the same run, and what of its rate the scheme reaches. Medians of ${SINGLE.rounds} rounds in turns.`,
    '',
    '```',
    ...formatTable(['scheme', 'a second', 'bare library', 'of it'], single),
    '```',
    '',
    `The worker pool with ${threads} threads, and the same in ${threads} threads without it: the bare library where one does all of the work, otherwise the scheme's own code on a value that was read before. Every scheme whose verification takes a millisecond or more. Medians of ${POOLED.rounds} rounds in turns, of ${AGAIN?.rounds ?? 0} longer ones in threads of their own where the first say that the pool costs more than ${percent(MOST_COST)}.`,
    '',
    '```',
    ...formatTable(
      ['scheme', 'without', 'a second', 'pool', 'of it'],
      pooled.map(({ scheme, bareOf, bare, pool, ratio }) => [
        scheme,
        bareOf,
        number(bare),
        number(pool),
        percent(ratio),
      ]),
    ),
    '```',
    '',
  ].join('\n');
  console.log(text);
  if (quick) return;
  if (only === undefined) {
    mkdirSync(new URL('./results/', import.meta.url), { recursive: true });
    writeFileSync(new URL('./results/schemes.md', import.meta.url), text);
  }
  const dear = pooled.filter(({ ratio }: Pooled) => ratio < 1 - MOST_COST);
  for (const { scheme, ratio } of dear)
    console.log(`The pool costs ${scheme} ${percent(1 - ratio)}; at most ${percent(MOST_COST)} may be.`);
  process.exitCode = dear.length === 0 ? 0 : 1;
}

/** When, on what and with what. No name of the machine. */
function about(): string[] {
  const libraries = ['bcryptjs', 'argon2', '@node-rs/bcrypt', '@node-rs/argon2', 'hash-wasm', 'piscina'];
  return [
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model ?? 'unknown processor'}, ${threads} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; load average ${load.toFixed(1)} when it began.`,
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

function progress(what: string, done: number, all: number): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r${done}/${all} schemes ${what}   ${done === all ? '\n' : ''}`);
}
function number(rate: number): string {
  return rate < 100 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en');
}
function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
