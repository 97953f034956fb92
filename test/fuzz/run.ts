import fc from 'fast-check';
import { type Probe, probe } from './probe.ts';
import { createPurse } from './purse.ts';
import type { Target } from './targets.ts';

export interface Run {
  readonly target: Target;
  readonly runs: number;
  readonly seed: number;
  /** Milliseconds of verifying, see `createPurse`. */
  readonly purse: readonly [number, number, number];
  /** Told before every input how many were before it. */
  readonly before?: (index: number) => void;
}

/** The input of this number of such a run. */
export const inputOf = ({ target, seed }: Pick<Run, 'target' | 'seed'>, index: number): Probe | undefined =>
  fc.sample(target.probes(), { numRuns: index + 1, seed })[index];

/** @returns what was found, with the seed and the smallest input that shows it; undefined when nothing was */
export async function fuzz({
  target,
  runs,
  seed,
  purse: milliseconds,
  before,
}: Run): Promise<string | undefined> {
  const purse = createPurse(milliseconds);
  let index = 0;
  const property = fc.asyncProperty(target.probes(), async (input) => {
    before?.(index);
    index += 1;
    try {
      await probe(input, purse);
    } catch (error) {
      purse.open();
      throw error;
    }
  });
  const result = await fc.check(property, { numRuns: runs, seed, interruptAfterTimeLimit: 600_000 });
  if (result.interrupted) return `${target.name}: not finished after ${result.numRuns} inputs (seed ${seed})`;
  if (!result.failed) return undefined;
  const [smallest] = result.counterexample ?? [];
  const fault =
    result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance);
  return `${target.name}: ${fault}\n  seed ${seed}, path ${result.counterexamplePath}\n  ${smallest === undefined ? '' : show(smallest)}`;
}

/** Synthetic, so it may be shown. */
export const show = ({ credential, password }: Probe): string =>
  JSON.stringify({ ...credential, passwordHex: hexOf(password) });

function hexOf(password: Uint8Array): string {
  const uniform = password.length > 16 && password.every((byte) => byte === password[0]);
  return uniform
    ? `${password.length} times ${password[0]?.toString(16).padStart(2, '0')}`
    : Buffer.from(password).toString('hex');
}
