export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;

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
