import { BridgeError } from '../domain/errors.ts';

/**
 * Backfills and syncs: one of a kind at a time for a target, whoever started it and wherever it goes on. Who began, took
 * up, accepted or stopped one is in the audit trail.
 */
export interface Runs {
  /**
   * Begins a run, or takes up one that was left in the middle with the same options.
   *
   * @throws BridgeError `already_exists` while another process is at it, or while one with other options or in `held`
   * has not ended
   */
  begin(wanted: RunWanted): Promise<HeldRun>;
  /**
   * Takes up a run that waits for an admin's yes.
   *
   * @param actor whose yes it is
   * @throws BridgeError `not_found`, or `invalid_request` when it does not wait
   */
  accept(id: string, actor: string): Promise<HeldRun>;
  /**
   * The newest first.
   *
   * @param page `after` is the last run of the page before
   */
  list(
    page: { limit: number; after?: Pick<Run, 'id' | 'startedAt'> | undefined },
    filter?: RunFilter,
  ): Promise<Run[]>;
  /** Those that have not ended, the newest first: one of a kind for a target. */
  active(): Promise<Run[]>;
  find(id: string): Promise<Run | undefined>;
  /** The last that came to its end. */
  lastDone(kind: RunKind, target: string): Promise<Run | undefined>;
  /**
   * Asks whoever is at the run to stop after the page they are at; a run that nobody is at ends at once.
   *
   * @throws BridgeError `not_found`, or `invalid_request` when it has ended
   */
  stop(id: string, actor: string): Promise<'stopping' | 'stopped'>;
}

/** Who syncs by the configuration's wish. That is routine: the audit trail is of what admins do. */
export const ROUTINE = 'worker';

/** `rehearsal`: what a backfill would do. */
export type RunKind = 'backfill' | 'sync' | 'rehearsal';

export interface RunFilter {
  readonly kind?: RunKind | undefined;
  readonly target?: string | undefined;
}

/** `held`: waits for an admin's yes to its deletions. A run that is left in the middle is `running` with a lease over. */
export type RunState = 'running' | 'held' | 'done' | 'stopped';

export interface RunWanted {
  readonly kind: RunKind;
  readonly target: string;
  /** What another run must have in common to be the same one; JSON. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly actor: string;
}

export type Counters = Readonly<Record<string, number>>;

export interface Run {
  readonly id: string;
  readonly kind: RunKind;
  readonly target: string;
  readonly state: RunState;
  readonly options: Readonly<Record<string, unknown>>;
  /** Where it stands; opaque but to its kind. */
  readonly place: string | undefined;
  readonly counters: Counters;
  readonly reason: string | null;
  readonly actor: string;
  /** Somebody is at it at this moment. */
  readonly attended: boolean;
  /** It was asked to stop. */
  readonly stopping: boolean;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** When whoever is at it, or was last, began; and how many people had been read by then. */
  readonly takenUpAt: number;
  readonly readBefore: number;
  readonly updatedAt: number;
  readonly endedAt: number | null;
}

/** A run that this process is at; its lease is renewed until it ends. */
export interface HeldRun {
  readonly run: Run;
  /** Taken up in the middle. */
  readonly resumed: boolean;
  /**
   * Keeps where it stands.
   *
   * @returns `stop` when somebody asked for it, `lost` when another process has taken the run over: then nothing was
   * written, and whoever asked must leave it alone
   */
  save(place: string, counters: Counters): Promise<'on' | 'stop' | 'lost'>;
  end(state: 'done' | 'held' | 'stopped', reason?: string): Promise<void>;
  /**
   * Leaves it in the middle, for whoever takes it up.
   *
   * @param reason why, when that was not wanted
   */
  leave(reason?: string): Promise<void>;
}

/** What is kept of a run's failure, for whoever asks why it stands still. */
export function sentenceOf(error: unknown): string {
  return error instanceof BridgeError
    ? error.message
    : 'It failed unexpectedly; the log of its process says why.';
}
