import { type AuditFilter, type AuditLine, listAudit } from '../../store/audit.ts';
import type { StewardsDesk } from '../desk.ts';

/** Who did what, newest first. */
export function createAuditWork({ store }: Pick<StewardsDesk, 'store'>) {
  return {
    /** @param page `after` is the `next` of the page before */
    async list({
      after,
      limit,
      ...filter
    }: AuditFilter & { after?: number | undefined; limit: number }): Promise<{
      items: AuditLine[];
      next: string | undefined;
    }> {
      const lines = await listAudit(store, filter, { before: after, limit: limit + 1 });
      const items = lines.slice(0, limit);
      return { items, next: lines.length > limit ? String(items.at(-1)?.id) : undefined };
    },
  };
}
