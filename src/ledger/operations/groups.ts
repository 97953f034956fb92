import type { LegacyId, PersonRef } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import type { LedgerState } from '../ledger.ts';
import type { LedgerGroup } from '../steward.ts';

/** How many people of a group are named. */
const EXAMPLES = 5;

/** Looks at the rows of these states alone, which are few or the admin's first concern. */
export async function groupRows(
  store: Store,
  states: readonly LedgerState[],
  limit: number,
): Promise<LedgerGroup[]> {
  const rows = await store.db
    .selectFrom('ledger')
    .select(({ fn }) => [
      'target',
      'state',
      'reason',
      fn.countAll().as('people'),
      fn.min('updated_at').as('firstAt'),
      fn.max('updated_at').as('lastAt'),
    ])
    .where('state', 'in', states)
    .where('reason', 'is not', null)
    .groupBy(['target', 'state', 'reason'])
    .orderBy('people', 'desc')
    .orderBy('target')
    .orderBy('state')
    .orderBy('reason')
    .limit(limit)
    .execute();
  return Promise.all(
    rows.map(async ({ people, firstAt, lastAt, ...row }) => {
      const group = { target: row.target, state: row.state as LedgerState, reason: row.reason ?? '' };
      return {
        ...group,
        people: Number(people),
        firstAt: Number(firstAt),
        lastAt: Number(lastAt),
        examples: await examplesOf(store, group),
      };
    }),
  );
}

async function examplesOf(
  { db }: Store,
  { target, state, reason }: Pick<LedgerGroup, 'target' | 'state' | 'reason'>,
): Promise<PersonRef[]> {
  const rows = await db
    .selectFrom('ledger')
    .select(['directory', 'legacy_id'])
    .where('target', '=', target)
    .where('state', '=', state)
    .where('reason', '=', reason)
    .orderBy('captured_at', 'desc')
    .orderBy('directory')
    .orderBy('legacy_id')
    .limit(EXAMPLES)
    .execute();
  return rows.map(({ directory, legacy_id }) => ({ directory, legacyId: legacy_id as LegacyId }));
}
