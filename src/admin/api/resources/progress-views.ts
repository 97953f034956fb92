import { z } from 'zod';
import { LEDGER_STATES } from '../../../ledger/ledger.ts';
import { STEPS } from '../../../ledger/statistics.ts';
import { runView } from './runs.ts';
import { moment } from './views.ts';

const state = z.enum(LEDGER_STATES);
const people = z
  .int()
  .optional()
  .describe('About how many people the legacy directories hold; absent where nothing cheap says it.');

const totals = {
  target: z.string(),
  across: z.int().describe('Whose password has arrived by a login.'),
  copied: z
    .int()
    .describe('Who is there, whoever brought them: a backfill brings people without a password.'),
  waiting: z.int().describe('Captured; copied or tried again by themselves.'),
  failing: z.int().describe('Parked or in conflict: they wait for an admin.'),
  setAside: z.int().describe('Excluded, gone, or with a password that changed: the next login decides.'),
  notSeen: z.int().optional().describe('About how many have never come; absent where nothing cheap says it.'),
};

export const liveTotals = z
  .object({
    people,
    targets: z.array(z.object(totals)),
    runs: z
      .array(runView.pick({ id: true, kind: true, target: true, state: true, progress: true }))
      .describe('Those that have not ended.'),
  })
  .meta({ id: 'LiveTotals' });

const day = z.string().describe('`2026-11-21`, in UTC.');
const milestone = z.discriminatedUnion('kind', [
  z.object({ percent: z.int(), kind: z.literal('reached'), day: day.nullable() }),
  z.object({ percent: z.int(), kind: z.literal('expected'), day, earliest: day, latest: day }),
]);

const forecast = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('too-little-data'), why: z.string() }),
    z.object({ kind: z.literal('not-falling'), why: z.string() }),
    z.object({
      kind: z.literal('fitted'),
      activePeople: z.int().describe('Who will have come sooner or later.'),
      byBackfill: z.int().describe('Of these, whom a backfill has brought with their password.'),
      halvingDays: z.number(),
      days: z.int().describe('Of how many days the newcomers were looked at.'),
      milestones: z.array(milestone),
    }),
  ])
  .meta({ id: 'Forecast' });

export const progressView = z
  .object({
    at: moment,
    directoryPeople: people,
    clients: z.array(z.object({ client_id: z.string(), mode: z.string(), target: z.string().nullable() })),
    people: z
      .array(z.object({ client_id: z.string(), target: z.string(), state, count: z.int() }))
      .describe('Everybody in the ledger.'),
    schemes: z.array(
      z.object({ target: z.string(), scheme: z.string().nullable(), people: z.int(), copied: z.int() }),
    ),
    targets: z.array(
      z.object({
        ...totals,
        oldestWaitingSeconds: z.int().nullish(),
        copiesByHour: z.array(z.object({ at: moment, copies: z.int() })),
        active: z
          .object({ days: z.int(), people: z.int(), lookedAt: z.int(), across: z.int() })
          .optional()
          .describe('Who logged in within so many days; of those looked at, whose password is across.'),
        forecast: forecast.optional().describe('When 50, 90 and 99 % of the active people will be across.'),
      }),
    ),
    reasons: z.array(
      z.object({
        target: z.string(),
        state,
        reason: z.string(),
        people: z.int(),
        remedy: z.string().describe('What to do about it.'),
      }),
    ),
    unverifiable: z.array(
      z.object({
        directory: z.string(),
        shape: z.string(),
        people: z.int(),
        legacyIds: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'Progress' });

export const seriesView = z
  .object({
    target: z.string(),
    step: z.enum(STEPS),
    people,
    before: z.int().describe('Whose password had arrived by a login before the first step.'),
    steps: z.array(
      z.object({
        at: moment.describe('When the step begins (UTC).'),
        captured: z.int().describe('People whose last capture falls into it.'),
        copied: z.int().describe('People whose last copy falls into it, whoever brought them.'),
        failed: z.int().describe('People who have been parked or in conflict since then.'),
        across: z.int().describe('Whose password had arrived by a login by its end.'),
      }),
    ),
  })
  .meta({ id: 'ProgressSeries' });
