import type { PersonRef, Subject } from '../domain/ids.ts';
import type { DriftReason } from './drift.ts';
import type { Capture, Claim, LedgerState } from './ledger.ts';

/**
 * The ledger for many people at once: what backfill and sync do, in few statements a page. The promises are the
 * ledger's own: nothing here takes the place of a login's capture, and no row is held by two.
 */
export interface LedgerBulk {
  /** What the ledger knows of these people, by legacy id. */
  look(target: string, directory: string, legacyIds: readonly string[]): Promise<ReadonlyMap<string, Known>>;
  /**
   * Writes people of one directory who are not there, or are still as they were seen.
   *
   * @param hold claims them at once, for so many milliseconds; undefined: they are due for any courier
   * @returns what was claimed; whoever changed meanwhile is left as they are
   */
  enter(entries: readonly BulkEntry[], hold: number | undefined): Promise<Held[]>;
  /**
   * Ends claims of `enter` that the target has taken; a row that a login has captured again is due again with that.
   *
   * @param drift for people whose legacy password is no longer the one at the target: they are `stale`
   */
  settle(claims: readonly Held[], drift?: DriftReason): Promise<void>;
  /** Everybody who has a row at the target, in the order of directory and legacy id. */
  page(target: string, after: PersonRef | undefined, limit: number): Promise<Known[]>;
  /** Marks somebody whose row is still as it was seen. @returns false when it is not */
  mark(seen: Known, mark: Mark): Promise<boolean>;
  /** How many rows that a backfill entered and no login has taken over wait for a courier, at most `limit`. */
  waiting(target: string, limit: number): Promise<number>;
  /** How many people have been copied to the target and are not gone. */
  across(target: string): Promise<number>;
}

export type Mark =
  | { readonly state: 'stale'; readonly reason: string }
  /** `at`: what the bridge did to the person at the target. */
  | { readonly state: 'gone'; readonly reason: string; readonly at: 'disabled' | 'removed' | 'as before' };

export interface BulkEntry extends Capture {
  readonly seen: Known | undefined;
  /** Writes this state and sends nothing; a `retrying` row is due after `delayMs`. */
  readonly instead?: {
    readonly state: 'gone' | 'retrying';
    readonly reason: string;
    readonly delayMs?: number;
  };
}

/** A claim on a row that was just entered. */
export interface Held extends Claim {
  /** Of what is to be sent. */
  readonly profileDigest: string;
}

/** A row as it was seen; `enter` and `mark` write only where it has not changed since. */
export interface Known {
  readonly target: string;
  readonly person: PersonRef;
  readonly externalId: Subject;
  readonly clientId: string;
  readonly state: LedgerState;
  readonly generation: number;
  readonly leaseToken: string | null;
  readonly fingerprint: string;
  readonly profileDigest: string;
  /** What the target holds; null before the first copy, and for a password that was never sent. */
  readonly copiedFingerprint: string | null;
  readonly copiedDigest: string | null;
  readonly lockedOut: boolean;
}
