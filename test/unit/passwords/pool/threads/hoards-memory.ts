/** A thread that takes all memory it can get. */
export function verify(): never {
  const hoard: object[] = [];
  for (;;) hoard.push(new Array(100_000).fill({}));
}
