import type { CheckResult } from '../domain/check.ts';
import type { UserProfile } from '../domain/user-profile.ts';

/** The door to the new house: one folder a connector. `put` is idempotent by external id. */
export interface Target {
  readonly name: string;
  readonly capabilities: TargetCapabilities;
  put(copy: UserCopy): Promise<PutResult>;
  /** What `put` would send for this person, field by field as the target calls them. Writes nothing. */
  preview(copy: CopyToPreview): Promise<Preview>;
  /**
   * The same as `put` of each, in fewer steps; one answer a copy, in their order. The copies are of different people.
   * Absent: nothing is gained by it.
   */
  putMany?(copies: readonly UserCopy[]): Promise<PutResult[]>;
  /** What `put` would answer, found out without writing: who would collide or be refused. Absent: nobody can tell. */
  foresee?(copy: UserCopy): Promise<Foresight>;
  /** Whether the target lets this person in with this password. There exactly where `capabilities.verify` says so. */
  verify?(externalId: string, password: Uint8Array): Promise<TargetVerdict>;
  /** Locks the person out at the target; idempotent. There exactly where `capabilities.disable` says so. */
  disable?(externalId: string): Promise<PutResult>;
  /** Takes `disable` back; idempotent. There exactly where `disable` is. */
  enable?(externalId: string): Promise<PutResult>;
  /** Removes the person at the target; idempotent. There exactly where `capabilities.remove` says so. */
  remove?(externalId: string): Promise<PutResult>;
  check(): Promise<CheckResult[]>;
  close(): Promise<void>;
}

/** What a target can take; the modes and the courier ask before they promise. */
export interface TargetCapabilities {
  /** A password hash with a new user. */
  readonly firstHash: boolean;
  /** A password hash for a user who is there already. */
  readonly laterHash: boolean;
  readonly encodings: readonly 'argon2id'[];
  /** Legacy hashes that the target verifies itself and takes as they are; absent: none. */
  readonly legacyHashes?: LegacyHashes;
  readonly verify: boolean;
  readonly disable: boolean;
  readonly remove: boolean;
}

export const LEGACY_ENCODINGS = ['bcrypt', 'argon2id'] as const;

export interface LegacyHashes {
  readonly encodings: readonly (typeof LEGACY_ENCODINGS)[number][];
  /** Also those that cost less than the bridge's own rehash would have to. */
  readonly weaker: boolean;
}

/**
 * Whether a password opens a hash that a target keeps: the strongroom's answer, since a connector hashes nothing itself.
 * A mismatch and an unreadable hash cost what they cost for a legacy row.
 *
 * @throws BridgeError `overloaded`
 */
export type PasswordCheck = (
  encoded: string,
  password: Uint8Array,
) => Promise<'match' | 'mismatch' | 'unreadable'>;

/**
 * `absent`: the target does not know the person, and nothing was hashed. `disabled`: the password is right and the person
 * locked out there.
 */
export type TargetVerdict =
  | { readonly kind: 'match' | 'mismatch' | 'absent' | 'disabled' }
  | { readonly kind: 'unavailable'; readonly reason: string };

export type Foresight =
  | { readonly kind: 'would-create' | 'would-update' | 'would-change-nothing' }
  | Extract<PutResult, { kind: 'conflict' | 'rejected' | 'unavailable' }>;

export interface UserCopy {
  /** The person's `sub`: the one key a user is known by at the target. */
  readonly externalId: string;
  readonly profile: UserProfile;
  /** PHC string; absent when the password is to stay as it is at the target. */
  readonly rehash?: string;
}

export interface CopyToPreview extends Pick<UserCopy, 'externalId' | 'profile'> {
  /** A rehash goes with it. */
  readonly rehash: boolean;
}

export interface Preview {
  readonly fields: readonly PreviewField[];
  /** Why the target could not be asked what its fields are like; the values are then as they come. */
  readonly unsure?: string;
}

export interface PreviewField {
  readonly name: string;
  /** Absent for the field that takes the rehash. */
  readonly value?: string | number | null;
}

export type PutResult =
  | { readonly kind: 'created' }
  | { readonly kind: 'updated' }
  /** A stranger at the target holds something that must be unique, such as the e-mail. Never merged by itself. */
  | { readonly kind: 'conflict'; readonly reason: string }
  /** The target will never take this copy as it is. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** This copy failed for a passing reason. */
  | { readonly kind: 'retry'; readonly reason: string }
  /** The target as a whole is out: nobody's attempts are used up. */
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'throttled'; readonly reason: string; readonly retryAfterMs: number };
