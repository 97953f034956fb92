import { createHash } from 'node:crypto';
import type { Store } from '../store/store.ts';
import { deleteRow, deleteRowsOfGrant } from './artifacts/artifact-rows.ts';

/**
 * Ends everything that a person is logged in by: sessions at the bridge, and grants with the codes and tokens that were
 * issued under them. The clients' own sessions are theirs.
 *
 * @returns how many there were of each
 */
export async function endSessions(
  store: Store,
  subject: string,
): Promise<{ sessions: number; grants: number }> {
  const rows = await store.db
    .selectFrom('artifact')
    .select(['model', 'id'])
    .where('account_id', '=', createHash('sha256').update(subject).digest('hex'))
    .execute();
  const grants = rows.filter(({ model }) => model === 'Grant');
  // Tokens before their grant: a request under way then fails on its token before it could save the grant again.
  for (const { id } of grants) await deleteRowsOfGrant(store, id);
  for (const { model, id } of rows) await deleteRow(store, model, id);
  return { sessions: rows.length - grants.length, grants: grants.length };
}
