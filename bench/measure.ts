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

/** The same of several kinds of work, in turns, so that a busy moment of the machine meets all of them. */
export async function ratesInTurns(
  kinds: readonly ((milliseconds: number) => Promise<number>)[],
  rounds: number,
  milliseconds: number,
): Promise<number[][]> {
  const rates: number[][] = kinds.map(() => []);
  for (const kind of kinds) await kind(milliseconds / 4);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, kind] of kinds.entries()) rates[index]?.push(await kind(milliseconds));
  }
  return rates;
}
