import type { Selectable } from 'kysely';
import type { TargetStateTable } from '../store/schema.ts';
import { isDuplicateKey, type Store } from '../store/store.ts';
import { despiteLocks } from './operations/lock-trouble.ts';
import { asReason } from './operations/row.ts';
import type { TargetCircuit } from './target-circuit.ts';

/** The first pause after a failure, and the longest one, in milliseconds. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

type TargetState = Selectable<TargetStateTable>;

export function createTargetCircuit({ store }: { readonly store: Store }): TargetCircuit {
  const stateOf = (target: string) =>
    store.db.selectFrom('target_state').selectAll().where('target', '=', target).executeTakeFirst();

  /** Writes what `next` makes of the present state, again if somebody else wrote meanwhile; undefined: nothing. */
  async function change(
    target: string,
    next: (state: TargetState, now: number) => Partial<TargetState> | undefined,
  ): Promise<void> {
    for (;;) {
      const [found, now] = [await stateOf(target), await store.now()];
      const unknown = { target, closed_until: 0, failures: 0, reason: null, updated_at: now };
      const state = found ?? unknown;
      const changes = next(state, now);
      if (changes === undefined) return;
      const written = await despiteLocks(() =>
        found === undefined ? insert({ ...unknown, ...changes }) : update(state, changes, now),
      );
      if (written) return;
    }
  }

  async function insert(state: TargetState): Promise<boolean> {
    try {
      await store.db.insertInto('target_state').values(state).execute();
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async function update(seen: TargetState, changes: Partial<TargetState>, now: number): Promise<boolean> {
    const { numUpdatedRows } = await store.db
      .updateTable('target_state')
      .set({ ...changes, updated_at: now })
      .where('target', '=', seen.target)
      .where('failures', '=', seen.failures)
      .where('closed_until', '=', seen.closed_until)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  return {
    async admits(target) {
      const state = await stateOf(target);
      if (state === undefined) return 'all';
      if (state.closed_until > (await store.now())) return 'none';
      return state.failures > 0 ? 'one' : 'all';
    },
    failed: (target, reason) =>
      change(target, (state, now) => {
        if (state.closed_until > now) return undefined;
        const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(state.failures, 16));
        return { failures: state.failures + 1, closed_until: now + pause, reason: asReason(reason) };
      }),
    pause: (target, reason, ms) =>
      change(target, (state, now) => {
        if (state.closed_until >= now + ms) return undefined;
        return { closed_until: now + ms, reason: asReason(reason) };
      }),
    resume: (target) =>
      change(target, (state) =>
        state.failures === 0 && state.closed_until === 0
          ? undefined
          : { failures: 0, closed_until: 0, reason: null },
      ),
    succeeded: (target) =>
      change(target, (state, now) => {
        if (state.failures === 0 || state.closed_until > now) return undefined;
        return { failures: 0, closed_until: 0, reason: null };
      }),
    async states() {
      const rows = await store.db.selectFrom('target_state').selectAll().orderBy('target').execute();
      return rows.map(({ target, closed_until, failures, reason }) => ({
        target,
        closedUntil: closed_until,
        failures,
        reason,
      }));
    },
  };
}
