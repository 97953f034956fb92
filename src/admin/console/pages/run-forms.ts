import { z } from 'zod';
import { BridgeError } from '../../../domain/errors.ts';
import { refusalOf } from '../../api/problem.ts';
import { runParams } from '../../api/resources/runs.ts';
import { targetName } from '../../api/resources/views.ts';
import type { StewardsDesk } from '../../desk.ts';
import type { RunWish } from '../../run-desk.ts';
import { createRunWork } from '../../work/runs.ts';
import { filtersOf } from '../only-fields.ts';
import { type ConsoleEntry, form, type Sent, type Shown } from '../page.ts';
import { KIND_NAMES } from '../run-words.ts';
import { NOTHING_TYPED, newRunPage, RUNS, type RunTyped, runTyped } from './new-run.ts';

const MOST_A_SECOND = 1_000_000;

export function runForms(desk: StewardsDesk): ConsoleEntry[] {
  const work = createRunWork(desk);
  const at = (run: string) => `${RUNS}/${run}`;
  const backToRun = ({ run }: { run: string }) => at(run);

  /** What was typed is shown again with the refusal, and with the run that is in the way. */
  async function begun(
    target: string,
    typed: RunTyped,
    wishOf: () => RunWish,
    actor: string,
  ): Promise<Sent | Shown> {
    let kind: RunWish['kind'] = 'sync';
    try {
      const wish = wishOf();
      kind = wish.kind;
      const { id, resumed } = await work.start(wish, actor);
      const name = KIND_NAMES[kind];
      const done = resumed
        ? `${name} to ${target}: one was left with the same options, and was taken up.`
        : `${name} to ${target} has begun, and goes on in the background of the bridge.`;
      return { to: at(id), done };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      const { status, code, message: sentence } = refusal;
      const run = code === 'already_exists' ? (await inTheWay(kind, target))?.id : undefined;
      return newRunPage(work.choices(), target, { typed, refused: { status, sentence, run } });
    }
  }

  async function inTheWay(kind: RunWish['kind'], target: string) {
    const { items } = await work.list({ kind, target }, { limit: 5 });
    return items.find(({ endedAt }) => endedAt === null);
  }

  return [
    form({
      path: `${RUNS}/backfill`,
      title: 'Start a run',
      form: z.object({ target: targetName, ...runTyped }),
      back: () => `${RUNS}/new`,
      handle: ({ form: { target, ...typed }, caller }) =>
        begun(
          target,
          typed,
          () => ({
            kind: typed.how === 'copy' ? 'backfill' : 'rehearsal',
            target,
            only: filtersOf(typed),
            withHashes: typed.send === 'hashes',
            copy: true,
            rate: rateOf(typed.rate),
          }),
          caller.actor,
        ),
    }),
    form({
      path: `${RUNS}/sync`,
      title: 'Start a run',
      form: z.object({ target: targetName, reads: z.enum(['everything', 'changes']).default('everything') }),
      back: () => `${RUNS}/new`,
      handle: ({ form: { target, reads }, caller }) =>
        begun(
          target,
          NOTHING_TYPED,
          () => ({ kind: 'sync', target, full: reads === 'everything' }),
          caller.actor,
        ),
    }),
    form({
      path: `${RUNS}/{run}/stop`,
      title: 'Run',
      params: runParams,
      back: backToRun,
      async handle({ params: { run }, caller }) {
        const { state } = await work.stop(run, caller.actor);
        const done =
          state === 'stopped'
            ? 'The run is ended. What it did until then stays.'
            : 'The run ends after the page of people it is at. What it did until then stays.';
        return { to: at(run), done };
      },
    }),
    form({
      path: `${RUNS}/{run}/resume`,
      title: 'Run',
      params: runParams,
      form: z.object({ rate: runTyped.rate }),
      back: backToRun,
      async handle({ params: { run }, form: { rate }, caller }) {
        await work.resume(run, rateOf(rate), caller.actor);
        return { to: at(run), done: 'The run was taken up, and goes on in the background of the bridge.' };
      },
    }),
    form({
      path: `${RUNS}/{run}/accept`,
      title: 'Run',
      params: runParams,
      form: z.object({
        sure: z.literal('yes', 'tick the box that says that the number is right').optional(),
      }),
      back: backToRun,
      async handle({ params: { run }, form: { sure }, caller }) {
        if (sure === undefined) {
          throw new BridgeError(
            'invalid_request',
            'Nothing was done. Tick the box if the deletions are right.',
          );
        }
        await work.accept(run, caller.actor);
        return {
          to: at(run),
          done: 'The deletions are accepted: the sync begins anew and carries them across.',
        };
      },
    }),
  ];
}

/** @throws BridgeError `invalid_request` */
function rateOf(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const rate = Number(typed);
  if (rate > 0 && rate <= MOST_A_SECOND) return rate;
  throw new BridgeError('invalid_request', 'The rate is a number of people a second, above 0.');
}
