import type { Charset } from '../domain/credential.ts';
import type { Judgement } from './scheme.ts';

/** One person's row and password, of which the scheme is wanted. */
export interface SchemeSearch {
  /** Column -> text, as it stands in the row. */
  readonly row: Readonly<Record<string, string>>;
  /** The column that holds the hash; without it, every column is looked at. */
  readonly passwordColumn?: string;
  /** Columns that may have been mixed in; without them, every short one. */
  readonly saltColumns?: readonly string[];
  /** What the person types, as the login page sends it. */
  readonly password: Uint8Array;
  /** Secrets of the legacy app's configuration that it may have mixed in. */
  readonly peppers?: readonly string[];
  /** Rows of other people: of several readings, the one that fits most of them is reported. */
  readonly otherRows?: readonly Readonly<Record<string, string>>[];
  /** Milliseconds; 60,000 when it is not given. */
  readonly budgetMs?: number;
  /** Ends the search as the end of its time does. */
  readonly signal?: AbortSignal;
  onProgress?(progress: SearchProgress): void;
}

export interface SearchProgress {
  readonly tried: number;
  /** What is being tried. Holds nothing of row, password or pepper. */
  readonly description: string;
  /** How much of that is done, from 0 to 1. */
  readonly share: number;
}

/** Where the configuration takes the pepper from the environment; it is never written down itself. */
export const PEPPER_PLACEHOLDER = `$${'{LEGACY_PEPPER}'}`;

/** The block `legacy.password` of the configuration, without a pepper's value. */
export interface FoundPassword {
  readonly column: string;
  readonly scheme: string;
  readonly salt?: string;
  readonly username?: string;
  readonly charset?: Charset;
  readonly pepper?: typeof PEPPER_PLACEHOLDER;
}

export type SchemeSearchResult =
  | {
      readonly kind: 'found';
      readonly configuration: FoundPassword;
      /** Which of the given peppers it was, from 0. */
      readonly pepper?: number;
      /** The scheme that a value names itself, where the configuration says `auto`. */
      readonly names?: string;
      /** True when the scheme looked at only a part of this password. */
      readonly lossy: boolean;
      /** How well this row's value protects its password. */
      readonly judgement: Judgement;
      /** Other configurations that read this row as well: another person's row tells them apart. */
      readonly others: readonly FoundPassword[];
      /** Sentences on what one row cannot show, and on what is weak. */
      readonly notes: readonly string[];
      readonly tried: number;
    }
  | {
      readonly kind: 'not-found';
      readonly tried: number;
      readonly covered: readonly string[];
      readonly damaged: readonly Damage[];
    }
  | {
      readonly kind: 'out-of-time';
      readonly tried: number;
      readonly remaining: number;
      readonly damaged: readonly Damage[];
    };

/** A column whose value names a format and is not whole; the sentence holds nothing of it. */
export interface Damage {
  readonly column: string;
  readonly damage: string;
}
