import type { Credential } from '../domain/credential.ts';

/** A credential without the name of its scheme. */
export type StoredHash = Omit<Credential, 'scheme'>;

/**
 * The contract of one way of hashing passwords. One file a scheme under `schemes/`, always in the same order: names,
 * how to recognise it, parse, bounds, verify; registered in `schemes/all.ts`. To read one is to know them all.
 */
export interface Scheme {
  /** The usual name, as configuration and reports spell it. */
  readonly name: string;
  /** Other names that configuration may use. */
  readonly aliases?: readonly string[];
  /**
   * Reads a stored value of this scheme.
   *
   * @param stored what the row holds; a scheme whose hash needs a salt, a name or a pepper finds it here
   * @returns undefined when the value is not of this scheme (a foreign prefix is quietly none of its business)
   */
  parse(stored: StoredHash): ParsedHash | undefined;
  /**
   * What is wrong with a value that names this scheme and that `parse` does not read, as the second half of a
   * sentence without any of its hash or salt; undefined when the value does not name this scheme.
   */
  damage?(encoded: string): string | undefined;
  /** True when the value names its own scheme by a prefix, so that `auto` may choose it. */
  readonly selfDescribing: boolean;
}

export interface ParsedHash {
  readonly scheme: string;
  /** A sentence when a parameter of the row lies outside `limits.ts`; then nothing is computed. */
  readonly outOfBounds?: string;
  /** How many milliseconds a verification costs, roughly, on one core; what the decoy is measured by. */
  readonly cost: number;
  /** Compares in constant time. Runs in a worker; may take long. */
  verify(password: Uint8Array): Promise<boolean>;
  /** True when the scheme looks at only a part of this password. */
  lossy(password: Uint8Array): boolean;
  /** A stored value that costs the same to verify and that no password matches. */
  decoy(): string;
}

/** Schemes that differ in parameters which software keeps in its code and not in the row: the name says them. */
export interface SchemeFamily {
  /** A name of the family, with every parameter it knows. */
  readonly example: string;
  /**
   * The scheme of this name, in lower case and without blanks.
   *
   * @returns undefined when the name is not of this family
   */
  find(name: string): Scheme | undefined;
}
