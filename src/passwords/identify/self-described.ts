import type { ParsedHash, Scheme, StoredHash } from '../scheme.ts';
import { ALL_SCHEMES } from '../schemes/all.ts';

export type SelfDescribed =
  | { readonly kind: 'read'; readonly scheme: Scheme; readonly hash: ParsedHash }
  /** The value names the scheme and is not one of it. */
  | { readonly kind: 'damaged'; readonly scheme: Scheme; readonly why: string };

const SELF_DESCRIBING = ALL_SCHEMES.filter((scheme) => scheme.selfDescribing);

/**
 * Reads a value by the prefix that names its scheme.
 *
 * @returns undefined when it names none
 */
export function readSelfDescribed(stored: StoredHash): SelfDescribed | undefined {
  for (const scheme of SELF_DESCRIBING) {
    const hash = scheme.parse(stored);
    if (hash !== undefined) return { kind: 'read', scheme, hash };
  }
  return damageOf(stored.encoded, SELF_DESCRIBING);
}

/** The first of these schemes that a value names without being one of it. */
export function damageOf(
  encoded: string,
  schemes: readonly Scheme[],
): Extract<SelfDescribed, { kind: 'damaged' }> | undefined {
  for (const scheme of schemes) {
    const why = scheme.damage?.(encoded);
    if (why !== undefined) return { kind: 'damaged', scheme, why };
  }
  return undefined;
}
