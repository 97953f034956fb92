import type { ParsedHash } from './scheme.ts';

/** Milliseconds that a digest works on one byte, on one core of a small cloud machine: 1 to 2 nanoseconds of any of them. */
export const BYTE_MILLISECONDS = 2e-6;

/** Milliseconds of one digest that is asked for by itself. */
export const DIGEST_MILLISECONDS = 0.001;

/** Milliseconds of one HMAC: node:crypto makes a key object for each. */
export const HMAC_MILLISECONDS = 0.02;

/** Milliseconds of 1,000 iterations of PBKDF2 for one block of output, on the same core; OpenSSL's names. */
const PBKDF2_MILLISECONDS: Readonly<Record<string, number>> = {
  md5: 0.22,
  sha1: 0.13,
  sha224: 0.13,
  sha256: 0.13,
  sha384: 0.4,
  sha512: 0.4,
};
const PBKDF2_MILLISECONDS_OF_OTHERS = 0.6;

/** @param blocks how many times the digest fits into the output, rounded up: each is computed by itself */
export const pbkdf2Milliseconds = (digest: string, iterations: number, blocks: number): number =>
  ((PBKDF2_MILLISECONDS[digest] ?? PBKDF2_MILLISECONDS_OF_OTHERS) / 1000) * iterations * blocks;

/** Milliseconds that verifying a password of so many bytes costs, roughly. */
export const costOf = ({ cost, costFor }: Pick<ParsedHash, 'cost' | 'costFor'>, bytes: number): number =>
  costFor?.(bytes) ?? cost;
