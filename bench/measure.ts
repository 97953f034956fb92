export const median = (numbers: readonly number[]): number =>
  sorted(numbers)[Math.floor(numbers.length / 2)] ?? 0;

const sorted = (numbers: readonly number[]) => numbers.toSorted((one, other) => one - other);

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Standard deviations around the middle that leave out one of a hundred. */
const DEVIATIONS_OF_99_PERCENT = 2.58;

/**
 * Where the true median lies with a confidence of about 99 %, whatever the noise is like, as long as half of it lies on each
 * side (the interval of the sign test).
 */
export function intervalOfMedian(numbers: readonly number[]): Interval {
  const left = (numbers.length - DEVIATIONS_OF_99_PERCENT * Math.sqrt(numbers.length)) / 2;
  const outside = Math.max(0, Math.floor(left));
  const inOrder = sorted(numbers);
  return {
    low: inOrder[outside] ?? Number.NaN,
    high: inOrder[numbers.length - 1 - outside] ?? Number.NaN,
  };
}

/** @returns how often a second */
export async function rateOf(work: () => unknown, milliseconds: number): Promise<number> {
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < milliseconds) {
    await work();
    count += 1;
  }
  return (count * 1000) / (performance.now() - started);
}

/** @returns milliseconds */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Several measurements in turns, so that a busy moment of the machine meets all of them; each is heated up first. */
export async function inTurns(
  kinds: readonly (() => Promise<number>)[],
  rounds: number,
): Promise<number[][]> {
  const results: number[][] = kinds.map(() => []);
  for (const kind of kinds) await kind();
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, kind] of kinds.entries()) results[index]?.push(await kind());
  }
  return results;
}
