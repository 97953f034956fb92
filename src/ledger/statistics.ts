import type { LedgerState } from './ledger.ts';

/** Figures of the ledger for the operator's eye; each is answered by an index alone or is bounded. */
export interface Statistics {
  overview(): Promise<Overview>;
}

/** So many days back somebody who logged in counts as active. */
export const ACTIVE_DAYS = 30;
/** So many whole days (UTC) of newcomers are told. */
export const NEWCOMER_DAYS = 56;
/** So many whole hours of copies are told, and the one that has begun. */
export const COPY_HOURS = 24;

export interface Overview {
  /** Milliseconds since 1970, by the store's clock. */
  readonly now: number;
  /** Everybody in the ledger. */
  readonly people: readonly {
    readonly target: string;
    readonly clientId: string;
    readonly state: LedgerState;
    /** By which the legacy password was verified; null when no login has. */
    readonly scheme: string | null;
    readonly count: number;
  }[];
  /** Why people are not across; the most frequent first. */
  readonly reasons: readonly {
    readonly target: string;
    readonly state: LedgerState;
    readonly reason: string;
    readonly count: number;
  }[];
  readonly targets: readonly TargetFigures[];
  /** People who have logged in within `ACTIVE_DAYS`, at any client. */
  readonly active: number;
}

export interface TargetFigures {
  readonly target: string;
  /** When the oldest capture that has not been copied was made; null when none waits. */
  readonly oldestWaiting: number | null;
  /** By the beginning of the hour; hours without a copy are left out. */
  readonly copies: readonly { readonly hour: number; readonly count: number }[];
  /**
   * Of the active people that were looked at, those whose password is here, be it by a login or by a backfill that sent the
   * legacy hash. Of very many people some are looked at: the first by subject, which is as good as by lot.
   */
  readonly active: { readonly lookedAt: number; readonly across: number };
  readonly newcomers: Newcomers;
}

/** People whose password arrived at a target for the first time. */
export interface Newcomers {
  /** Those whom a backfill brought with their legacy hash, and whose login has nothing to bring since. */
  readonly byBackfill: number;
  /** How many came by a login before the first of these days. */
  readonly before: number;
  /** Those who came by a login. Whole days by their beginning (UTC), oldest first; days without anybody are left out. */
  readonly days: readonly { readonly day: number; readonly count: number }[];
}
