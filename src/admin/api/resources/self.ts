import { z } from 'zod';
import type { Csrf } from '../../../http/csrf.ts';
import { type Route, route } from '../route.ts';
import { CSRF_PURPOSE } from '../serve.ts';
import { moment } from './views.ts';

export function selfRoutes(csrf: Csrf): Route[] {
  return [
    route({
      method: 'GET',
      path: '/session',
      id: 'showSession',
      tag: 'Session',
      summary: 'Who is asking, and what they may.',
      response: z.object({
        actor: z.string(),
        scopes: z.array(z.string()),
        expires_at: moment.optional(),
        csrf_token: z.string().optional().describe('For X-CSRF-Token, of a person in a browser.'),
      }),
      handle: async ({ caller: { actor, scopes, session } }) => ({
        body: {
          actor,
          scopes: [...scopes],
          expires_at: session?.expiresAt,
          csrf_token: session && csrf.tokenFor(CSRF_PURPOSE, session.id),
        },
      }),
    }),
  ];
}
