import type { BegunRun, DeskRun, RunDesk, RunWish } from '../admin/run-desk.ts';
import type { Config } from '../config/schema.ts';
import { BridgeError } from '../domain/errors.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import type { BackfillReport } from '../migration/backfill.ts';
import type { Sync, SyncReport } from '../migration/sync.ts';
import type { Target } from '../targets/target.ts';
import { backfillOf, unknownTarget } from './carriage.ts';
import type { Office } from './office.ts';
import type { World } from './world.ts';

export interface RunDeskParts {
  readonly config: Config;
  readonly office: Office;
  readonly directories: LegacyDirectories;
  readonly hooks: PersonHooks;
  readonly targets: ReadonlyMap<string, Target>;
  readonly syncs: ReadonlyMap<string, Sync>;
  readonly world: World;
}

type Backfilling = Exclude<RunWish, { kind: 'sync' }>;
type OnBegun = (run: BegunRun) => void;

/**
 * Runs that go on in the background of this process. At the end they are left where they stand, after the page they are
 * at; whoever asks for the same takes them up.
 */
export function openRunDesk({
  config,
  office,
  directories,
  hooks,
  targets,
  syncs,
  world,
}: RunDeskParts): RunDesk {
  const { runs } = office;
  const closing = new AbortController();
  const underWay = new Set<Promise<void>>();
  office.lifecycle.onClose('runs', async () => {
    closing.abort();
    await Promise.all(underWay);
  });

  async function backfill(wish: Backfilling, actor: string, onBegun: OnBegun): Promise<BackfillReport> {
    const target = targetNamed(wish.target);
    const { only, withHashes, copy, rate } = wish;
    const parts = await backfillOf(config, office, { target, directories, hooks, rate }, world);
    const request = { only, withHashes, copy, actor, onBegun };
    if (wish.kind === 'rehearsal') return parts.backfill.rehearse(request, closing.signal);
    try {
      const begun = (run: BegunRun) => {
        // What cannot be sent with its page is left to couriers, and the run waits for them: here they are.
        if (copy) parts.worker.start();
        onBegun(run);
      };
      return await parts.backfill.run({ ...request, onBegun: begun }, closing.signal, () => {});
    } finally {
      await parts.worker.stop();
    }
  }

  function targetNamed(name: string): Target {
    const found = targets.get(name);
    if (found === undefined) throw unknownTarget(config, name);
    return found;
  }

  function syncOf(target: string): Sync {
    const found = syncs.get(target);
    if (found === undefined) throw unknownTarget(config, target);
    return found;
  }

  /** @returns as soon as the run is this process's; a failure before that is the caller's, a later one the log's */
  function launch(
    target: string,
    work: (onBegun: OnBegun) => Promise<BackfillReport | SyncReport>,
  ): Promise<BegunRun> {
    if (closing.signal.aborted) throw new BridgeError('overloaded', 'This process is closing. Ask again.');
    return new Promise((done, fail) => {
      let begun: BegunRun | undefined;
      const ending = work((run) => {
        begun = run;
        done(run);
      }).then(
        ({ id, state, counts }) => world.logger.info({ run: id, target, state, ...counts }, 'A run ended.'),
        (err) => {
          if (begun === undefined) return fail(err);
          const { id } = begun;
          world.logger.warn({ err, run: id, target }, 'A run failed; it can be taken up where it stands.');
        },
      );
      underWay.add(ending);
      void ending.then(() => underWay.delete(ending));
    });
  }

  const begin = async (wish: RunWish, actor: string): Promise<BegunRun> =>
    launch(wish.target, async (onBegun) =>
      wish.kind === 'sync'
        ? syncOf(wish.target).run({ full: wish.full, actor, onBegun }, closing.signal, () => {})
        : backfill(wish, actor, onBegun),
    );

  async function existing(id: string): Promise<DeskRun> {
    const run = await runs.find(id);
    if (run !== undefined) return run;
    throw new BridgeError('not_found', `There is no run "${id}".`);
  }

  return {
    list: runs.list,
    active: runs.active,
    find: runs.find,
    stop: runs.stop,
    begin,
    async resume(id, rate, actor) {
      const run = await existing(id);
      if (run.endedAt !== null) {
        throw new BridgeError('invalid_request', `Run ${id} has ended: it is ${run.state}. Start a new one.`);
      }
      return begin(wishOf(run, rate), actor);
    },
    async accept(id, actor) {
      const { target } = await existing(id);
      return launch(target, async (onBegun) =>
        syncOf(target).run({ full: true, accepted: id, actor, onBegun }, closing.signal, () => {}),
      );
    },
  };
}

/** What the run was begun with; the rate is not a part of it. */
function wishOf({ kind, target, options }: DeskRun, rate: number | undefined): RunWish {
  if (kind === 'sync') return { kind, target, full: true };
  const {
    only,
    withHashes,
    copy = true,
  } = options as Pick<Backfilling, 'only' | 'withHashes'> & Partial<Pick<Backfilling, 'copy'>>;
  return { kind, target, only, withHashes, copy, rate };
}
