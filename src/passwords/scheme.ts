import type { Credential } from '../domain/credential.ts';
import type { Fresh } from './fresh-salt.ts';

/** A credential without the name of its scheme. */
export type StoredHash = Omit<Credential, 'scheme'>;

/** What a row or the configuration may hold beside the password column. */
export type Beside = 'salt' | 'username' | 'pepper';

/** What a scheme says of itself, for people: the list of schemes, the documentation, reports. */
export interface About {
  /** The software with its versions, and `table.column` where it is known. */
  readonly foundIn: string;
  /** A stored value of the made-up password of `example.ts`, with the parameters that are usual; `parse` reads it. */
  readonly example: string;
  /** The example shows the layout alone: it is of another password. */
  readonly layoutOnly?: true;
  /** What the scheme ignores of a password, where it ignores anything: then a match may be lossy. */
  readonly ignores?: string;
}

/** How well a stored value protects its password from somebody who has the whole table. */
export type Judgement =
  | { readonly strength: 'strong' }
  | {
      /** `broken`: found in minutes to days unless the password is a very good one. */
      readonly strength: 'weak' | 'broken';
      /** Half a sentence. */
      readonly reason: string;
    };

/** What a value says about how it was made: never a byte of its salt or hash. */
export type Parameters = Readonly<Record<string, string | number>>;

/**
 * The contract of one way of hashing passwords. One file a scheme under `schemes/`, always in the same order: names,
 * what it says of itself, how to recognise it, parse, bounds, verify; registered in `schemes/all.ts`. To read one is
 * to know them all.
 */
export interface Scheme {
  /** The usual name, as configuration and reports spell it. */
  readonly name: string;
  /** Other names that configuration may use. */
  readonly aliases?: readonly string[];
  readonly about: About;
  /** Without these no row can be verified. */
  readonly needs?: readonly Beside[];
  /** These are heeded where they are given. */
  readonly takes?: readonly Beside[];
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
  readonly parameters: Parameters;
  /** By the parameters, with the thresholds of `judgement.ts`. */
  readonly judgement: Judgement;
  /** How many milliseconds a verification of a short password costs, roughly, on one core; ranks the rows of a table. */
  readonly cost: number;
  /** The same for a password of so many bytes, where rounds hash all of it again and again; without it `cost` holds for any. */
  costFor?(bytes: number): number;
  /** Compares in constant time. Runs in a worker; may take long. */
  verify(password: Uint8Array): Promise<boolean>;
  /** True when the scheme looks at only a part of this password. */
  lossy(password: Uint8Array): boolean;
  /** A stored value that costs the same to verify and that no password matches. */
  decoy(): string;
  /**
   * A stored value of this password with the same parameters and, where the salt stands in the value, a fresh one; for
   * legacy apps that go on reading it. Absent where the bridge verifies only.
   *
   * @returns undefined when the value is written in a form that this scheme reads and does not write
   */
  remake?(password: Uint8Array, fresh: Fresh): Promise<string | undefined>;
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
