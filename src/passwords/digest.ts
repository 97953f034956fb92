import { hash } from 'node:crypto';

/**
 * Digests for rounds of thousands. Node makes a buffer with memory of its own for each digest, and to collect those takes
 * twice as long as to compute them. As text of a byte a character they are written into memory that is there.
 */

/** @param algorithm as node:crypto calls it */
export const digestOf = (algorithm: string, message: Uint8Array): Buffer =>
  Buffer.from(hash(algorithm, message, 'binary'), 'latin1');

/**
 * @param algorithm as node:crypto calls it
 * @param into may be the message itself
 * @param at where in it the digest begins
 */
export function writeDigest(algorithm: string, message: Uint8Array, into: Buffer, at = 0): void {
  into.write(hash(algorithm, message, 'binary'), at, 'latin1');
}
