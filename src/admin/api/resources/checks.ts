import { z } from 'zod';
import type { CheckWork } from '../../work/checks.ts';
import { type Route, route } from '../route.ts';
import { finding, moment } from './views.ts';

export function checkRoutes(work: CheckWork): Route[] {
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
    route({
      method: 'GET',
      path: '/checks',
      id: 'lastChecks',
      tag: 'Checks',
      summary:
        'What this instance found when it looked last; nothing when it has not looked since it started.',
      response: z.object({ at: moment.optional(), findings: z.array(finding) }),
      handle: async () => ({ body: work.last() ?? { findings: [] } }),
    }),
  ];
}
