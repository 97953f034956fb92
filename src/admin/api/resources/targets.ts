import { z } from 'zod';
import { mode } from '../../../clients/migration.ts';
import { LEDGER_STATES } from '../../../ledger/ledger.ts';
import type { StewardsDesk } from '../../desk.ts';
import { createTargetWork } from '../../work/targets.ts';
import { pageFrom, pageOf, pageQuery } from '../paging.ts';
import { type Route, route } from '../route.ts';
import { finding, moment, reason, targetName } from './views.ts';

const tag = 'Targets';
export const MAX_PAUSE_MINUTES = 7 * 24 * 60;

const targetView = z
  .object({
    name: z.string(),
    connector: z.string().describe('Its kind, as the configuration spells it.'),
    capabilities: z.object({
      firstHash: z.boolean(),
      laterHash: z.boolean(),
      encodings: z.array(z.string()),
      legacyHashes: z
        .object({ encodings: z.array(z.string()), weaker: z.boolean() })
        .optional()
        .describe('Hashes of the old table that it verifies itself and takes as they are.'),
      verify: z.boolean(),
      disable: z.boolean(),
      remove: z.boolean(),
    }),
    queue: z.object({
      waiting: z.int(),
      retrying: z.int().describe('Failed, and tried again by themselves.'),
      failing: z.int().describe('Failed, and wait for an admin.'),
      copied: z.int(),
      other: z.int().describe('Stale, gone and excluded.'),
      oldestWaiting: moment
        .optional()
        .describe('When the oldest of those who wait or are retried was captured.'),
    }),
    lastFailure: z
      .object({ state: z.enum(LEDGER_STATES), reason: z.string(), at: moment })
      .optional()
      .describe('Of the last person that could not be copied and still is not.'),
    clients: z
      .array(
        z.object({
          client_id: z.string(),
          client_name: z.string().optional(),
          mode,
          copies: z.boolean().describe('Whether one of its switches copies people there.'),
        }),
      )
      .describe('Whose people are copied there.'),
    circuit: z.object({
      state: z
        .enum(['open', 'failing', 'resting'])
        .describe('Whether copies are sent; `failing` is tried with care, `resting` is left alone for now.'),
      closedUntil: moment.optional(),
      failures: z.int(),
      reason: z.string().optional(),
    }),
  })
  .meta({ id: 'Target' });

const params = z.object({ target: targetName });

export function targetRoutes(desk: StewardsDesk): Route[] {
  const work = createTargetWork(desk);
  return [
    route({
      method: 'GET',
      path: '/targets',
      id: 'listTargets',
      tag,
      summary: 'The configured targets: what each can take, and whether it is tried.',
      query: z.strictObject(pageQuery),
      response: pageOf(targetView),
      handle: async ({ query }) => ({ body: pageFrom(await work.list(), ({ name }) => name, query) }),
    }),
    route({
      method: 'GET',
      path: '/targets/{target}',
      id: 'showTarget',
      tag,
      summary: 'One target.',
      params,
      response: targetView,
      handle: async ({ params: { target } }) => ({ body: await work.show(target) }),
    }),
    route({
      method: 'POST',
      path: '/targets/{target}/check',
      id: 'checkTarget',
      tag,
      summary: 'Asks the target whether it can be used as configured; writes nothing there.',
      params,
      response: z.object({ findings: z.array(finding) }),
      scope: 'admin:read',
      handle: async ({ params: { target } }) => ({ body: { findings: await work.check(target) } }),
    }),
    route({
      method: 'POST',
      path: '/targets/{target}/pause',
      id: 'pauseTarget',
      tag,
      summary: 'Sends nothing to the target for a while; logins go on and are captured.',
      params,
      body: z.strictObject({ minutes: z.int().min(1).max(MAX_PAUSE_MINUTES), reason }),
      response: targetView,
      handle: async ({ params: { target }, body, caller }) => ({
        body: await work.pause(target, body.minutes, body.reason, caller.actor),
      }),
    }),
    route({
      method: 'POST',
      path: '/targets/{target}/resume',
      id: 'resumeTarget',
      tag,
      summary: 'Ends a pause, or has a target that failed tried again at once.',
      params,
      response: targetView,
      handle: async ({ params: { target }, caller }) => ({ body: await work.resume(target, caller.actor) }),
    }),
  ];
}
