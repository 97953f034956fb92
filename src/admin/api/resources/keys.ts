import { z } from 'zod';
import type { StewardsDesk } from '../../desk.ts';
import { createKeyWork } from '../../work/keys.ts';
import { type Route, route } from '../route.ts';
import { moment, subject } from './views.ts';

const tag = 'Keys and sessions';

const keys = z.object({
  items: z.array(
    z.object({
      kids: z.record(z.string(), z.string()).describe('`kid` by algorithm.'),
      createdAt: moment,
      signs: z.boolean().describe('The others are published, so that what they signed can be verified.'),
    }),
  ),
});

export function keyRoutes(desk: StewardsDesk): Route[] {
  const work = createKeyWork(desk);
  return [
    route({
      method: 'GET',
      path: '/keys',
      id: 'listKeys',
      tag,
      summary: 'The signing keys and how old they are, the set that signs first.',
      response: keys,
      handle: async () => ({ body: { items: await work.list() } }),
    }),
    route({
      method: 'POST',
      path: '/keys',
      id: 'rotateKeys',
      tag,
      summary: 'Adds signing keys: published within a minute, signing after ten. Old ones stay published.',
      response: keys,
      status: 201,
      handle: async ({ caller }) => ({ body: { items: await work.rotate(caller.actor) } }),
    }),
    route({
      method: 'POST',
      path: '/sessions/revoke',
      id: 'revokeSessions',
      tag,
      summary:
        'Ends a person’s sessions and grants at the bridge, with their tokens. The clients’ own are theirs.',
      body: z.strictObject({ sub: subject }),
      response: z.object({ sessions: z.int(), grants: z.int() }),
      handle: async ({ body: { sub }, caller }) => ({ body: await work.revoke(sub, caller.actor) }),
    }),
  ];
}
