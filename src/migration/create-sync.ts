import { hasCode } from '../domain/errors.ts';
import type { LegacyDirectory, LegacyUser } from '../legacy/directory.ts';
import { pagesOf } from './backfill/pages.ts';
import type { SyncOptions } from './options.ts';
import { type HeldRun, ROUTINE, type Runs, sentenceOf } from './runs.ts';
import { clientsAtRest } from './sync/at-rest.ts';
import { type CompareDependencies, comparePage } from './sync/compare.ts';
import type { GoneDependencies } from './sync/gone.ts';
import { createSafetyStop, type SafetyStop } from './sync/safety-stop.ts';
import { tombstones } from './sync/tombstones.ts';
import { SYNC_COUNTS, type Sync, type SyncCounts, type SyncReport, type SyncRequest } from './sync.ts';

export interface SyncDependencies extends CompareDependencies, GoneDependencies {
  readonly directories: ReadonlyMap<string, LegacyDirectory>;
  /** The directories that can say what changed since. */
  readonly watermarked: ReadonlySet<string>;
  readonly runs: Runs;
  readonly options: SyncOptions;
  readonly pageSize: number;
}

/** What the last pass leaves to the next one. */
interface Memory {
  readonly marks: Readonly<Record<string, string>>;
  /** When whole tables were read last, in milliseconds since 1970. */
  readonly fullAt: number;
  /** Clients that were at rest while somebody was left out; whole tables are read once one of them is not any more. */
  readonly atRest?: readonly string[];
}

interface Pass {
  readonly held: HeldRun;
  readonly memory: Memory;
  readonly full: boolean;
  readonly counts: SyncCounts;
  readonly signal: AbortSignal;
  readonly stop: SafetyStop;
  say(note: string): void;
}

type Cut = 'held' | 'stopped' | 'left';

