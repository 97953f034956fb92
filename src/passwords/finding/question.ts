import type { Judgement } from '../scheme.ts';

/** What is searched for, as plain data: it travels to the threads. */
export interface Question {
  readonly row: Readonly<Record<string, string>>;
  /** Columns that may hold the hash. */
  readonly passwordColumns: readonly string[];
  /** Columns that may have been mixed in: salts, names, keys, moments. */
  readonly saltColumns: readonly string[];
  readonly peppers: readonly string[];
}

/** A reading of the row that the strongroom itself has verified. */
export interface Finding {
  readonly column: string;
  readonly scheme: string;
  readonly salt?: string;
  readonly username?: string;
  readonly charset?: string;
  /** The place of the pepper in the question. */
  readonly pepper?: number;
  readonly lossy: boolean;
  readonly judgement: Judgement;
}
