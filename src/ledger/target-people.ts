import type { PersonRef } from '../domain/ids.ts';
import type { LedgerState } from './ledger.ts';

/** Who is at a target and who waits for it, in numbers; each answer is one look at the ledger. */
export interface TargetPeople {
  /** How many rows each target has, by the client that brought them (empty: a backfill or an admin) and state. */
  figures(): Promise<readonly TargetFigure[]>;
  /** When the oldest capture that has not been copied was made; undefined when none waits. */
  oldestWaiting(target: string): Promise<number | undefined>;
  /** What the last row that failed says of it, and when that was; undefined when none has. */
  lastFailure(target: string): Promise<LastFailure | undefined>;
  /**
   * For whom the target decides in `cutover`: their password has arrived there, or they have where it takes none.
   *
   * @param takesHashes whether passwords arrive at the target at all
   * @param limit how many are named, in the order of their keys
   */
  across(
    target: string,
    takesHashes: boolean,
    limit: number,
  ): Promise<{ readonly people: number; readonly first: readonly PersonRef[] }>;
}

export interface TargetFigure {
  readonly target: string;
  readonly clientId: string;
  readonly state: LedgerState;
  readonly people: number;
}

export interface LastFailure {
  readonly state: LedgerState;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}
