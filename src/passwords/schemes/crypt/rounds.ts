import { writeDigest } from '../../digest.ts';

/**
 * The rounds that md5crypt and sha-crypt have in common: each hashes the last digest with the password, and every
 * third time without the salt, every seventh without the second password.
 *
 * There are only eight layouts of what is hashed, so each is laid out once and its digest replaced in place.
 */
export function mixRounds(
  algorithm: 'md5' | 'sha256' | 'sha512',
  rounds: number,
  first: Uint8Array,
  password: Uint8Array,
  salt: Uint8Array,
): Uint8Array {
  const layouts = [0, 1, 2, 3, 4, 5, 6, 7].map((layout) => {
    const between = [...(layout & 2 ? [salt] : []), ...(layout & 4 ? [password] : [])];
    const parts = layout & 1 ? [password, ...between, first] : [first, ...between, password];
    const message = Buffer.concat(parts);
    return { message, offset: layout & 1 ? message.length - first.length : 0 };
  });
  const result = { message: Buffer.from(first), offset: 0 };
  const layoutOf = (round: number) =>
    (round < rounds ? layouts[(round & 1) | (round % 3 ? 2 : 0) | (round % 7 ? 4 : 0)] : undefined) ?? result;
  let current = layoutOf(0);
  current.message.set(first, current.offset);
  for (let round = 0; round < rounds; round += 1) {
    const next = layoutOf(round + 1);
    writeDigest(algorithm, current.message, next.message, next.offset);
    current = next;
  }
  for (const { message } of layouts) message.fill(0);
  return result.message;
}

/** The bytes, as often as they are needed to fill this length. */
export const stretched = (bytes: Uint8Array, length: number): Buffer =>
  length === 0 ? Buffer.alloc(0) : Buffer.alloc(length, bytes);
