import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { formatTable } from '../src/cli/table.ts';
import type { Credential } from '../src/domain/credential.ts';
import { DEFAULT_DECOY } from '../src/passwords/pool/decoy.ts';
import { verify } from '../src/passwords/pool/verify.ts';
import type { Verdict } from '../src/passwords/verdict.ts';
import { type Configured, configured } from './vector-formats.ts';

/**
 * Verifies a JSON array of known answers, made by anybody's software, and prints a table a format.
 *
 *   npm run vectors -- FILE [FILE ..]
 *
 * Exits with 1 on any disagreement or unknown format, 2 when a file cannot be read.
 */
const vectorFile = z.array(
  z.looseObject({
    format: z.string(),
    password: z.string().nullish(),
    passwordHex: z
      .string()
      .regex(/^([0-9a-f]{2})*$/i)
      .nullish(),
    hash: z.string(),
    salt: z.string().nullish(),
    params: z.record(z.string(), z.unknown()).nullish(),
    expect: z.boolean(),
  }),
);
type Vector = z.output<typeof vectorFile>[number];

interface Tally {
  right: number;
  total: number;
  faults: string[];
  /** False until the name, or one of its values, says which scheme it is. */
  known: boolean;
}

/** A failure need not take long here. */
const NO_DECOY = { ...DEFAULT_DECOY, cost: 0 };

const { positionals: files } = parseArgs({ allowPositionals: true });
if (files.length === 0) {
  console.error('Name a file: npm run vectors -- FILE');
  process.exitCode = 2;
} else {
  process.exitCode = Math.max(...(await Promise.all(files.map(run))));
}

async function run(file: string): Promise<0 | 1 | 2> {
  const vectors = read(file);
  if (vectors === undefined) return 2;
  const tallies = new Map<string, Tally>();
  for (const [index, vector] of vectors.entries()) {
    const tally = tallies.get(vector.format) ?? { right: 0, total: 0, faults: [], known: false };
    tallies.set(vector.format, tally);
    tally.total += 1;
    const answer = await answerOf(vector, configured(vector));
    tally.known ||= answer.known;
    if (answer.fault === undefined) tally.right += 1;
    else tally.faults.push(`#${index} ${vector.format}: ${answer.fault}`);
  }
  for (const [format, tally] of tallies) {
    if (!tally.known) tally.faults.push(`${format}: unknown format, and none of its values names a scheme`);
  }
  report(file, tallies);
  return [...tallies.values()].every(({ faults }) => faults.length === 0) ? 0 : 1;
}

/** A vector matches when any of the configurations that its format may mean lets the password in. */
async function answerOf(vector: Vector, { credentials, named }: Configured) {
  let [answer, known]: [string | undefined, boolean] = [undefined, named];
  for (const credential of credentials) {
    // The schemes themselves: that the bridge lets nobody in with an empty password is not theirs to say.
    const task = { credential, password: bytesOf(vector), refused: false, decoy: NO_DECOY };
    const { verdict } = await verify(task);
    known ||= verdict.kind !== 'unknown-scheme';
    if (verdict.kind === 'match') return { fault: faultOf(vector, credential, verdict), known };
    answer ??= faultOf(vector, credential, verdict);
  }
  return { fault: answer, known };
}

function read(file: string): Vector[] | undefined {
  try {
    const result = vectorFile.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (result.success) return result.data;
    console.error(`${file} is not a file of vectors:\n${z.prettifyError(result.error)}`);
  } catch (error) {
    console.error(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  return undefined;
}

function bytesOf({ password, passwordHex }: Vector): Buffer {
  return passwordHex == null ? Buffer.from(password ?? '', 'utf8') : Buffer.from(passwordHex, 'hex');
}

/** What is wrong with an answer, without the hash; undefined when nothing is. */
function faultOf({ expect }: Vector, { scheme }: Credential, verdict: Verdict): string | undefined {
  if ((verdict.kind === 'match') === expect) return undefined;
  const said =
    'shape' in verdict ? verdict.shape : 'reason' in verdict ? verdict.reason : `by ${verdict.scheme}`;
  return `must ${expect ? '' : 'not '}match, but is ${verdict.kind} (${said}), read as ${scheme}`;
}

function report(file: string, tallies: ReadonlyMap<string, Tally>): void {
  const rows = [...tallies]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([format, { right, total, faults }]) => [
      format,
      String(total),
      String(right),
      faults.length === 0 ? 'ok' : 'WRONG',
    ]);
  console.log(file);
  for (const line of formatTable(['format', 'vectors', 'right', ''], rows)) console.log(line);
  const faults = [...tallies.values()].flatMap((tally) => tally.faults);
  for (const fault of faults) console.log(fault);
  const [right, total] = [...tallies.values()].reduce(
    ([r, t], tally) => [r + tally.right, t + tally.total],
    [0, 0],
  );
  console.log(`${tallies.size} formats, ${right} of ${total} vectors right`);
}
