import { BridgeError } from '../../domain/errors.ts';
import { type Random, randomToken } from '../../runtime/random.ts';
import { writeAudit } from '../../store/audit.ts';
import { isDuplicateKey, type Store } from '../../store/store.ts';
import { type HeldRun, ROUTINE, type Run, type Runs, type RunWanted } from '../runs.ts';
import { holdRun } from './hold-run.ts';
import { type RunRow, runOf } from './run-row.ts';

export interface RunsDependencies {
  readonly store: Store;
  readonly random: Random;
  /** After this a dead process's run can be taken up, in milliseconds. */
  readonly leaseMs: number;
}

export function createRuns({ store, random, leaseMs }: RunsDependencies): Runs {
  const { db } = store;
  const rowOf = (id: string) =>
    db.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirst() as Promise<RunRow | undefined>;

  async function existing(id: string): Promise<RunRow> {
    const row = await rowOf(id);
    if (row !== undefined) return row;
    throw new BridgeError('not_found', `There is no run "${id}"; "footbridge runs list" shows them.`);
  }

  async function insert({ kind, target, options, actor }: RunWanted): Promise<HeldRun | undefined> {
    const now = await store.now();
    const lease_token = randomToken(random, 16);
    const row = {
      id: randomToken(random, 6).replaceAll(/[-_]/g, 'x'),
      kind,
      target,
      active_key: `${kind}:${target}`,
      state: 'running',
      options_json: JSON.stringify(options),
      place: null,
      counters_json: '{}',
      reason: null,
      stop_requested: 0,
      actor,
      lease_token,
      lease_until: now + leaseMs,
      started_at: now,
      taken_up_at: now,
      read_before: 0,
      updated_at: now,
      ended_at: null,
    };
    try {
      await db.transaction().execute(async (transaction) => {
        await transaction.insertInto('run').values(row).execute();
        await note(transaction, row, { actor, action: 'run.start', after: { kind, target, options } }, now);
      });
    } catch (error) {
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
    return holdRun(store, row, { token: lease_token, leaseMs, resumed: false });
  }

  /** @returns undefined when somebody else was faster */
  async function takeUp(row: RunRow, action: string, actor: string): Promise<HeldRun | undefined> {
    const now = await store.now();
    const token = randomToken(random, 16);
    const counted = runOf(row, now).counters.read;
    // The others go through everything anew.
    const read_before = row.kind === 'backfill' ? (counted ?? 0) : 0;
    const taken = await db.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('run')
        .set({
          state: 'running',
          lease_token: token,
          lease_until: now + leaseMs,
          stop_requested: 0,
          reason: null,
          taken_up_at: now,
          read_before,
          updated_at: now,
        })
        .where('id', '=', row.id)
        .where('ended_at', 'is', null)
        .where('lease_until', '=', row.lease_until)
        .where('state', '=', row.state)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) return false;
      await note(transaction, row, { actor, action, after: { state: 'running' } }, now);
      return true;
    });
    return taken
      ? holdRun(
          store,
          { ...row, state: 'running', taken_up_at: now, read_before },
          { token, leaseMs, resumed: true },
        )
      : undefined;
  }

  const activeRow = ({ kind, target }: RunWanted): Promise<RunRow | undefined> =>
    db.selectFrom('run').selectAll().where('active_key', '=', `${kind}:${target}`).executeTakeFirst();

  async function begin(wanted: RunWanted): Promise<HeldRun> {
    for (;;) {
      const begun = await insert(wanted);
      if (begun !== undefined) return begun;
      const row = await activeRow(wanted);
      if (row === undefined) continue;
      refuseUnlessSame(row, wanted, await store.now());
      await untilLeft(row);
      const taken = await takeUp(row, 'run.resume', wanted.actor);
      if (taken !== undefined) return taken;
    }
  }

  /** A process that lives renews its lease; a dead one's runs out. */
  async function untilLeft(row: RunRow): Promise<void> {
    for (;;) {
      const now = await rowOf(row.id);
      if (now === undefined || now.ended_at !== null || now.lease_until <= (await store.now())) return;
      if (now.lease_until !== row.lease_until) throw isAttended(row);
      await new Promise((done) => setTimeout(done, Math.min(leaseMs / 10, 500)));
    }
  }

  return {
    begin,
    async accept(id, actor) {
      const row = await existing(id);
      if (row.state !== 'held') {
        throw new BridgeError('invalid_request', `Run ${id} does not wait for a yes: it is ${row.state}.`);
      }
      const taken = await takeUp(row, 'run.accept', actor);
      if (taken !== undefined) return taken;
      throw takenUpMeanwhile(id);
    },
    async list({ limit, after }, { kind, target } = {}) {
      const now = await store.now();
      let query = db.selectFrom('run').selectAll().orderBy('started_at', 'desc').orderBy('id').limit(limit);
      if (kind !== undefined) query = query.where('kind', '=', kind);
      if (target !== undefined) query = query.where('target', '=', target);
      if (after !== undefined) {
        const { startedAt, id } = after;
        query = query.where(({ eb, and, or }) =>
          or([eb('started_at', '<', startedAt), and([eb('started_at', '=', startedAt), eb('id', '>', id)])]),
        );
      }
      return (await query.execute()).map((row) => runOf(row, now));
    },
    async active() {
      const now = await store.now();
      const rows = await db
        .selectFrom('run')
        .selectAll()
        .where('active_key', 'is not', null)
        .orderBy('started_at', 'desc')
        .execute();
      return rows.map((row) => runOf(row, now));
    },
    async find(id) {
      const row = await rowOf(id);
      return row && runOf(row, await store.now());
    },
    async lastDone(kind, target) {
      const row = await db
        .selectFrom('run')
        .selectAll()
        .where('kind', '=', kind)
        .where('target', '=', target)
        .where('state', '=', 'done')
        .orderBy('started_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && runOf(row, await store.now());
    },
    async stop(id, actor) {
      const row = await existing(id);
      const now = await store.now();
      if (row.ended_at !== null) {
        throw new BridgeError('invalid_request', `Run ${id} has ended already: it is ${row.state}.`);
      }
      if (row.state === 'running' && row.lease_until > now) {
        await db.transaction().execute(async (transaction) => {
          await transaction.updateTable('run').set({ stop_requested: 1 }).where('id', '=', id).execute();
          await note(transaction, row, { actor, action: 'run.stop', after: { state: 'stopping' } }, now);
        });
        return 'stopping';
      }
      const ended = { state: 'stopped', active_key: null, ended_at: now, updated_at: now, lease_until: 0 };
      await db.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('run')
          .set(ended)
          .where('id', '=', id)
          .where('ended_at', 'is', null)
          .where('lease_until', '=', row.lease_until)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) throw takenUpMeanwhile(id);
        await note(transaction, row, { actor, action: 'run.stop', after: { state: 'stopped' } }, now);
      });
      return 'stopped';
    },
  };
}

