import type { ExpressionBuilder } from 'kysely';
import type { LegacyId } from '../domain/ids.ts';
import type { StoreSchema } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { LedgerState } from './ledger.ts';
import { oldestWaitingAt } from './operations/counts.ts';
import type { TargetPeople } from './target-people.ts';

const FAILED: readonly LedgerState[] = ['retrying', 'parked', 'conflict'];

export function createTargetPeople({ store: { db } }: { readonly store: Store }): TargetPeople {
  return {
    async figures() {
      const rows = await db
        .selectFrom('ledger')
        .select(({ fn }) => ['target', 'client_id', 'state', fn.countAll().as('people')])
        .groupBy(['target', 'client_id', 'state'])
        .orderBy('target')
        .orderBy('client_id')
        .orderBy('state')
        .execute();
      return rows.map(({ target, client_id: clientId, state, people }) => ({
        target,
        clientId,
        state: state as LedgerState,
        people: Number(people),
      }));
    },
    oldestWaiting: (target) => oldestWaitingAt(db, target),
    async lastFailure(target) {
      const row = await db
        .selectFrom('ledger')
        .select(['state', 'reason', 'updated_at'])
        .where('target', '=', target)
        .where('state', 'in', FAILED)
        .where('reason', 'is not', null)
        .orderBy('updated_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return { state: row.state as LedgerState, reason: row.reason ?? '', at: row.updated_at };
    },
    async across(target, takesHashes, limit) {
      const isAcross = (where: ExpressionBuilder<StoreSchema, 'ledger'>) =>
        where.and([
          where('target', '=', target),
          where('state', '<>', 'gone'),
          where(takesHashes ? 'copied_fingerprint' : 'copied_at', 'is not', null),
        ]);
      const counted = await db
        .selectFrom('ledger')
        .select(({ fn }) => fn.countAll().as('people'))
        .where(isAcross)
        .executeTakeFirst();
      const rows = await db
        .selectFrom('ledger')
        .select(['directory', 'legacy_id'])
        .where(isAcross)
        .orderBy('directory')
        .orderBy('legacy_id')
        .limit(limit)
        .execute();
      return {
        people: Number(counted?.people ?? 0),
        first: rows.map(({ directory, legacy_id }) => ({ directory, legacyId: legacy_id as LegacyId })),
      };
    },
  };
}
