import type { LedgerState } from './ledger.ts';

/** Figures of the ledger for the operator's eye; each is answered by an index alone or is bounded. */
export interface Statistics {
  overview(): Promise<Overview>;
  /** How many people are in which state; cheap enough to be asked again and again. */
  totals(): Promise<Totals>;
  /**
   * What happened at one target, step by step; steps without anything are told too.
   *
   * @throws BridgeError `invalid_request` for a span that has no steps, or more than `MOST_STEPS`
   */
  series(wanted: SeriesWanted): Promise<Series>;
  /** Who failed at a target since a moment, and still waits for it to be mended or tried again; the most frequent first. */
  failedSince(target: string, since: number): Promise<readonly Failure[]>;
}

export interface Totals {
  /** Everybody in the ledger. */
  readonly people: readonly {
    readonly target: string;
    readonly state: LedgerState;
    readonly count: number;
  }[];
  /** Whose password has arrived by a login; the targets of nobody are left out. */
  readonly across: readonly { readonly target: string; readonly count: number }[];
}

export const STEPS = ['hour', 'day'] as const;
export type Step = (typeof STEPS)[number];
/** A month by the hour, two years by the day. */
export const MOST_STEPS: Readonly<Record<Step, number>> = { hour: 31 * 24, day: 731 };

export interface SeriesWanted {
  readonly target: string;
  /** Milliseconds since 1970; the step that has begun then is the first. */
  readonly from: number;
  /** Before this the last step begins. */
  readonly to: number;
  readonly step: Step;
}

export interface Series {
  /** How many passwords had arrived by a login before the first step. */
  readonly before: number;
  readonly steps: readonly SeriesStep[];
}

export interface SeriesStep {
  /** When it begins (UTC), in milliseconds since 1970. */
  readonly at: number;
  /** People whose last capture falls into it. */
  readonly captured: number;
  /** People whose last copy falls into it, whoever brought them. */
  readonly copied: number;
  /** People who have been parked or in conflict since then. */
  readonly failed: number;
  /** People whose password first arrived by a login, up to its end. */
  readonly across: number;
}

export interface Failure {
  readonly state: LedgerState;
  readonly reason: string | null;
  readonly count: number;
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
