import { timingSafeEqual } from 'node:crypto';
import type { Judgement, Parameters, ParsedHash } from '../scheme.ts';

/** What is left to say about a scheme that computes bytes and compares them with those of the row. */
export interface ComparedDigest {
  readonly scheme: string;
  readonly parameters: Parameters;
  readonly judgement: Judgement;
  readonly outOfBounds?: string | undefined;
  /** Rough milliseconds; a single digest when it is not told. */
  readonly cost?: number;
  readonly expected: Buffer;
  /** @returns undefined for a password that the legacy system could not have been given */
  compute(password: Uint8Array): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  lossy?(password: Uint8Array): boolean;
  readonly decoy: string;
}

/** Milliseconds of one digest of a short text, with what surrounds it. */
export const SINGLE_DIGEST_MILLISECONDS = 0.01;

/** A parsed hash that matches when what is computed has exactly the expected bytes; compared in constant time. */
export function comparedDigest(of: ComparedDigest): ParsedHash {
  const {
    scheme,
    parameters,
    judgement,
    outOfBounds,
    cost = SINGLE_DIGEST_MILLISECONDS,
    expected,
    decoy,
  } = of;
  return {
    scheme,
    parameters,
    judgement,
    ...(outOfBounds === undefined ? {} : { outOfBounds }),
    cost,
    async verify(password) {
      const computed = await of.compute(password);
      if (computed === undefined || computed.length !== expected.length) return false;
      return timingSafeEqual(computed, expected);
    },
    lossy: (password) => of.lossy?.(password) ?? false,
    decoy: () => decoy,
  };
}
