import type { CheckResult } from '../domain/check.ts';

/** The legacy column behind the second account; one connector a kind of database. */
export interface PasswordColumn {
  /**
   * Compare-and-set in one transaction, which is rolled back unless the one row holds exactly what was to be written.
   *
   * @throws BridgeError `legacy_unavailable`
   */
  replace(change: Change): Promise<Replaced>;
  check(): Promise<CheckResult[]>;
  close(): Promise<void>;
}

/** Where the password stands. */
export interface Place {
  /** As the configuration names it. */
  readonly directory: string;
  readonly table: string;
  readonly id: string;
  readonly column: string;
  /** Absent where the salt is not to be written. */
  readonly salt: string | undefined;
}

export interface Change {
  /** The primary key as the directory writes it. */
  readonly id: string;
  /** What the password column held when the new hash was made. */
  readonly before: string;
  readonly encoded: string;
  /** Absent: the salt column stays as it is. */
  readonly salt: string | undefined;
}

/** `does-not-fit`: the column is too narrow, or changes what is written to it. */
export type Replaced = 'replaced' | 'changed-meanwhile' | 'does-not-fit';