export function createSync(deps: SyncDependencies): Sync {
  const { target, runs, directories, bulk, options, clock } = deps;

  async function lastMemory(): Promise<Memory> {
    const last = await runs.lastDone('sync', target.name);
    return last?.place === undefined ? { marks: {}, fullAt: 0 } : (JSON.parse(last.place) as Memory);
  }

  /** @returns undefined to go on */
  async function comparedPage(users: readonly LegacyUser[], pass: Pass): Promise<Cut | undefined> {
    if (pass.signal.aborted) return 'left';
    if (!(await pass.stop.add(await comparePage(users, pass.counts, deps)))) return 'held';
    return keep(pass);
  }

  /** What was reached is kept at the end alone: a pass that is cut short is begun anew by the next one. */
  async function keep({ held, memory, counts, say }: Pass): Promise<Cut | undefined> {
    const saved = await held.save(JSON.stringify(memory), counts);
    say('');
    return ({ on: undefined, stop: 'stopped', lost: 'left' } as const)[saved];
  }

  async function followChanges(
    directory: LegacyDirectory,
    marks: Record<string, string>,
    pass: Pass,
  ): Promise<Cut | undefined> {
    for (let more = true; more; ) {
      const changes = await directory.changedSince(marks[directory.name], deps.pageSize);
      if (changes.watermark !== undefined) marks[directory.name] = changes.watermark;
      more = changes.more;
      const cut = await comparedPage(changes.rows, pass);
      if (cut !== undefined) return cut;
    }
    return undefined;
  }

  async function readWhole(directory: LegacyDirectory, pass: Pass): Promise<Cut | undefined> {
    const one = new Map([[directory.name, directory]]);
    for await (const { users } of pagesOf(one, undefined, deps.pageSize)) {
      const cut = await comparedPage(users, pass);
      if (cut !== undefined) return cut;
    }
    return undefined;
  }

  async function findTombstones(pass: Pass): Promise<Cut | undefined> {
    for await (const gone of tombstones(target.name, directories, bulk)) {
      if (pass.signal.aborted) return 'left';
      if (!(await pass.stop.add(gone))) return 'held';
      const cut = await keep(pass);
      if (cut !== undefined) return cut;
      pass.say('looking for rows that are gone');
    }
    return undefined;
  }

  async function readDirectory(
    directory: LegacyDirectory,
    marks: Record<string, string>,
    pass: Pass,
  ): Promise<Cut | undefined> {
    const follows = deps.watermarked.has(directory.name);
    const cut = follows ? await followChanges(directory, marks, pass) : undefined;
    if (cut !== undefined || (follows && !pass.full)) return cut;
    return readWhole(directory, pass);
  }

  async function walk(pass: Pass, marks: Record<string, string>): Promise<Cut | 'done'> {
    for (const directory of directories.values()) {
      const cut = await readDirectory(directory, marks, pass);
      if (cut !== undefined) return cut;
    }
    const cut = pass.full ? await findTombstones(pass) : undefined;
    if (cut !== undefined) return cut;
    await pass.stop.carry();
    return 'done';
  }

  const run: Sync['run'] = async ({ full, accepted, actor, onBegun }: SyncRequest, signal, onProgress) => {
    const held =
      accepted === undefined
        ? await runs.begin({ kind: 'sync', target: target.name, options: {}, actor })
        : await runs.accept(accepted, actor);
    onBegun?.({ id: held.run.id, resumed: held.resumed });
    const counts = noCounts();
    try {
      const memory = await lastMemory();
      const total = await totalOf(directories);
      const population = await bulk.across(target.name);
      const stop = createSafetyStop(population, accepted !== undefined, counts, deps);
      const say = (note: string) => onProgress(counts, total, note);
      const atRest = await clientsAtRest(deps);
      const isBack = memory.atRest?.some((client) => !atRest.has(client)) ?? false;
      const everything = full || accepted !== undefined || isBack;
      const marks = { ...memory.marks };
      const begun = clock();
      const state = await walk({ held, memory, full: everything, counts, signal, stop, say }, marks);
      const leftOut =
        counts.notCopied + counts.heldBack > 0 ? [...atRest, ...(await clientsAtRest(deps))] : [];
      const before = everything ? [] : (memory.atRest ?? []);
      const reached = {
        marks,
        fullAt: everything ? begun : memory.fullAt,
        atRest: [...new Set([...leftOut, ...before])],
      };
      return await conclude(held, state, counts, {
        question: stop.question(),
        // Whoever could not be carried is found again from where this pass began.
        next: counts.failed > 0 ? memory : reached,
      });
    } catch (error) {
      await held.leave(sentenceOf(error)).catch(() => {});
      throw error;
    }
  };

  return {
    run,
    async runIfDue(signal) {
      const last = await runs.lastDone('sync', target.name);
      const now = clock();
      if (last !== undefined && now - last.startedAt < options.everyMinutes * 60_000) return undefined;
      const { fullAt } = await lastMemory();
      const full = now - fullAt >= options.fullEveryHours * 3_600_000;
      try {
        return await run({ full, actor: ROUTINE }, signal, () => {});
      } catch (error) {
        // Another instance is at it, or an admin has a question to answer.
        if (hasCode(error, 'already_exists')) return undefined;
        throw error;
      }
    },
  };
}

async function conclude(
  held: HeldRun,
  state: Cut | 'done',
  counts: SyncCounts,
  { question, next }: { question: string; next: Memory },
): Promise<SyncReport> {
  const { id } = held.run;
  if (state === 'left') {
    await held.leave();
    return { id, state, counts };
  }
  if (state === 'done') await held.save(JSON.stringify(next), counts);
  await held.end(state, state === 'held' ? question : undefined);
  return { id, state, counts, ...(state === 'held' ? { reason: question } : {}) };
}

const noCounts = (): SyncCounts => Object.fromEntries(SYNC_COUNTS.map((name) => [name, 0])) as SyncCounts;

async function totalOf(directories: ReadonlyMap<string, LegacyDirectory>): Promise<number | undefined> {
  let sum = 0;
  for (const directory of directories.values()) {
    const count = await directory.count();
    if (count === undefined) return undefined;
    sum += count;
  }
  return sum;
}
