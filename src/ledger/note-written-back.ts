import type { PersonRef } from '../domain/ids.ts';
import type { Store } from '../store/store.ts';

/**
 * A password went from the target to the legacy row: what stands there now is no drift. Only of people whose password
 * was copied; a copy that still waits is another password's, and the courier sees that by itself.
 *
 * @param fingerprint of the legacy credential as it is now
 * @param target undefined: all of them
 */
export async function noteWrittenBack(
  store: Store,
  { directory, legacyId }: PersonRef,
  fingerprint: string,
  target: string | undefined,
): Promise<void> {
  let update = store.db
    .updateTable('ledger')
    .set({ credential_fingerprint: fingerprint, copied_fingerprint: fingerprint })
    .where('directory', '=', directory)
    .where('legacy_id', '=', legacyId)
    .where('state', '=', 'copied')
    .where('copied_fingerprint', 'is not', null);
  if (target !== undefined) update = update.where('target', '=', target);
  await update.execute();
}