function refuseUnlessSame(row: RunRow, { kind, target, options }: RunWanted, now: number): void {
  const run: Run = runOf(row, now);
  const stop = `"footbridge runs stop ${run.id}" ends it.`;
  const refuse = (why: string) => {
    throw new BridgeError(
      'already_exists',
      `There is a ${kind} to ${target} already (run ${run.id}): ${why}`,
    );
  };
  if (run.state === 'held') {
    refuse(
      `it waits for a yes to its deletions. "footbridge sync --accept-deletions ${run.id}" goes on, ${stop}`,
    );
  }
  if (JSON.stringify(run.options) !== JSON.stringify(options)) {
    refuse(`it was left in the middle, with other options. Give the same ones to go on, or: ${stop}`);
  }
}

function isAttended({ id, kind, target }: RunRow): BridgeError {
  return new BridgeError(
    'already_exists',
    `There is a ${kind} to ${target} already (run ${id}): a process is at it. "footbridge runs stop ${id}" ends it.`,
  );
}

const takenUpMeanwhile = (id: string) =>
  new BridgeError('already_exists', `Run ${id} was taken up by somebody else at this moment.`);

async function note(
  transaction: Parameters<typeof writeAudit>[0],
  row: RunRow,
  { actor, action, after }: { actor: string; action: string; after: unknown },
  at: number,
): Promise<void> {
  if (actor === ROUTINE) return;
  const before = action === 'run.start' ? undefined : { state: row.state, reason: row.reason };
  await writeAudit(transaction, `run:${row.id}`, { at, actor, action, before, after });
}
