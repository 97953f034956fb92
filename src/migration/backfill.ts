import type { Counts } from './backfill/page.ts';

export type { Counts as BackfillCounts } from './backfill/page.ts';

/** Copies people who have not logged in. */
export interface Backfill {
  /**
   * Goes through all directories once, or on from where a run with the same options was left.
   *
   * @param onProgress is told the sums so far, and about how many rows there are in all
   * @throws BridgeError `already_exists`, `legacy_unavailable`, `store_unavailable`: the run is left where it stands
   */
  run(
    request: BackfillRequest,
    signal: AbortSignal,
    onProgress: (counts: Counts, total: number | undefined, note: string) => void,
  ): Promise<BackfillReport>;
  /** What `run` would do, found out without writing anything. */
  foresee(
    request: BackfillRequest,
    signal: AbortSignal,
    onProgress: (counts: Counts, total: number | undefined, note: string) => void,
  ): Promise<BackfillForecast>;
  /**
   * `foresee` as a run that every instance can show and stop: nothing but the run itself is written.
   *
   * @throws BridgeError `already_exists` while another one is under way
   */
  rehearse(request: BackfillRequest, signal: AbortSignal): Promise<BackfillReport>;
}

export interface BackfillRequest {
  /** See `readOnly`. */
  readonly only: readonly string[];
  readonly withHashes: boolean;
  /** False: people are entered into the ledger alone, for the couriers. */
  readonly copy: boolean;
  readonly actor: string;
  /** Told once, when the run is this process's. */
  readonly onBegun?: (run: Begun) => void;
}

export interface Begun {
  readonly id: string;
  /** Taken up in the middle. */
  readonly resumed: boolean;
}

export interface BackfillReport {
  readonly id: string;
  /** `left`: taken up where it stands by the next one. */
  readonly state: 'done' | 'stopped' | 'left' | 'lost';
  readonly resumed: boolean;
  /** Of all of the run, what was done before it was taken up included. */
  readonly counts: Counts;
}

export interface BackfillForecast {
  readonly counts: Counts;
  /** By the target's own word; undefined where it has none. */
  readonly foreseen: Readonly<Record<string, number>> | undefined;
}
