import { auditQuery } from '../../api/resources/audit.ts';
import type { StewardsDesk } from '../../desk.ts';
import { createAuditWork } from '../../work/audit.ts';
import { changesBetween } from '../changes.ts';
import { type ConsoleEntry, page } from '../page.ts';

export function auditPages(desk: Pick<StewardsDesk, 'store'>): ConsoleEntry[] {
  const work = createAuditWork(desk);
  return [
    page({
      path: '/audit',
      title: 'Audit',
      query: auditQuery,
      async show({ query }) {
        const { items, next } = await work.list(query);
        const { after: _, limit: __, ...filter } = query;
        const lines = items.map((line) => ({ ...line, changes: changesBetween(line.before, line.after) }));
        const filtered = Object.values(filter).some((value) => value !== undefined);
        return { view: 'audit', data: { lines, next, query, filter, filtered } };
      },
    }),
  ];
}
