import type { ArtifactTable } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';

/** One statement a function: the rows of what oidc-provider keeps. Every id here is a digest. */

export async function putRow(store: Store, row: ArtifactTable): Promise<void> {
  // A row that was consumed stays consumed, whatever is written over it.
  const { model, id, consumed_at, ...changes } = row;
  const insert = store.db.insertInto('artifact').values(row);
  await (store.kind === 'mysql'
    ? insert.onDuplicateKeyUpdate(changes)
    : insert.onConflict((conflict) => conflict.columns(['model', 'id']).doUpdateSet(changes))
  ).execute();
}

/** @throws the driver's duplicate-key error when the row is there already, unless it has expired */
export async function addRow(store: Store, row: ArtifactTable, now: number): Promise<void> {
  await store.db
    .deleteFrom('artifact')
    .where('model', '=', row.model)
    .where('id', '=', row.id)
    .where('expires_at', '<=', now)
    .execute();
  await store.db.insertInto('artifact').values(row).execute();
}

export function findRow(store: Store, model: string, id: string): Promise<ArtifactTable | undefined> {
  return store.db
    .selectFrom('artifact')
    .selectAll()
    .where('model', '=', model)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The newest: two sessions share a uid for a moment while one replaces the other. */
export function findRowBy(
  store: Store,
  model: string,
  column: 'uid' | 'user_code',
  value: string,
): Promise<ArtifactTable | undefined> {
  return store.db
    .selectFrom('artifact')
    .selectAll()
    .where('model', '=', model)
    .where(column, '=', value)
    .orderBy('expires_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** @returns whether this call was the one that consumed it */
export async function consumeRow(store: Store, model: string, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('artifact')
    .set({ consumed_at: now })
    .where('model', '=', model)
    .where('id', '=', id)
    .where('consumed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function deleteRow(store: Store, model: string, id: string): Promise<void> {
  await store.db.deleteFrom('artifact').where('model', '=', model).where('id', '=', id).execute();
}

/**
 * Found first and then deleted by primary key: deleting by the index of `grant_id` would lock the gap in which a
 * parallel request is about to write.
 *
 * @param model of one model; undefined: of all
 */
export async function deleteRowsOfGrant(store: Store, grantId: string, model?: string): Promise<void> {
  let query = store.db.selectFrom('artifact').select(['model', 'id']).where('grant_id', '=', grantId);
  if (model !== undefined) query = query.where('model', '=', model);
  for (const row of await query.execute()) await deleteRow(store, row.model, row.id);
}

/** The sessions and grants of one person; sessions first, so that nothing is granted anew meanwhile. */
export async function sessionsAndGrantsOf(store: Store, accountId: string): Promise<ArtifactTable[]> {
  const rows = await store.db
    .selectFrom('artifact')
    .selectAll()
    .where('account_id', '=', accountId)
    .execute();
  return rows.sort((a, b) => (a.model < b.model ? 1 : -1));
}
