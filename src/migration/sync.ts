import type { Begun } from './backfill.ts';

/** Carries later changes of people who are in the ledger across: profiles, passwords' drift, disables and deletions. */
export interface Sync {
  /**
   * One pass over all directories.
   *
   * @throws BridgeError `already_exists` while another process is at it or a run waits for an admin's yes,
   * `legacy_unavailable`, `store_unavailable`: nothing is lost, the next pass sees the same changes
   */
  run(request: SyncRequest, signal: AbortSignal, onProgress: OnSyncProgress): Promise<SyncReport>;
  /**
   * What is due by the configuration: nothing while the last pass is recent.
   *
   * @returns undefined when nothing was due
   */
  runIfDue(signal: AbortSignal): Promise<SyncReport | undefined>;
}

export type OnSyncProgress = (counts: SyncCounts, total: number | undefined, note: string) => void;

export interface SyncRequest {
  /** Reads whole tables, and asks of everybody in the ledger whether the row is still there. */
  readonly full: boolean;
  /** A run whose deletions an admin has agreed to. */
  readonly accepted?: string;
  readonly actor: string;
  /** Told once, when the run is this process's. */
  readonly onBegun?: (run: Begun) => void;
}

export interface SyncReport {
  readonly id: string;
  /** `held`: more people are gone than may be without an admin's yes. */
  readonly state: 'done' | 'held' | 'stopped' | 'left';
  readonly counts: SyncCounts;
  /** For `held`. */
  readonly reason?: string;
}

export const SYNC_COUNTS = [
  'read',
  'unchanged',
  'updated',
  'passwords',
  'drifted',
  'reopened',
  'notCopied',
  'heldBack',
  'conflict',
  'parked',
  'waiting',
  'disabled',
  'deleted',
  'failed',
] as const;
export type SyncCounts = Record<(typeof SYNC_COUNTS)[number], number>;
