import { z } from 'zod';
import { listAudit } from '../../../store/audit.ts';
import type { StewardsDesk } from '../../desk.ts';
import { pageOf, pageQuery } from '../paging.ts';
import { type Route, route } from '../route.ts';
import { auditLine } from './views.ts';

const query = z.strictObject({
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

export function auditRoutes({ store }: Pick<StewardsDesk, 'store'>): Route[] {
  return [
    route({
      method: 'GET',
      path: '/audit',
      id: 'listAudit',
      tag: 'Audit',
      summary: 'Who did what, when, to what, and what was before and after; newest first.',
      query,
      response: pageOf(auditLine),
      async handle({ query: { limit, after, ...filter } }) {
        const lines = await listAudit(store, filter, { before: after, limit: limit + 1 });
        const items = lines.slice(0, limit);
        return { body: { items, next: lines.length > limit ? String(items.at(-1)?.id) : undefined } };
      },
    }),
  ];
}
