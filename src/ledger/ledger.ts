import type { PersonRef, Subject } from '../domain/ids.ts';

/**
 * The one wall between request and background. The desk captures, the courier claims and settles; neither knows the
 * other. One row a (target, person).
 *
 * captured -> copying -> copied, with retrying (will be tried again), parked (needs an admin), conflict (a stranger
 * at the target), stale (the legacy password changed before it was sent, or since: the next login captures again), gone (deleted
 * or disabled in legacy) and excluded (an admin wants this person never to be copied).
 */
export interface Ledger {
  /** What a login has to do for this person, so that nothing is hashed for nothing. */
  assess(capture: CaptureKey): Promise<Assessment>;
  /**
   * Writes a verified login. Raises the generation, so that a copy under way cannot overwrite it, and wins over
   * every state but an unchanged one.
   */
  capture(capture: Capture): Promise<void>;
  /**
   * Takes up to `limit` rows that are due, each by a compare-and-set on its lease: two couriers never get the same
   * row, on any engine. A row whose lease has run out is due again.
   */
  claim(request: ClaimRequest): Promise<Claim[]>;
  /**
   * Ends a claim.
   *
   * @returns `settled`; `superseded` when a newer capture came meanwhile (the row is due again with it); `lost`
   * when the lease had run out and somebody else holds the row: nothing was written
   */
  settle(claim: Claim, settlement: Settlement): Promise<'settled' | 'superseded' | 'lost'>;
  /** Gives a claim back untouched, without using up an attempt. */
  release(claim: Claim): Promise<void>;
  /** Sends what waits for a person before everybody else's; nothing when nothing waits. */
  hurry(target: string, person: PersonRef): Promise<void>;
  counts(): Promise<LedgerCount[]>;
  find(target: string, person: PersonRef): Promise<LedgerEntry | undefined>;
  /** The oldest capture that has not been copied, in milliseconds since 1970. */
  oldestWaiting(): Promise<number | undefined>;
}

export const LEDGER_STATES = [
  'captured',
  'copying',
  'copied',
  'retrying',
  'parked',
  'conflict',
  'stale',
  'gone',
  'excluded',
] as const;
export type LedgerState = (typeof LEDGER_STATES)[number];

/** `unchanged`: nothing to do; `profile`: the password is at the target already; `credential`: rehash and capture. */
export type Assessment = 'unchanged' | 'profile' | 'credential';

export interface CaptureKey {
  readonly target: string;
  readonly person: PersonRef;
  /** Keyed digest of the legacy credential that was verified. */
  readonly fingerprint: string;
  /** Keyed digest of the profile as it would be sent. */
  readonly profileDigest: string;
}

export const CAPTURE_ORIGINS = ['login', 'backfill', 'sync', 'admin'] as const;
export type CaptureOrigin = (typeof CAPTURE_ORIGINS)[number];

/**
 * In which order rows that are due are copied: a person whom `cutover` waits for, then who has logged in, then everybody
 * else.
 */
export const URGENCY = { now: 0, soon: 1, whenIdle: 2 } as const;
export type Urgency = (typeof URGENCY)[keyof typeof URGENCY];

export interface Capture extends CaptureKey {
  readonly externalId: Subject;
  readonly clientId: string;
  readonly origin: CaptureOrigin;
  readonly urgency: Urgency;
  /** By which the legacy password was verified; absent when no login has. */
  readonly scheme?: string;
  /** PHC string; sealed before it is written. Absent when the password at the target is to stay. */
  readonly rehash?: string;
}

export interface ClaimRequest {
  readonly target: string;
  readonly limit: number;
  readonly leaseMs: number;
  /** Clients whose migration is off at this moment: their rows stay as they are. */
  readonly exceptClients?: readonly string[];
}

export interface Claim {
  readonly target: string;
  readonly person: PersonRef;
  readonly externalId: Subject;
  readonly clientId: string;
  readonly generation: number;
  readonly fingerprint: string;
  readonly rehash: string | undefined;
  /** How often this copy was tried, this claim included. */
  readonly attempts: number;
  readonly leaseToken: string;
  /** The bridge has locked this person out at the target, which a copy ends. */
  readonly lockedOut?: boolean;
}

export type Settlement =
  /** The digest is of the profile that was sent, which may be newer than the captured one. */
  | { readonly kind: 'copied'; readonly profileDigest: string }
  | { readonly kind: 'conflict'; readonly reason: string }
  | { readonly kind: 'parked'; readonly reason: string }
  | {
      readonly kind: 'retrying';
      readonly reason: string;
      readonly delayMs: number;
      readonly spendAttempt: boolean;
    }
  | { readonly kind: 'stale'; readonly reason: string }
  | { readonly kind: 'gone'; readonly reason: string };

export interface LedgerCount {
  readonly target: string;
  readonly state: LedgerState;
  readonly reason: string | null;
  readonly count: number;
}

export interface LedgerEntry {
  readonly target: string;
  readonly person: PersonRef;
  readonly externalId: Subject;
  readonly clientId: string;
  readonly state: LedgerState;
  readonly generation: number;
  readonly attempts: number;
  readonly reason: string | null;
  readonly origin: CaptureOrigin;
  readonly scheme: string | null;
  readonly capturedAt: number;
  readonly copiedAt: number | null;
  /** A password of this person has arrived at the target; later changes may still wait. */
  readonly passwordCopied: boolean;
  /** When the password of a login first arrived there. */
  readonly acrossAt: number | null;
  /** When the bridge locked the person out at the target; null while they may log in there. */
  readonly lockedOutAt: number | null;
  /** When the row is due; while it is being copied, when its lease runs out. */
  readonly nextAttemptAt: number;
  readonly updatedAt: number;
}
