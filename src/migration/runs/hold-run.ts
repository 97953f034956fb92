import type { Store } from '../../store/store.ts';
import type { HeldRun } from '../runs.ts';
import { type RunRow, runOf } from './run-row.ts';

interface Lease {
  readonly token: string;
  readonly leaseMs: number;
  readonly resumed: boolean;
}

/** The lease is renewed by a timer of its own, so that a slow page does not lose the run. */
export function holdRun(store: Store, row: RunRow, { token, leaseMs, resumed }: Lease): HeldRun {
  const renewing = setInterval(() => {
    // A store that is out fails the next `save`, which says so.
    void write({}).catch(() => {});
  }, leaseMs / 3).unref();

  /** @returns false when the run is somebody else's by now */
  async function write(changes: Partial<RunRow>): Promise<boolean> {
    const now = await store.now();
    const { numUpdatedRows } = await store.db
      .updateTable('run')
      .set({ lease_until: now + leaseMs, updated_at: now, ...changes })
      .where('id', '=', row.id)
      .where('lease_token', '=', token)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  return {
    run: { ...runOf(row, row.lease_until), attended: true },
    resumed,
    async save(place, counters) {
      if (!(await write({ place, counters_json: JSON.stringify(counters) }))) {
        clearInterval(renewing);
        return 'lost';
      }
      const asked = await store.db
        .selectFrom('run')
        .select('stop_requested')
        .where('id', '=', row.id)
        .executeTakeFirst();
      return asked?.stop_requested === 1 ? 'stop' : 'on';
    },
    async end(state, reason) {
      clearInterval(renewing);
      const now = await store.now();
      await write({
        state,
        reason: reason?.slice(0, 191) ?? null,
        lease_token: null,
        lease_until: 0,
        ...(state === 'held' ? {} : { active_key: null, ended_at: now }),
      });
    },
    async leave(reason) {
      clearInterval(renewing);
      const why = reason === undefined ? {} : { reason: reason.slice(0, 191) };
      await write({ lease_token: null, lease_until: 0, ...why });
    },
  };
}
