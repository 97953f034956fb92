/** Backfills and syncs: what is begun here goes on in the background of this process. */
export interface RunDesk {
  /**
   * The newest first.
   *
   * @param page `after` is the last run of the page before
   */
  list(
    page: { limit: number; after?: Pick<DeskRun, 'id' | 'startedAt'> | undefined },
    filter: { kind?: RunKind | undefined; target?: string | undefined },
  ): Promise<DeskRun[]>;
  /** Those that have not ended. */
  active(): Promise<DeskRun[]>;
  find(id: string): Promise<DeskRun | undefined>;
  /**
   * Begins a run, or takes up one that was left in the middle with the same options.
   *
   * @throws BridgeError `already_exists` while there is another one, `invalid_request` for what cannot be done
   */
  begin(wish: RunWish, actor: string): Promise<BegunRun>;
  /**
   * Goes on with a run that nobody is at.
   *
   * @param rate people a second
   * @throws BridgeError `not_found`; `invalid_request` when it has ended; `already_exists` while somebody is at it, or
   * while it waits for a yes
   */
  resume(id: string, rate: number | undefined, actor: string): Promise<BegunRun>;
  /**
   * Says yes to the deletions that a sync waits with.
   *
   * @throws BridgeError `not_found`, `invalid_request` when it does not wait
   */
  accept(id: string, actor: string): Promise<BegunRun>;
  /**
   * Asks a run to stop after the page it is at; one that nobody is at ends at once.
   *
   * @throws BridgeError `not_found`, `invalid_request` when it has ended
   */
  stop(id: string, actor: string): Promise<'stopping' | 'stopped'>;
}

export const RUN_KINDS = ['backfill', 'sync', 'rehearsal'] as const;
/** `rehearsal`: what a backfill would do; nothing but the run itself is written. */
export type RunKind = (typeof RUN_KINDS)[number];

export type RunWish =
  | {
      readonly kind: 'backfill' | 'rehearsal';
      readonly target: string;
      /** As `footbridge backfill --only` takes them. */
      readonly only: readonly string[];
      /** With the legacy hashes that the target verifies itself; else the profile alone. */
      readonly withHashes: boolean;
      /** False: people are entered into the ledger alone, for the couriers. */
      readonly copy: boolean;
      /** People a second, over all instances. */
      readonly rate?: number | undefined;
    }
  | {
      readonly kind: 'sync';
      readonly target: string;
      /** Reads whole tables and looks for deletions; else what changed since the last time alone. */
      readonly full: boolean;
    };

export interface BegunRun {
  readonly id: string;
  /** Taken up in the middle. */
  readonly resumed: boolean;
}

/** Moments in milliseconds since 1970. */
export interface DeskRun {
  readonly id: string;
  readonly kind: RunKind;
  readonly target: string;
  /** `held` waits for a yes; `running` without anybody at it was interrupted. */
  readonly state: 'running' | 'held' | 'done' | 'stopped';
  readonly options: Readonly<Record<string, unknown>>;
  readonly counters: Readonly<Record<string, number>>;
  readonly reason: string | null;
  readonly actor: string;
  readonly attended: boolean;
  readonly stopping: boolean;
  readonly startedAt: number;
  readonly takenUpAt: number;
  readonly readBefore: number;
  readonly updatedAt: number;
  readonly endedAt: number | null;
}
