import { z } from 'zod';
import type { StewardsDesk } from '../../desk.ts';
import { createCheckWork } from '../../work/checks.ts';
import { type Route, route } from '../route.ts';
import { finding, moment } from './views.ts';

export function checkRoutes(desk: StewardsDesk): Route[] {
  const work = createCheckWork(desk);
  return [
    route({
      method: 'POST',
      path: '/checks',
      id: 'runChecks',
      tag: 'Checks',
      summary:
        'Looks at the whole deployment and says what to do, as "footbridge check" does; changes nothing.',
      response: z.object({ at: moment, findings: z.array(finding) }),
      scope: 'admin:read',
      handle: async () => ({ body: await work.run() }),
    }),
  ];
}
