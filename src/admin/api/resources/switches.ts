import { z } from 'zod';
import { clientShape } from '../../../clients/client.ts';
import { appName, MODES, migrationSwitch, otherwise, people, percent } from '../../../clients/migration.ts';
import { PASSWORD_TRAITS } from '../../../ledger/shadow-records.ts';
import type { StewardsDesk } from '../../desk.ts';
import { EFFECTS } from '../../work/switch-effects.ts';
import { createSwitchWork, type SwitchedClient } from '../../work/switches.ts';
import { type Route, route } from '../route.ts';
import { clientView } from './clients.ts';
import { moment } from './views.ts';

const tag = 'Clients';
const params = z.object({ client_id: clientShape.client_id });
const app = appName
  .optional()
  .describe('The app behind the client whose switch it is; absent: the client’s own.');
const time = moment.min(0).max(8.64e15).nullable().optional();
const force = z.boolean().optional().describe('Cuts over although shadow has not been clean.');

/** The whole switch. What is not named stays as it is; null and an empty list take a limit away. */
const wanted = z
  .strictObject({
    mode: z
      .enum([...MODES, 'inherit'])
      .describe('`inherit`, of an app: the client’s switch counts for it again.'),
    app,
    percent: percent.optional(),
    allow: people.optional(),
    deny: people.optional(),
    otherwise: otherwise.nullable().optional(),
    startsAt: time,
    endsAt: time,
    target: z
      .string()
      .min(1)
      .max(61)
      .nullable()
      .optional()
      .describe('Where people are copied; of a client that is not the configuration’s.'),
    force,
  })
  .meta({ id: 'WantedSwitch' });

const warnings = z.array(z.string()).describe('What speaks against it all the same, each a sentence.');
const switchedView = clientView.extend({ warnings }).meta({ id: 'SwitchedClient' });

const figure = z
  .object({ number: z.int().nullable(), how: z.enum(['counted', 'estimated', 'unknown']) })
  .meta({ id: 'Figure' });

const shadowView = z
  .object({
    target: z.string(),
    clean: z.boolean(),
    doubts: z.array(z.string()).describe('Why people should not be cut over yet.'),
    people: z.int().describe('Who has been seen.'),
    problems: z.int().describe('How many of them could not be copied as they are.'),
    firstSeenAt: moment.nullable(),
    lastSeenAt: moment.nullable(),
    groups: z.array(
      z.object({
        problem: z.enum(['conflict', 'rejected', 'mismatch', 'lossy']),
        reason: z.string().nullable(),
        people: z.int(),
        examples: z.array(z.object({ directory: z.string(), legacyId: z.string() })),
      }),
    ),
    rehashes: z
      .array(
        z.object({
          scheme: z.string(),
          trait: z.enum(PASSWORD_TRAITS),
          tried: z.int(),
          mismatched: z.int(),
        }),
      )
      .describe('How rehashes fared, by scheme and by what the passwords have in common.'),
  })
  .meta({ id: 'Shadow' });

const preview = z
  .object({
    version: z.int().describe('Of the client that was looked at.'),
    target: z.string().optional(),
    before: migrationSwitch.optional().describe('Absent: the app has no switch of its own.'),
    after: migrationSwitch.optional().describe('Absent: the app has none any more.'),
    refusal: z.object({ code: z.string(), sentence: z.string() }).optional(),
    warnings,
    people: z
      .object({ everybody: figure, before: figure, after: figure })
      .describe('Everybody in the old tables, and whom the switch means of them.'),
    effects: z.array(z.object({ kind: z.enum(EFFECTS), people: figure, sentence: z.string() })),
    shadow: shadowView.optional(),
  })
  .meta({ id: 'SwitchPreview' });

const lastChange = z
  .object({
    at: moment,
    actor: z.string(),
    undo: z.boolean().describe('It took the change before it back.'),
    before: migrationSwitch
      .optional()
      .describe('What undoing it would bring back; absent: no switch of its own.'),
    after: migrationSwitch.optional(),
    target: z.object({ before: z.string().nullable(), after: z.string().nullable() }).optional(),
  })
  .meta({ id: 'SwitchChange' });

