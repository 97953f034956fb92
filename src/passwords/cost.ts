import type { ParsedHash } from './scheme.ts';

/** Milliseconds that a digest works on one byte, on one core of a small cloud machine: 1 to 2 nanoseconds of any of them. */
export const BYTE_MILLISECONDS = 2e-6;

/** Milliseconds that verifying a password of so many bytes costs, roughly. */
export const costOf = ({ cost, costFor }: Pick<ParsedHash, 'cost' | 'costFor'>, bytes: number): number =>
  costFor?.(bytes) ?? cost;
