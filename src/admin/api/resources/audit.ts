import { z } from 'zod';
import type { StewardsDesk } from '../../desk.ts';
import { createAuditWork } from '../../work/audit.ts';
import { pageOf, pageQuery } from '../paging.ts';
import { type Route, route } from '../route.ts';
import { auditLine } from './views.ts';

export const auditQuery = z.strictObject({
  ...pageQuery,
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the `next` of the page before')
    .transform(Number)
    .optional(),
  subject: z.string().min(1).max(255).optional(),
  actor: z.string().min(1).max(255).optional(),
  action: z.string().min(1).max(64).optional(),
});

export function auditRoutes(desk: Pick<StewardsDesk, 'store'>): Route[] {
  const work = createAuditWork(desk);
  return [
    route({
      method: 'GET',
      path: '/audit',
      id: 'listAudit',
      tag: 'Audit',
      summary: 'Who did what, when, to what, and what was before and after; newest first.',
      query: auditQuery,
      response: pageOf(auditLine),
      handle: async ({ query }) => ({ body: await work.list(query) }),
    }),
  ];
}
