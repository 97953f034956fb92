import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { formatTable } from '../src/cli/table.ts';
import { identify } from '../src/passwords/identify/identify.ts';
import { DEFAULT_DECOY } from '../src/passwords/pool/decoy.ts';
import { createPool } from '../src/passwords/pool/pool.ts';
import { ALL_SCHEMES } from '../src/passwords/schemes/all.ts';
import { createLogger } from '../src/runtime/logger.ts';
import { BARE, type Case, caseOf } from './cases.ts';
import { median, rateOf, ratesInTurns } from './measure.ts';

/**
 * Verifications a second of every scheme, beside those of the bare library in the same run; then the worker pool
 * against the bare library in as many threads. Exits with 1 when the pool costs more than 5 %.
 *
 *   npm run bench [-- --quick]
 *
 * `--quick` shows that everything runs: it measures too briefly to judge, and writes no file.
 */
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const { quick } = values;
const SINGLE = quick ? { rounds: 1, milliseconds: 2 } : { rounds: 5, milliseconds: 120 };
const POOLED = quick ? { rounds: 1, milliseconds: 60 } : { rounds: 15, milliseconds: 600 };
const MOST_COST = 0.05;
const threads = availableParallelism();

const single = await singleThreaded();
const pooled = await throughPool();
report();

async function singleThreaded(): Promise<string[][]> {
  const rows: string[][] = [];
  for (const scheme of ALL_SCHEMES) {
    const chosen = caseOf(scheme, quick ? 20 : 100);
    const identified = chosen && identify(chosen.credential);
    if (chosen === undefined || identified?.kind !== 'readable') {
      rows.push([scheme.name, '-', '', '']);
      continue;
    }
    if (!(await identified.hash.verify(chosen.password))) throw new Error(`${scheme.name} does not verify.`);
    const bare = BARE.filter((known) => known.scheme === scheme.name);
    const work = [() => verifyOnce(chosen), ...bare.map(({ run }) => run)];
    const kinds = work.map((one) => (milliseconds: number) => rateOf(one, milliseconds));
    const [own = [], ...others] = await ratesInTurns(kinds, SINGLE.rounds, SINGLE.milliseconds);
    const beside = bare.map(({ library }, index) => `${library} ${number(median(others[index] ?? []))}`);
    const ratio = others[0] === undefined ? '' : percent(ratios(own, others[0]));
    rows.push([scheme.name, number(median(own)), beside.join(', '), ratio]);
    if (process.stderr.isTTY) process.stderr.write(`\r${rows.length}/${ALL_SCHEMES.length} schemes`);
  }
  return rows;
}

async function verifyOnce({ credential, password }: Case): Promise<void> {
  const identified = identify(credential);
  if (identified.kind === 'readable') await identified.hash.verify(password);
}

async function throughPool(): Promise<{ scheme: string; bare: number; pool: number; ratio: number }[]> {
  const pool = createPool({ threads, maxQueue: threads }, createLogger('warn'));
  const bareThreads = Array.from(
    { length: threads },
    () => new Worker(new URL('./bare-thread.ts', import.meta.url)),
  );
  const slow = ALL_SCHEMES.flatMap((scheme) => {
    const chosen = BARE.some((bare) => bare.scheme === scheme.name) ? caseOf(scheme) : undefined;
    const identified = chosen && identify(chosen.credential);
    return chosen && identified?.kind === 'readable' && identified.hash.cost >= 1
      ? [{ name: scheme.name, chosen }]
      : [];
  });
  const results = [];
  for (const { name, chosen } of slow) {
    const task = { ...chosen, refused: false, decoy: DEFAULT_DECOY };
    const lane = async (milliseconds: number) =>
      rateOf(async () => {
        const { verdict } = await pool.run('verify', task);
        if (verdict.kind !== 'match') throw new Error(`${name} does not verify in the pool.`);
      }, milliseconds);
    const inAll = async (one: (index: number) => Promise<number>) =>
      (await Promise.all(bareThreads.map((_, index) => one(index)))).reduce((sum, rate) => sum + rate, 0);
    const [bare = [], pooled = []] = await ratesInTurns(
      [
        (milliseconds) => inAll((index) => bareRate(bareThreads[index], name, milliseconds)),
        (milliseconds) => inAll(() => lane(milliseconds)),
      ],
      POOLED.rounds,
      POOLED.milliseconds,
    );
    results.push({ scheme: name, bare: median(bare), pool: median(pooled), ratio: ratios(pooled, bare) });
  }
  await Promise.all([pool.close(), ...bareThreads.map((thread) => thread.terminate())]);
  return results;
}

function bareRate(thread: Worker | undefined, scheme: string, milliseconds: number): Promise<number> {
  return new Promise((resolve, reject) => {
    if (thread === undefined) return reject(new Error('There is no such thread.'));
    thread.once('message', resolve);
    thread.postMessage({ scheme, milliseconds });
  });
}

function report(): void {
  const versions = createRequire(import.meta.url);
  const version = (name: string) => {
    try {
      return `${name} ${(versions(`${name}/package.json`) as { version: string }).version}`;
    } catch {
      return `${name} (version not told)`;
    }
  };
  const date = new Date().toISOString().slice(0, 10);
  const machine = [
    `${date}, ${cpus()[0]?.model ?? 'unknown processor'}, ${threads} cores, Node ${process.versions.node}, OpenSSL ${process.versions.openssl}`,
    ['bcryptjs', 'argon2', '@node-rs/bcrypt', '@node-rs/argon2', 'hash-wasm', 'piscina']
      .map(version)
      .join(', '),
  ];
  const text = [
    '# Verifications a second, by scheme',
    '',
    ...machine,
    '',
    'One thread; the bare library in the same run beside it, and what of its rate the scheme reaches.',
    '',
    '```',
    ...formatTable(['scheme', 'a second', 'bare library', 'of it'], single),
    '```',
    '',
    `The worker pool with ${threads} threads, and the bare library in ${threads} threads: medians of ${POOLED.rounds} rounds in turns.`,
    '',
    '```',
    ...formatTable(
      ['scheme', 'bare library', 'pool', 'of it'],
      pooled.map(({ scheme, bare, pool, ratio }) => [scheme, number(bare), number(pool), percent(ratio)]),
    ),
    '```',
    '',
  ].join('\n');
  console.log(text);
  if (quick) return;
  mkdirSync(new URL('./results/', import.meta.url), { recursive: true });
  writeFileSync(new URL(`./results/schemes-${date}.md`, import.meta.url), text);
  const dear = pooled.filter(({ ratio }) => ratio < 1 - MOST_COST);
  for (const { scheme, ratio } of dear)
    console.log(`The pool costs ${scheme} ${percent(1 - ratio)}; at most 5 % may be.`);
  process.exitCode = dear.length === 0 ? 0 : 1;
}

function ratios(own: readonly number[], other: readonly number[]): number {
  return median(own.map((rate, index) => rate / (other[index] ?? Number.NaN)));
}
function number(rate: number): string {
  return rate < 100 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en');
}
function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
