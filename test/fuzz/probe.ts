import { getHeapStatistics } from 'node:v8';
import type { Credential } from '../../src/domain/credential.ts';
import { transcode } from '../../src/passwords/charsets/transcode.ts';
import { costOf } from '../../src/passwords/cost.ts';
import { identify } from '../../src/passwords/identify/identify.ts';
import type { Decoy } from '../../src/passwords/pool/decoy.ts';
import { verify } from '../../src/passwords/pool/verify.ts';
import type { Purse } from './purse.ts';

/** Milliseconds for any answer. */
const PROMPT = 50;
/** How much longer than its `cost` a verification may take; the cost is an estimate for another machine. */
const SLACK = 5;
/** Bytes that reading a value may allocate, and that verifying one may hold beside what its bounds allow. */
const READING_BYTES = 8 * 2 ** 20;
const VERIFYING_BYTES = 64 * 2 ** 20;
/**
 * Time is the thread's own on a processor, so that a busy machine finds nothing; and only what is slow every time is
 * slow, since the collection of garbage comes when it comes.
 */
const ATTEMPTS = 4;

/** What was given to a scheme. */
export interface Probe {
  readonly credential: Credential;
  readonly password: Uint8Array;
}

/** Next to nothing, so that the time is the scheme's. */
const CHEAP_DECOY: Decoy = { credential: { encoded: '0'.repeat(32), scheme: 'md5' }, cost: 0 };

/**
 * Reads and verifies as the pool does.
 *
 * @throws Error with the promise that was broken
 */
export async function probe({ credential, password }: Probe, purse: Purse): Promise<void> {
  const identified = await bounded('Reading', PROMPT, READING_BYTES, async () => identify(credential));
  if (identified.kind !== 'readable') return;
  const { hash } = identified;
  if (!(hash.cost >= 0 && hash.cost < Number.POSITIVE_INFINITY)) throw new Error(`Its cost is ${hash.cost}.`);
  checkDecoy(credential, hash.decoy(), hash.cost);
  const cost = costOf(hash, transcode(password, credential.charset ?? 'utf8').bytes.length);
  if (!purse.spend(cost)) return;
  const most = Math.max(PROMPT, SLACK * cost);
  const task = { credential, refused: false, decoy: CHEAP_DECOY };
  const answer = await bounded('Verifying', most, VERIFYING_BYTES, () =>
    verify({ ...task, password: Uint8Array.from(password) }),
  );
  if (answer.exception !== undefined) throw new Error(`Verifying threw an exception: ${answer.exception}.`);
}

/** A decoy that is not read would let a failed login be told by its speed. */
function checkDecoy(credential: Credential, encoded: string, cost: number): void {
  const decoy = identify({ ...credential, encoded });
  if (decoy.kind !== 'readable') throw new Error(`Its decoy is not readable: ${decoy.kind}.`);
  if (decoy.hash.cost < cost / 2) throw new Error(`Its decoy costs ${decoy.hash.cost} instead of ${cost}.`);
}

async function bounded<T>(
  what: string,
  milliseconds: number,
  bytes: number,
  work: () => Promise<T>,
): Promise<T> {
  let faults: string[] = [];
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    // The clock is read for next to nothing, and what took no time on it took none on the processor.
    const ofProcessor = attempt > 1;
    const [heap, start] = [allocated(), ofProcessor ? processorTime() : performance.now()];
    const result = await work();
    const took = (ofProcessor ? processorTime() : performance.now()) - start;
    const grown = allocated() - heap;
    faults = [];
    if (took > milliseconds) faults.push(`took ${took.toFixed(0)} ms instead of ${milliseconds.toFixed(0)}`);
    if (grown > bytes)
      faults.push(`allocated ${(grown / 2 ** 20).toFixed(0)} MiB instead of ${bytes / 2 ** 20}`);
    if (faults.length === 0) return result;
  }
  throw new Error(`${what} ${faults.join(' and ')}, ${ATTEMPTS} times.`);
}

function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function allocated(): number {
  const { used_heap_size, external_memory, malloced_memory } = getHeapStatistics();
  return used_heap_size + external_memory + malloced_memory;
}
