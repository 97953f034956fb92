import { BridgeError } from '../../domain/errors.ts';
import { remedyFor } from '../../ledger/remedies.ts';
import type { StewardsDesk } from '../desk.ts';
import type { BegunRun, DeskRun, RunKind, RunWish } from '../run-desk.ts';
import { createHeadcount } from './headcount.ts';

export const RUN_STATES = ['running', 'stopping', 'interrupted', 'held', 'done', 'stopped'] as const;

/** What there is to say of a run. Moments in milliseconds since 1970. */
export interface RunView {
  readonly id: string;
  readonly kind: RunKind;
  readonly target: string;
  /** `interrupted`: nobody is at it, and it can be taken up; `held`: it waits for a yes to its deletions. */
  readonly state: (typeof RUN_STATES)[number];
  readonly options: Record<string, unknown>;
  readonly counters: Record<string, number>;
  readonly progress: {
    /** People read. */
    readonly done: number;
    /** About how many there are; absent where nothing cheap says it. */
    readonly total?: number | undefined;
    /** Since it was begun or taken up; absent once it has ended. */
    readonly perSecond?: number | undefined;
    readonly secondsLeft?: number | undefined;
  };
  readonly reason: string | null;
  readonly actor: string;
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly endedAt: number | null;
}

export interface RunFailure {
  readonly state: string;
  readonly reason: string | null;
  readonly people: number;
  readonly remedy: string;
}

/** Where a run can go. */
export interface RunTarget {
  readonly target: string;
  /** Old hashes that it verifies itself, by their encodings; none: it takes profiles alone. */
  readonly hashes: readonly string[];
  /** What it can do to people who are gone. */
  readonly disable: boolean;
  readonly remove: boolean;
}

/** Backfills and syncs, for pages and API alike. */
export function createRunWork({
  runs,
  targets,
  capabilities,
  statistics,
  directories,
  store,
}: Pick<StewardsDesk, 'runs' | 'targets' | 'capabilities' | 'statistics' | 'directories' | 'store'>) {
  const headcount = createHeadcount({ directories, store });

  async function found(id: string): Promise<DeskRun> {
    const run = await runs.find(id);
    if (run !== undefined) return run;
    throw new BridgeError('not_found', `There is no run "${id}".`);
  }

  /** @throws BridgeError `not_found` */
  async function show(id: string): Promise<RunView & { failures: RunFailure[] }> {
    const run = await found(id);
    const failures = await statistics.failedSince(run.target, run.startedAt);
    return {
      ...runView(run, await headcount()),
      failures: failures.map(({ state, reason, count }) => ({
        state,
        reason,
        people: count,
        remedy: remedyFor(run.target, state, reason ?? ''),
      })),
    };
  }

  async function shown({ id, resumed }: BegunRun): Promise<RunView & { resumed: boolean }> {
    return { ...runView(await found(id), await headcount()), resumed };
  }

  return {
    choices: (): RunTarget[] =>
      [...targets.keys()].map((target) => {
        const { legacyHashes, disable = false, remove = false } = capabilities.get(target) ?? {};
        return { target, hashes: legacyHashes?.encodings ?? [], disable, remove };
      }),
    /** The newest first. @param page `after` is the `next` of the page before */
    async list(
      filter: { kind?: RunKind | undefined; target?: string | undefined },
      { after, limit }: { after?: string | undefined; limit: number },
    ): Promise<{ items: RunView[]; next: string | undefined }> {
      const page = await runs.list({ limit: limit + 1, after: placeOf(after) }, filter);
      const total = await headcount();
      const items = page.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map((run) => runView(run, total)),
        next: page.length > limit && last !== undefined ? `${last.startedAt}.${last.id}` : undefined,
      };
    },
    show,
    /**
     * Answers as soon as the run is this process's; it goes on in the background.
     *
     * @throws BridgeError `not_found` for a target that is not configured; `already_exists`; `invalid_request`
     */
    async start(wish: RunWish, actor: string): Promise<RunView & { resumed: boolean }> {
      if (!targets.has(wish.target)) {
        const names = [...targets.keys()].join(', ') || 'none is configured';
        throw new BridgeError('not_found', `There is no target "${wish.target}"; targets: ${names}.`);
      }
      return shown(await runs.begin(wish, actor));
    },
    resume: async (id: string, rate: number | undefined, actor: string) =>
      shown(await runs.resume(id, rate, actor)),
    accept: async (id: string, actor: string) => shown(await runs.accept(id, actor)),
    /** The answer may still be `stopping`: the page under way is ended first. */
    async stop(id: string, actor: string) {
      await runs.stop(id, actor);
      return show(id);
    },
  };
}

/** @param total about how many people there are to be read */
export function runView(run: DeskRun, total: number | undefined): RunView {
  const { id, kind, target, options, counters, reason, actor, startedAt, updatedAt, endedAt } = run;
  return {
    id,
    kind,
    target,
    state: stateOf(run),
    options: { ...options },
    counters: { ...counters },
    progress: progressOf(run, total),
    reason,
    actor,
    startedAt,
    updatedAt,
    endedAt,
  };
}

function stateOf({ state, attended, stopping }: DeskRun): RunView['state'] {
  if (state !== 'running') return state;
  if (!attended) return 'interrupted';
  return stopping ? 'stopping' : 'running';
}

/** A sync that follows changes reads a part of the people; nobody knows beforehand how many. */
function progressOf(run: DeskRun, people: number | undefined): RunView['progress'] {
  const done = run.counters.read ?? 0;
  const total = run.kind === 'sync' ? undefined : people && Math.max(people, done);
  const elapsed = run.updatedAt - run.takenUpAt;
  if (!run.attended || elapsed <= 0) return { done, total };
  const perSecond = Math.round(((done - run.readBefore) * 10_000) / elapsed) / 10;
  const secondsLeft =
    total === undefined || perSecond <= 0 ? undefined : Math.ceil((total - done) / perSecond);
  return { done, total, perSecond: Math.max(0, perSecond), secondsLeft };
}

/** @throws BridgeError `invalid_request` */
function placeOf(after: string | undefined): { startedAt: number; id: string } | undefined {
  if (after === undefined) return undefined;
  const [, startedAt, id] = /^(\d{1,15})\.(\w{1,32})$/.exec(after) ?? [];
  if (startedAt === undefined || id === undefined) {
    throw new BridgeError('invalid_request', '"after" must be the "next" of the page before.');
  }
  return { startedAt: Number(startedAt), id };
}
