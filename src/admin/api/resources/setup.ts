import { z } from 'zod';
import { clientShape } from '../../../clients/client.ts';
import type { StewardsDesk } from '../../desk.ts';
import { createSetupWork } from '../../work/setup.ts';
import { type Route, route } from '../route.ts';

const apps = z
  .array(
    z.object({
      how: z.enum(['connection', 'parameter', 'acr_values']),
      applies: z.boolean().describe('Whether the bridge listens to it as it is configured.'),
      sentence: z.string(),
      example: z.string().optional().describe('As it stands in the authorization request.'),
    }),
  )
  .describe('How a login says which app behind the client it is for.');

const offered = z.object({ scopes: z.array(z.string()), apps }).meta({ id: 'OfferedToClients' });

const sheet = z
  .object({
    issuer: z.string(),
    discovery: z.string(),
    endpoints: z.record(z.string(), z.string()).describe('By the names of OIDC discovery.'),
    client_id: z.string(),
    origin: z.enum(['config', 'admin']),
    logsPeopleIn: z.boolean().describe('False: a client of the admin API and nothing else.'),
    authentication: z.object({ method: z.string(), sentence: z.string(), has_secret: z.boolean() }),
    pkce: z.enum(['required', 'optional']),
    response_type: z.literal('code').optional(),
    redirect_uris: z.array(z.string()),
    post_logout_redirect_uris: z.array(z.string()),
    backchannel_logout_uri: z.string().optional(),
    id_token_signed_response_alg: z.enum(['RS256', 'ES256']),
    scopes: z
      .array(z.object({ scope: z.string(), claims: z.array(z.string()) }))
      .describe('What the client may ask for, and which claims each scope gives where a row has them.'),
    admin_scopes: z.array(z.string()),
    apps,
  })
  .meta({ id: 'SetupSheet' });

export function setupRoutes(desk: StewardsDesk): Route[] {
  const work = createSetupWork(desk);
  return [
    route({
      method: 'GET',
      path: '/setup',
      id: 'showSetup',
      tag: 'Clients',
      summary: 'The scopes that a client may ask for, and how logins name apps, whoever the client is.',
      response: offered,
      handle: async () => ({ body: work.offered() }),
    }),
    route({
      method: 'GET',
      path: '/clients/{client_id}/setup',
      id: 'showClientSetup',
      tag: 'Clients',
      summary: 'What to type at the other side, so that it federates to the bridge.',
      params: z.object({ client_id: clientShape.client_id }),
      response: sheet,
      handle: async ({ params: { client_id } }) => ({ body: await work.sheet(client_id) }),
    }),
  ];
}
