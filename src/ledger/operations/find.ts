import type { LegacyId, PersonRef, Subject } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import type { CaptureOrigin, LedgerEntry, LedgerState } from '../ledger.ts';
import { type LedgerRow, rowOf } from './row.ts';

export function findRow(store: Store, target: string, person: PersonRef): Promise<LedgerRow | undefined> {
  return store.db.selectFrom('ledger').selectAll().where(rowOf(target, person)).executeTakeFirst();
}

/** What may be shown of a row: everything but the rehash and the digests. */
export function entryOf(row: LedgerRow): LedgerEntry {
  return {
    target: row.target,
    person: { directory: row.directory, legacyId: row.legacy_id as LegacyId },
    externalId: row.external_id as Subject,
    clientId: row.client_id,
    state: row.state as LedgerState,
    generation: row.generation,
    attempts: row.attempts,
    reason: row.reason,
    origin: row.origin as CaptureOrigin,
    scheme: row.scheme,
    capturedAt: row.captured_at,
    copiedAt: row.copied_at,
    passwordCopied: row.copied_fingerprint !== null,
    acrossAt: row.across_at,
    lockedOutAt: row.locked_out_at,
    nextAttemptAt: row.next_attempt_at,
    updatedAt: row.updated_at,
  };
}
