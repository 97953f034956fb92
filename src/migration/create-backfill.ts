import { BridgeError } from '../domain/errors.ts';
import type { LegacyDirectory } from '../legacy/directory.ts';
import type { Target } from '../targets/target.ts';
import { readOnly } from './backfill/only.ts';
import {
  type Counts,
  count,
  fillPage,
  judgeAll,
  noCounts,
  type PageDependencies,
  type PageOptions,
} from './backfill/page.ts';
import { type PageOfPeople, pagesOf, readPlace, writePlace } from './backfill/pages.ts';
import { keepRehearsal } from './backfill/rehearse.ts';
import type { Backfill, BackfillReport, BackfillRequest } from './backfill.ts';
import { type HeldRun, type Runs, sentenceOf } from './runs.ts';

export interface BackfillDependencies extends PageDependencies {
  readonly directories: ReadonlyMap<string, LegacyDirectory>;
  readonly runs: Runs;
  /** People who are sent at once; fewer where a rate limits them. */
  readonly pageSize: number;
}

/** With `copy: false`, so many may wait for the couriers; the backfill then waits for them. */
const LOOK_AHEAD = 5_000;
const LOOK_AGAIN_MS = 500;

type End = BackfillReport['state'];

interface Walk {
  readonly options: PageOptions;
  /** Summed up on the way. */
  readonly counts: Counts;
  readonly signal: AbortSignal;
  say(note: string): void;
}

export function createBackfill(deps: BackfillDependencies): Backfill {
  const { target, runs, bulk, circuit, pause } = deps;

  function optionsOf({ only, withHashes, copy }: BackfillRequest): PageOptions {
    const hashes = target.capabilities.legacyHashes;
    if (withHashes && hashes === undefined) throw takesNoHashes(target);
    return { only: readOnly(only), hashes: withHashes ? hashes : undefined, copy };
  }

  /** Waits while the target is out. */
  async function untilTargetIsThere(signal: AbortSignal, say: (note: string) => void): Promise<void> {
    while (!signal.aborted) {
      const admitted = await circuit.admits(target.name);
      // What waits already finds out whether the target is back; with nothing waiting, the next page does.
      if (admitted === 'all' || (admitted === 'one' && (await bulk.waiting(target.name, 1)) === 0)) return;
      say('the target is out; waiting for it');
      await pause(LOOK_AGAIN_MS);
    }
  }

  async function untilCouriersHaveRoom(signal: AbortSignal, say: (note: string) => void): Promise<void> {
    while (!signal.aborted && (await bulk.waiting(target.name, LOOK_AHEAD)) >= LOOK_AHEAD) {
      say('waiting for the couriers');
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Rows that could not be sent with their page, and those that a killed run had in its hands. */
  async function untilNobodyWaits(signal: AbortSignal, say: (note: string) => void): Promise<void> {
    for (;;) {
      const waiting = await bulk.waiting(target.name, LOOK_AHEAD);
      if (waiting === 0 || signal.aborted) return;
      say(`${waiting} wait for the courier`);
      await pause(LOOK_AGAIN_MS);
    }
  }

  async function walk(held: HeldRun, on: Walk): Promise<End> {
    const from = readPlace(held.run.place);
    for await (const page of pagesOf(deps.directories, from, deps.pageSize)) {
      const end = await carry(page, held, on);
      if (end !== undefined) return end;
    }
    if (on.options.copy) await untilNobodyWaits(on.signal, on.say);
    return on.signal.aborted ? 'left' : 'done';
  }

  /** @returns undefined to go on */
  async function carry(
    { users, place }: PageOfPeople,
    held: HeldRun,
    { options, counts, signal, say }: Walk,
  ): Promise<End | undefined> {
    await (options.copy ? untilTargetIsThere : untilCouriersHaveRoom)(signal, say);
    if (signal.aborted) return 'left';
    const page = await fillPage(users, options, deps);
    add(counts, page);
    if (page.copied > 0) await circuit.succeeded(target.name);
    const saved = await held.save(writePlace(place), counts);
    say('');
    return ({ on: undefined, stop: 'stopped', lost: 'lost' } as const)[saved];
  }

  async function foreseeOne(
    { entry, profile }: Awaited<ReturnType<typeof judgeAll>>[number],
    counts: Counts,
    foreseen: Record<string, number>,
  ): Promise<void> {
    count(entry, counts);
    if (entry.instead !== undefined || profile === undefined) return;
    const answer = await target.foresee?.({ externalId: entry.externalId, profile });
    if (answer !== undefined) foreseen[answer.kind] = (foreseen[answer.kind] ?? 0) + 1;
  }

  const foresee: Backfill['foresee'] = async (request, signal, onProgress) => {
    const options = optionsOf(request);
    const counts = noCounts();
    const total = await totalOf(deps.directories);
    const foreseen: Record<string, number> = {};
    for await (const { users } of pagesOf(deps.directories, readPlace(undefined), deps.pageSize)) {
      if (signal.aborted) break;
      const judged = await judgeAll(users, options, counts, deps);
      for (const one of judged) await foreseeOne(one, counts, foreseen);
      onProgress(counts, total, '');
    }
    return { counts, foreseen: target.foresee === undefined ? undefined : foreseen };
  };

  return {
    async run(request, signal, onProgress) {
      const options = optionsOf(request);
      const { only, withHashes, copy, actor } = request;
      const held = await runs.begin({
        kind: 'backfill',
        target: target.name,
        options: { only, withHashes, copy },
        actor,
      });
      request.onBegun?.({ id: held.run.id, resumed: held.resumed });
      const counts = { ...noCounts(), ...held.run.counters };
      try {
        const total = await totalOf(deps.directories);
        const say = (note: string) => onProgress(counts, total, note);
        say('');
        const state = await walk(held, { options, counts, signal, say });
        if (state === 'done' || state === 'stopped') await held.end(state);
        else await held.leave();
        return { id: held.run.id, state, resumed: held.resumed, counts };
      } catch (error) {
        await held.leave(sentenceOf(error)).catch(() => {});
        throw error;
      }
    },

    foresee,

    async rehearse(request, signal) {
      // What cannot be done is refused before anything is begun.
      optionsOf(request);
      const { only, withHashes, actor } = request;
      const options = { only, withHashes };
      const held = await runs.begin({ kind: 'rehearsal', target: target.name, options, actor });
      request.onBegun?.({ id: held.run.id, resumed: held.resumed });
      return keepRehearsal(held, signal, (cut, tell) => foresee(request, cut, tell));
    },
  };
}

function add(sums: Counts, more: Counts): void {
  for (const name of Object.keys(more) as (keyof Counts)[]) sums[name] += more[name];
}

async function totalOf(directories: ReadonlyMap<string, LegacyDirectory>): Promise<number | undefined> {
  let sum = 0;
  for (const directory of directories.values()) {
    const count = await directory.count();
    if (count === undefined) return undefined;
    sum += count;
  }
  return sum;
}

function takesNoHashes({ name }: Target): BridgeError {
  return new BridgeError(
    'invalid_request',
    `Target ${name} takes no legacy hashes. If the new platform verifies them itself, say so: ` +
      `targets.${name}.password.legacyHashes.`,
  );
}
