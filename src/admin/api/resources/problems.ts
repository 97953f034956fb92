import { z } from 'zod';
import { LEDGER_STATES } from '../../../ledger/ledger.ts';
import type { StewardsDesk } from '../../desk.ts';
import { createProblemWork } from '../../work/problems.ts';
import { type Route, route } from '../route.ts';
import { moment } from './views.ts';

const person = z.object({ directory: z.string(), legacyId: z.string() });

const group = z
  .object({
    target: z.string(),
    state: z.enum(LEDGER_STATES),
    reason: z.string(),
    people: z.int(),
    firstAt: moment.describe('When the first of them was last written.'),
    lastAt: moment,
    examples: z.array(person).describe('Some of them; the ledger lists all.'),
    remedy: z.string().describe('What to do about it.'),
  })
  .meta({ id: 'LedgerGroup' });

const problems = z.object({
  failures: z.array(group).describe('Parked, in conflict or retrying; the most people first.'),
  setAside: z.array(group).describe('Stale, gone or excluded: nothing failed.'),
  targets: z
    .array(
      z.object({
        name: z.string(),
        circuit: z.object({
          state: z.enum(['open', 'failing', 'resting']),
          closedUntil: moment.optional(),
          failures: z.int(),
          reason: z.string().optional(),
        }),
      }),
    )
    .describe('Those that nothing is sent to for now, or one copy at a time.'),
  unverifiable: z.array(
    z.object({
      directory: z.string(),
      shape: z.string().describe('What the column looks like; never the hash.'),
      people: z.int(),
      legacyIds: z.array(z.string()),
      remedy: z.string(),
    }),
  ),
  watched: z.object({ targets: z.array(z.string()), directories: z.array(z.string()) }),
});

export function problemRoutes(desk: StewardsDesk): Route[] {
  const work = createProblemWork(desk);
  return [
    route({
      method: 'GET',
      path: '/problems',
      id: 'listProblems',
      tag: 'Problems',
      summary: 'Everything that keeps people back, grouped by why, with what to do about it.',
      response: problems,
      handle: async () => ({ body: await work.overview() }),
    }),
  ];
}
