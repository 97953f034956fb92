import type { PersonRef, Subject } from '../domain/ids.ts';
import type { LedgerEntry, LedgerState } from './ledger.ts';

/** Which rows are meant; what is not said is any. */
export interface LedgerFilter {
  readonly target?: string | undefined;
  readonly states?: readonly LedgerState[] | undefined;
  /** As it stands in the row. */
  readonly reason?: string | undefined;
  readonly person?: PersonRef | undefined;
}

export interface LedgerPage {
  readonly entries: readonly LedgerEntry[];
  /** Where the next page begins; undefined at the end. */
  readonly next: string | undefined;
}

/** What can be waiting for an admin: a capture that failed, and one that found a stranger at the target. */
export const RETRYABLE_STATES = ['parked', 'conflict', 'retrying'] as const satisfies readonly LedgerState[];

/** The admin's hand in the ledger. Every change is one audited write. */
export interface LedgerSteward {
  /**
   * Rows in the order of target, directory and legacy id.
   *
   * @param page `after` is the `next` of the page before
   * @throws BridgeError `invalid_request` for an `after` that is none
   */
  list(filter: LedgerFilter, page: { after?: string | undefined; limit: number }): Promise<LedgerPage>;
  /** A person's rows at all targets, found by legacy id or by `sub`. */
  find(legacyIdOrSubject: string): Promise<LedgerEntry[]>;
  /**
   * Has rows tried again at once, with all their attempts. Only those in `RETRYABLE_STATES` can be.
   *
   * @returns how many
   */
  retry(filter: LedgerFilter, actor: string): Promise<number>;
  /**
   * Sends what waits for a person before everybody else's, and at once where it would have been tried again later.
   *
   * @throws BridgeError `not_found` when nothing waits for this person at the target, or a courier has it already
   */
  hurry(target: string, person: PersonRef, actor: string): Promise<void>;
  /**
   * Holds a person back until a retry or the next changed login.
   *
   * @throws BridgeError `not_found` when nothing waits for this person at the target
   */
  park(target: string, person: PersonRef, reason: string, actor: string): Promise<void>;
  /** Keeps a person from ever being copied to the target, whether captured or not. Undone by `forget`. */
  exclude(
    target: string,
    person: PersonRef & { subject: Subject },
    reason: string,
    actor: string,
  ): Promise<void>;
  /**
   * Removes what the ledger knows of a person at the target; the next login begins anew.
   *
   * @throws BridgeError `not_found`
   */
  forget(target: string, person: PersonRef, actor: string): Promise<void>;
}
