import type { Store } from '../../src/store/store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Past {
  readonly id: string;
  readonly kind: 'backfill' | 'sync' | 'rehearsal';
  readonly state: 'running' | 'held' | 'done' | 'stopped';
  /** Milliseconds before now. */
  readonly ago: number;
  readonly lastedMs: number;
  readonly actor: string;
  readonly options?: object;
  readonly counters: Record<string, number>;
  readonly reason?: string;
}

const EVERYBODY = { only: [], withHashes: false, copy: true };
const SLEEPERS = { only: ['attributes.last_login>=2022-01-01', 'scheme=bcrypt'], withHashes: false };

const RUNS: readonly Past[] = [
  {
    id: 'running',
    kind: 'backfill',
    state: 'running',
    ago: 3 * MINUTE,
    lastedMs: 3 * MINUTE - 2_000,
    actor: 'admin:ann@example.com',
    options: EVERYBODY,
    counters: {
      read: 268,
      across: 171,
      waitsForAdmin: 9,
      excluded: 1,
      entered: 84,
      copied: 78,
      parked: 4,
      disabled: 3,
    },
  },
  {
    id: 'held',
    kind: 'sync',
    state: 'held',
    ago: 5 * HOUR,
    lastedMs: 4 * MINUTE,
    actor: 'worker',
    counters: { read: 640, unchanged: 588, updated: 11 },
    reason: 'More than 6 of 528 people are gone from legacy at once; nobody was touched. Is that right?',
  },
  {
    id: 'rehearsed',
    kind: 'rehearsal',
    state: 'done',
    ago: 9 * HOUR,
    lastedMs: 2 * MINUTE,
    actor: 'admin:ann@example.com',
    options: SLEEPERS,
    counters: {
      read: 640,
      notMeant: 307,
      across: 261,
      entered: 70,
      disabled: 2,
      'would-create': 66,
      'would-update': 4,
    },
  },
  {
    id: 'rehearsal',
    kind: 'rehearsal',
    state: 'running',
    ago: 7 * HOUR,
    lastedMs: MINUTE,
    actor: 'api:deploy',
    options: EVERYBODY,
    counters: { read: 400, across: 261, entered: 130 },
    reason: 'The legacy directory "legacy" does not answer.',
  },
  {
    id: 'stopped',
    kind: 'backfill',
    state: 'stopped',
    ago: 4 * DAY,
    lastedMs: 11 * MINUTE,
    actor: 'admin:ben@example.com',
    options: { only: ['id=1..200'], withHashes: false, copy: true },
    counters: { read: 120, across: 82, entered: 38, copied: 35, conflict: 3 },
  },
  ...[1, 2, 3].map(
    (day): Past => ({
      id: `sync${day}`,
      kind: 'sync',
      state: 'done',
      ago: day * DAY,
      lastedMs: 95_000,
      actor: 'worker',
      counters: { read: 640, unchanged: 601, updated: 7 + day, drifted: day },
    }),
  ),
];

/** Runs as a fortnight leaves them: one under way, one that asks, one that was left, and some that are over. */
export async function seedRuns(store: Store): Promise<void> {
  const now = await store.now();
  for (const { id, kind, state, ago, lastedMs, actor, options = {}, counters, reason = null } of RUNS) {
    const [began, heard] = [now - ago, now - ago + lastedMs];
    const ended = state === 'done' || state === 'stopped';
    await store.db
      .insertInto('run')
      .values({
        id,
        kind,
        target: 'new',
        active_key: ended ? null : `${kind}:new`,
        state,
        options_json: JSON.stringify(options),
        place: null,
        counters_json: JSON.stringify(counters),
        reason,
        stop_requested: 0,
        actor,
        lease_token: null,
        // Somebody is at it for as long as anybody looks.
        lease_until: id === 'running' ? now + DAY : 0,
        started_at: began,
        taken_up_at: began,
        read_before: 0,
        updated_at: heard,
        ended_at: ended ? heard : null,
      })
      .execute();
  }
}