const look = z
  .object({
    version: z.int().describe('Of the client.'),
    target: z.string().optional(),
    own: migrationSwitch.optional().describe('Absent: the app has no switch of its own.'),
    people: z
      .object({ everybody: figure, meant: figure })
      .describe('Everybody in the old tables, and whom the switch that counts means of them.'),
    choices: z
      .array(
        z.object({
          mode: z.enum(MODES),
          refusal: z.object({ code: z.string(), sentence: z.string() }).optional(),
          doubts: z.array(z.string()).describe('Why people should not be cut over yet.'),
        }),
      )
      .describe('Which modes can be had, whatever the limits of the switch are.'),
  })
  .meta({ id: 'SwitchLook' });

export function switchRoutes(desk: StewardsDesk): Route[] {
  const work = createSwitchWork(desk);
  const versioned = (view: SwitchedClient) => ({ body: view, version: view.version });
  return [
    route({
      method: 'GET',
      path: '/clients/{client_id}/mode',
      id: 'showClientMode',
      tag,
      summary: 'The switch of a client or an app, whom it means, and which modes the target can honour.',
      params,
      query: z.strictObject({ app }),
      response: look,
      versioned: true,
      async handle({ params: { client_id }, query }) {
        const body = await work.look(client_id, query.app);
        return { body, version: body.version };
      },
    }),
    route({
      method: 'PUT',
      path: '/clients/{client_id}/mode',
      id: 'setClientMode',
      tag,
      summary:
        'Turns the migration switch of a client or an app; it holds in every running instance at once.',
      params,
      body: wanted,
      response: switchedView,
      versioned: true,
      handle: async ({ params: { client_id }, body, version, caller }) =>
        versioned(await work.setMode(client_id, body, version, caller.actor)),
    }),
    route({
      method: 'POST',
      path: '/clients/{client_id}/mode/preview',
      id: 'previewClientMode',
      tag,
      summary: 'What turning the switch so would do, in numbers and sentences; changes nothing.',
      params,
      body: wanted,
      response: preview,
      scope: 'admin:read',
      handle: async ({ params: { client_id }, body }) => ({ body: await work.preview(client_id, body) }),
    }),
    route({
      method: 'GET',
      path: '/clients/{client_id}/mode/undo',
      id: 'showLastClientMode',
      tag,
      summary: 'The last change of the switch, which an undo would take back; none where `change` is absent.',
      params,
      query: z.strictObject({ app }),
      response: z.object({ change: lastChange.optional() }),
      handle: async ({ params: { client_id }, query }) => ({
        body: { change: await work.lastSwitch(client_id, query.app) },
      }),
    }),
    route({
      method: 'POST',
      path: '/clients/{client_id}/mode/undo',
      id: 'undoClientMode',
      tag,
      summary: 'Takes the last change of the switch back; done twice, the switch is as it was.',
      params,
      body: z.strictObject({ app, force }),
      response: switchedView,
      versioned: true,
      handle: async ({ params: { client_id }, body, version, caller }) =>
        versioned(await work.undo(client_id, body, version, caller.actor)),
    }),
    route({
      method: 'GET',
      path: '/clients/{client_id}/shadow',
      id: 'showClientShadow',
      tag,
      summary:
        'What shadow has found out for the client’s target: mismatches, who would collide, what is refused.',
      params,
      response: shadowView,
      handle: async ({ params: { client_id } }) => ({ body: await work.shadow(client_id) }),
    }),
    route({
      method: 'DELETE',
      path: '/clients/{client_id}/shadow',
      id: 'clearClientShadow',
      tag,
      summary: 'Forgets what shadow has found out for the target, so that it begins anew.',
      params,
      response: shadowView,
      handle: async ({ params: { client_id }, caller }) => ({
        body: await work.clearShadow(client_id, caller.actor),
      }),
    }),
  ];
}
