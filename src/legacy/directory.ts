import type { CheckResult } from '../domain/check.ts';
import type { Credential } from '../domain/credential.ts';
import type { LegacyId } from '../domain/ids.ts';
import type { UserProfile } from '../domain/user-profile.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';

/**
 * The door to the old house. Read-only: no connector ever sends anything but SELECT. The desk finds people by what
 * they typed, the courier reads them again by primary key.
 */
export interface LegacyDirectory {
  readonly name: string;
  /**
   * The one person for whom `identifier` is a login name. What the database answered is compared again in code by
   * the configured rule, since collations make different names equal.
   *
   * @param identifier as typed; not trimmed
   * @param onLookUp is told how the answer came about, before it is given
   * @throws BridgeError `invalid_request` for what is not a string, whatever the compiler was told
   */
  find(identifier: string, onLookUp?: OnLookUp): Promise<FindResult>;
  /**
   * The person with this primary key, or undefined when the row is gone.
   *
   * @throws BridgeError `legacy_unavailable`, and `invalid_request` for what is not a string
   */
  findById(id: LegacyId): Promise<LegacyUser | undefined>;
  /**
   * The people with these primary keys, in one question and in no order; whoever is missing in the answer is gone.
   *
   * @param ids at most `MOST_FOUND_AT_ONCE`
   * @throws BridgeError `legacy_unavailable`, and `invalid_request` for more of them and for what is not a string
   */
  findMany(ids: readonly LegacyId[]): Promise<LegacyUser[]>;
  /**
   * Credentials of some rows, so that the decoy learns what the table's usual scheme costs.
   *
   * @param limit at most 1,000 are read; rows without a password are left out
   * @throws BridgeError `legacy_unavailable`
   */
  sampleCredentials(limit: number): Promise<Credential[]>;
  /**
   * The people in the order of their primary keys, page by page; each row once, also while others come and go, as long
   * as the key is unique (`check` says so). Rows that a condition switches off are among them, with their status.
   *
   * @param after `next` of the page before; undefined: from the beginning. Opaque, and good for this directory alone
   * @param limit at most 1,000 are read
   * @throws BridgeError `legacy_unavailable`, and `invalid_request` for an `after` that is none
   */
  scan(after: string | undefined, limit: number): Promise<LegacyPage>;
  /**
   * The people whose row changed since, by the column `updatedAt`; the oldest change first. The last five minutes are
   * given again at the next reading, since a row may be committed after others of a later moment: whoever reads compares
   * with what they know. Rows without a moment never come.
   *
   * @param watermark of the reading before; undefined: from the beginning. Opaque, and good for this directory alone
   * @param limit at most 1,000 are read
   * @throws BridgeError `legacy_unavailable`, and `invalid_request` where no `updatedAt` is configured or the watermark
   * is none
   */
  changedSince(watermark: string | undefined, limit: number): Promise<LegacyChanges>;
  /**
   * About how many rows there are, for a progress bar: what the statistics say, where counting would read the table.
   *
   * @returns undefined where nothing cheap says it
   * @throws BridgeError `legacy_unavailable`
   */
  count(): Promise<number | undefined>;
  /**
   * Whether the directory answers; reads no row.
   *
   * @throws BridgeError `legacy_unavailable`
   */
  ping(): Promise<void>;
  /** What `footbridge check` has to say: reachable, mapped columns, indexes of the login columns, grants. */
  check(): Promise<CheckResult[]>;
  close(): Promise<void>;
}

/** Keys that are looked for in one question. */
export const MOST_FOUND_AT_ONCE = 500;

/** What every connector needs of the world around it. */
export interface LegacyDeps {
  readonly logger: Logger;
  readonly clock: Clock;
}

export type FindResult =
  | { readonly kind: 'found'; readonly user: LegacyUser }
  | { readonly kind: 'none' }
  /** Several people answer to this name: an error for the operator, never a guess. */
  | { readonly kind: 'ambiguous'; readonly directory: string; readonly legacyIds: readonly LegacyId[] }
  /** The directory could not be asked; the cause is a BridgeError. An outage is never a "no". */
  | { readonly kind: 'unavailable'; readonly cause: unknown };

/** How a directory came to its answer; for whoever wants to know why somebody is found or not. */
export interface LookUp {
  readonly directory: string;
  readonly rule: 'exact' | 'case-insensitive';
  readonly answer: FindResult['kind'];
  /** What the database took for a match: a row once for each login column that it was found by. */
  readonly candidates: readonly {
    readonly legacyId: LegacyId;
    readonly column: string;
    /** Whether the rule agrees with the database. */
    readonly matches: boolean;
    /** The row is still there, and the person is not. */
    readonly deleted: boolean;
  }[];
}

export type OnLookUp = (lookUp: LookUp) => void;

export interface LegacyPage {
  readonly rows: readonly LegacyUser[];
  /** Undefined: that was the last page. */
  readonly next: string | undefined;
}

export interface LegacyChanges {
  readonly rows: readonly LegacyUser[];
  /** What to ask with the next time, be it at once or tomorrow; undefined while there has been nothing. */
  readonly watermark: string | undefined;
  /** More changes are there already. */
  readonly more: boolean;
}

export interface LegacyUser {
  /** The name of the directory that the row is in: a key means nothing without it. */
  readonly directory: string;
  readonly id: LegacyId;
  /** `disabled` may not log in, `locked` not now; `must-change-password` not with this password. */
  readonly status: 'active' | 'disabled' | 'locked' | 'must-change-password';
  /** When a lock ends, in seconds since 1970, where the row says so. */
  readonly lockedUntil?: number;
  /** Where a password is changed, for `must-change-password`. */
  readonly changePasswordUrl?: string;
  readonly credential: Credential;
  readonly profile: UserProfile;
}
