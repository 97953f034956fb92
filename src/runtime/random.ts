import { randomBytes } from 'node:crypto';

/** Cryptographically strong random bytes. The one place that reads the machine's entropy. */
export type Random = (bytes: number) => Buffer;

export const systemRandom: Random = (bytes) => randomBytes(bytes);

/** A new identifier or token: `bytes` random bytes as base64url. */
export function randomToken(random: Random, bytes = 32): string {
  return random(bytes).toString('base64url');
}
