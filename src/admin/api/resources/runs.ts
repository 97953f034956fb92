import { z } from 'zod';
import type { StewardsDesk } from '../../desk.ts';
import { RUN_KINDS } from '../../run-desk.ts';
import { createRunWork, RUN_STATES } from '../../work/runs.ts';
import { pageOf, pageQuery } from '../paging.ts';
import { type Route, route } from '../route.ts';
import { moment, targetName } from './views.ts';

const tag = 'Runs';

const shape = {
  id: z.string(),
  kind: z.enum(RUN_KINDS).describe('`rehearsal` is what a backfill would do: the run alone is written.'),
  target: z.string(),
  state: z
    .enum(RUN_STATES)
    .describe(
      '`interrupted`: nobody is at it, and it can be resumed; `held`: a sync that waits for a yes to its deletions.',
    ),
  options: z.record(z.string(), z.unknown()),
  counters: z
    .record(z.string(), z.int())
    .describe('People by what became of them, as the command prints them; `read` is everybody so far.'),
  progress: z.object({
    done: z.int(),
    total: z.int().optional().describe('About; absent where nothing cheap says it, and of syncs.'),
    perSecond: z.number().optional(),
    secondsLeft: z.int().optional(),
  }),
  reason: z.string().nullable().describe('Why it waits, or stands still.'),
  actor: z.string().describe('Who began it.'),
  startedAt: moment,
  updatedAt: moment,
  endedAt: moment.nullable(),
};

export const runView = z.object(shape).meta({ id: 'Run' });

const begun = z
  .object({ ...shape, resumed: z.boolean().describe('Taken up in the middle, where it was left.') })
  .meta({ id: 'BegunRun' });

const shown = z
  .object({
    ...shape,
    failures: z
      .array(
        z.object({
          state: z.string(),
          reason: z.string().nullable(),
          people: z.int(),
          remedy: z.string().describe('What to do about it.'),
        }),
      )
      .describe(
        'Who failed at the target since the run began, and still waits; their rows are in `/ledger`, by reason.',
      ),
  })
  .meta({ id: 'ShownRun' });

export const runParams = z.object({ run: z.string().regex(/^\w{1,32}$/) });
export const runsQuery = z.strictObject({
  ...pageQuery,
  kind: z.enum(RUN_KINDS).optional(),
  target: targetName.optional(),
});
const rate = z.number().positive().max(1_000_000).optional().describe('People a second, over all instances.');
const path = (id: string) => `/runs/${id}`;

export function runRoutes(desk: StewardsDesk): Route[] {
  const work = createRunWork(desk);
  return [
    route({
      method: 'GET',
      path: '/runs',
      id: 'listRuns',
      tag,
      summary: 'Backfills and syncs, the newest first.',
      query: runsQuery,
      response: pageOf(runView),
      handle: async ({ query: { limit, after, ...filter } }) => ({
        body: await work.list(filter, { limit, after }),
      }),
    }),
    route({
      method: 'GET',
      path: '/runs/{run}',
      id: 'showRun',
      tag,
      summary: 'One run: how far it is, and who failed since it began.',
      params: runParams,
      response: shown,
      handle: async ({ params: { run } }) => ({ body: await work.show(run) }),
    }),
    route({
      method: 'POST',
      path: '/runs/backfill',
      id: 'startBackfill',
      tag,
      summary:
        'Copies everybody who has not logged in. Takes up a run that was left in the middle with the same options.',
      body: z.strictObject({
        target: targetName,
        dryRun: z
          .boolean()
          .default(false)
          .describe('Finds out what would be done; a run of kind `rehearsal`.'),
        only: z
          .array(z.string().min(1).max(200))
          .max(20)
          .default([])
          .describe('`attributes.NAME>=YYYY-MM-DD`, `updated_at>=YYYY-MM-DD`, `scheme=NAME`, `id=FROM..TO`.'),
        withHashes: z
          .boolean()
          .default(false)
          .describe('With the legacy hashes that the target verifies itself; else the profile alone.'),
        copy: z
          .boolean()
          .default(true)
          .describe('False: people are entered into the ledger alone, for the couriers.'),
        rate,
      }),
      response: begun,
      status: 202,
      async handle({ body: { dryRun, ...wish }, caller }) {
        const body = await work.start({ kind: dryRun ? 'rehearsal' : 'backfill', ...wish }, caller.actor);
        return { body, location: path(body.id) };
      },
    }),
    route({
      method: 'POST',
      path: '/runs/sync',
      id: 'startSync',
      tag,
      summary: 'Carries later changes across: profiles, e-mails, disables, deletions.',
      body: z.strictObject({
        target: targetName,
        full: z
          .boolean()
          .default(true)
          .describe('False: what changed since the last time alone; deletions are not looked for.'),
      }),
      response: begun,
      status: 202,
      async handle({ body: wish, caller }) {
        const body = await work.start({ kind: 'sync', ...wish }, caller.actor);
        return { body, location: path(body.id) };
      },
    }),
    route({
      method: 'POST',
      path: '/runs/{run}/resume',
      id: 'resumeRun',
      tag,
      summary: 'Goes on with a run that nobody is at, where it stands and with its options.',
      params: runParams,
      body: z.strictObject({ rate }),
      response: begun,
      status: 202,
      async handle({ params: { run }, body: wish, caller }) {
        const body = await work.resume(run, wish.rate, caller.actor);
        return { body, location: path(body.id) };
      },
    }),
    route({
      method: 'POST',
      path: '/runs/{run}/accept',
      id: 'acceptRun',
      tag,
      summary: 'Says yes to the deletions that a sync waits with. Stopping the run says no.',
      params: runParams,
      response: begun,
      status: 202,
      async handle({ params: { run }, caller }) {
        const body = await work.accept(run, caller.actor);
        return { body, location: path(body.id) };
      },
    }),
    route({
      method: 'POST',
      path: '/runs/{run}/stop',
      id: 'stopRun',
      tag,
      summary: 'Ends a run after the page it is at; what was copied stays.',
      params: runParams,
      response: shown,
      handle: async ({ params: { run }, caller }) => ({ body: await work.stop(run, caller.actor) }),
    }),
  ];
}
