import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { formatTable } from '../src/cli/table.ts';
import { fuzz, inputOf, show } from '../test/fuzz/run.ts';
import { TARGETS } from '../test/fuzz/targets.ts';

/**
 * Gives every scheme, the recipe parser and the choice by prefix damaged and hostile input, and holds them to: no
 * exception, no hang, no over-allocation, an answer within 50 ms or what the row's own bounds allow.
 *
 *   npm run fuzz [-- --runs 100000] [--seed N] [--only SCHEME]
 *
 * Exits with 1 on a finding, with the seed and the smallest input that shows it.
 */
const DEFAULT_RUNS = 100_000;
/** Milliseconds of verifying a scheme; see `createPurse`. */
const PURSE = [3000, 1500, 1500] as const;
/** A thread that does not come to its next input for this long hangs. */
const HANGS_AFTER = 60_000;
/** As a thread of the pool has it, and room for the generator of inputs. */
const HEAP_MIB = 256;

interface Assignment {
  readonly runs: number;
  readonly seed: number;
  /** The number of the input under way, from 0. */
  readonly shared: SharedArrayBuffer;
}
interface Finished {
  readonly name: string;
  readonly milliseconds: number;
  readonly finding: string | undefined;
}

if (isMainThread) process.exitCode = await main();
else {
  const assignment = workerData as Assignment;
  parentPort?.on('message', async (name: string) => {
    parentPort?.postMessage({ finding: await runOne(name, assignment) });
  });
}

async function runOne(name: string, { runs, seed, shared }: Assignment): Promise<string | undefined> {
  const target = TARGETS.find((known) => known.name === name);
  if (target === undefined) return `There is no scheme called ${name}.`;
  const state = new Int32Array(shared);
  return fuzz({ target, runs, seed, purse: PURSE, before: (index) => Atomics.store(state, 0, index) });
}

async function main(): Promise<0 | 1 | 2> {
  const { values } = parseArgs({
    options: { runs: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
  });
  const runs = Number(values.runs ?? DEFAULT_RUNS);
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  const names = TARGETS.map(({ name }) => name).filter(
    (name) => values.only === undefined || name === values.only,
  );
  if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed) || names.length === 0) {
    console.error(
      'Usage: npm run fuzz [-- --runs N] [--seed N] [--only SCHEME]; SCHEME is one of `footbridge schemes`.',
    );
    return 2;
  }
  console.log(`${runs} inputs for each of ${names.length} schemes and parsers, seed ${seed}`);
  const started = performance.now();
  const waiting = [...names];
  const finished: Finished[] = [];
  const lane = async () => {
    const thread = createThread(runs, seed);
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const result = await thread.run(name);
      finished.push(result);
      progress(finished.length, names.length, result);
      // At once: a run that is broken off would take it along.
      if (result.finding !== undefined) console.log(result.finding);
    }
    await thread.end();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 8) }, lane));
  return report(finished, runs, seed, performance.now() - started);
}

/** Works in a thread of its own, so that neither a hang nor a heap that is too small ends the run. */
function createThread(runs: number, seed: number) {
  const shared = new SharedArrayBuffer(4);
  const workerData: Assignment = { runs, seed, shared };
  const resourceLimits = { maxOldGenerationSizeMb: HEAP_MIB };
  const start = () => new Worker(new URL(import.meta.url), { workerData, argv: [], resourceLimits });
  let worker = start();
  return {
    async run(name: string): Promise<Finished> {
      const started = performance.now();
      const { promise, resolve } = Promise.withResolvers<{ finding?: string; lost?: string }>();
      const watch = setInterval(
        watchdog(shared, () => resolve({ lost: `hangs for ${HANGS_AFTER / 1000} s` })),
        1000,
      );
      worker.once('message', resolve);
      worker.once('error', (error: Error) => resolve({ lost: `ended its thread: ${error.message}` }));
      worker.postMessage(name);
      const { finding, lost } = await promise;
      clearInterval(watch);
      worker.removeAllListeners('message').removeAllListeners('error');
      if (lost !== undefined) {
        worker.on('error', () => undefined);
        await worker.terminate();
        worker = start();
      }
      const milliseconds = performance.now() - started;
      const said =
        lost === undefined ? finding : `${name} ${lost}\n  ${inputLost(name, { runs, seed, shared })}`;
      return { name, milliseconds, finding: said };
    },
    end: () => worker.terminate(),
  };
}

/** Watches that the index of the input moves. */
function watchdog(shared: SharedArrayBuffer, hangs: () => void): () => void {
  let [seen, since] = [-1, performance.now()];
  return () => {
    const index = Atomics.load(new Int32Array(shared), 0);
    if (index !== seen) [seen, since] = [index, performance.now()];
    else if (performance.now() - since > HANGS_AFTER) hangs();
  };
}

/** Generated again: writing every input down in case it is the last takes longer than reading it. */
function inputLost(name: string, { runs, seed, shared }: Assignment): string {
  const index = new Int32Array(shared)[0] ?? 0;
  const target = TARGETS.find((known) => known.name === name);
  if (target === undefined || index >= runs)
    return `seed ${seed}, while a smaller input of a finding was wanted`;
  const input = inputOf({ target, seed }, index);
  return `seed ${seed}, input ${index}: ${input === undefined ? '' : show(input)}`;
}

function progress(done: number, all: number, { name, milliseconds, finding }: Finished): void {
  const filled = Math.round((20 * done) / all);
  const bar = `[${'='.repeat(filled)}${' '.repeat(20 - filled)}]`;
  const said = finding === undefined ? `${(milliseconds / 1000).toFixed(1)} s` : 'FOUND SOMETHING';
  console.error(`${bar} ${done}/${all} ${name}: ${said}`);
}

function report(finished: readonly Finished[], runs: number, seed: number, milliseconds: number): 0 | 1 {
  const rows = finished.map(({ name, milliseconds, finding }) => [
    name,
    String(runs),
    (milliseconds / 1000).toFixed(1),
    finding === undefined ? 'ok' : 'FOUND',
  ]);
  for (const line of formatTable(['scheme', 'inputs', 'seconds', ''], rows)) console.log(line);
  const findings = finished.flatMap(({ finding }) => finding ?? []);
  for (const finding of findings) console.log(`\n${finding}`);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `\n${findings.length} findings in ${finished.length} schemes and parsers, ${(milliseconds / 60_000).toFixed(1)} minutes, at most ${memory} MiB resident, seed ${seed}`,
  );
  return findings.length === 0 ? 0 : 1;
}
