import { z } from 'zod';
import { type ClientMetadata, checkClient, clientMetadata, clientShape } from '../../../clients/client.ts';
import { mode, storedMigration } from '../../../clients/migration.ts';
import type { StewardsDesk } from '../../desk.ts';
import { type ClientView, createClientWork } from '../../work/clients.ts';
import { pageFrom, pageOf, pageQuery } from '../paging.ts';
import { InvalidInput } from '../problem.ts';
import { type Route, route } from '../route.ts';

const tag = 'Clients';
const target = z.string().min(1).max(61);

export const clientView = z
  .object({
    ...clientShape,
    has_secret: z.boolean(),
    origin: z
      .enum(['config', 'admin'])
      .describe('Who registered it: what the configuration names is edited there.'),
    migration: storedMigration,
    version: z.int(),
  })
  .meta({ id: 'Client' });

const listedClient = clientView
  .extend({
    people: z
      .object({ across: z.int(), waiting: z.int(), failing: z.int() })
      .describe('How far the people are whom its logins brought to its target.'),
  })
  .meta({ id: 'ListedClient' });

const withSecret = clientView.extend({
  client_secret: z.string().optional().describe('Shown this once; the bridge keeps a digest of it.'),
});

const params = z.object({ client_id: clientShape.client_id });

const { client_id: _, ...editable } = clientShape;

const newClient = z
  .strictObject({
    ...clientShape,
    migration: z
      .strictObject({
        target: target.optional(),
        mode: mode.default('off'),
        percent: z.int().min(0).max(100).default(100),
      })
      .prefault({}),
  })
  .superRefine(({ migration: __, ...metadata }, context) => checkClient(metadata, context));

export function clientRoutes(desk: StewardsDesk): Route[] {
  const work = createClientWork(desk);
  const versioned = (view: ClientView) => ({ body: view, version: view.version });
  return [
    route({
      method: 'GET',
      path: '/clients',
      id: 'listClients',
      tag,
      summary: 'All clients, their migration switches and their people, in the order of their ids.',
      query: z.strictObject(pageQuery),
      response: pageOf(listedClient),
      handle: async ({ query }) => ({
        body: pageFrom(await work.list(), ({ client_id }) => client_id, query),
      }),
    }),
    route({
      method: 'POST',
      path: '/clients',
      id: 'addClient',
      tag,
      summary: 'Registers a client. Its secret is in this answer and in no other.',
      body: newClient,
      response: withSecret,
      status: 201,
      async handle({ body: { migration: wanted, ...metadata }, caller }) {
        const added = await work.add(metadata, { target: undefined, ...wanted }, caller.actor);
        return { body: added, version: added.version };
      },
    }),
    route({
      method: 'GET',
      path: '/clients/{client_id}',
      id: 'showClient',
      tag,
      summary: 'One client.',
      params,
      response: clientView,
      versioned: true,
      handle: async ({ params: { client_id } }) => versioned(await work.show(client_id)),
    }),
    route({
      method: 'PUT',
      path: '/clients/{client_id}',
      id: 'editClient',
      tag,
      summary: 'Replaces the registration; the switch, the secret and the id stay.',
      params,
      body: z.strictObject(editable),
      response: clientView,
      versioned: true,
      async handle({ params: { client_id }, body, version, caller }) {
        return versioned(await work.edit(client_id, whole({ client_id, ...body }), version, caller.actor));
      },
    }),
    route({
      method: 'DELETE',
      path: '/clients/{client_id}',
      id: 'removeClient',
      tag,
      summary: 'Forgets a client; people already copied stay copied.',
      params,
      versioned: true,
      async handle({ params: { client_id }, version, caller }) {
        await work.remove(client_id, version, caller.actor);
        return { body: undefined };
      },
    }),
    route({
      method: 'POST',
      path: '/clients/{client_id}/secret',
      id: 'rotateClientSecret',
      tag,
      summary: 'Makes a new secret, shown this once; the old one is worth nothing from now on.',
      params,
      response: withSecret,
      versioned: true,
      async handle({ params: { client_id }, version, caller }) {
        const rotated = await work.rotateSecret(client_id, version, caller.actor);
        return { body: rotated, version: rotated.version };
      },
    }),
  ];
}

/** What no single field of a registration can say. */
function whole(metadata: ClientMetadata): ClientMetadata {
  const result = clientMetadata.safeParse(metadata);
  if (result.success) return result.data;
  throw new InvalidInput(
    result.error.issues.map(({ path, message }) => ({
      in: 'body',
      path: path.map(String).join('.'),
      message,
    })),
  );
}
