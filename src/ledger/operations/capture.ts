import { BridgeError } from '../../domain/errors.ts';
import type { Sealing } from '../../runtime/sealing.ts';
import { isDuplicateKey, type Store } from '../../store/store.ts';
import type { Capture, Ledger } from '../ledger.ts';
import { assess } from './assess.ts';
import { findRow } from './find.ts';
import { despiteLocks } from './lock-trouble.ts';
import { type LedgerRow, sealContext, unchangedSince } from './row.ts';

/** Between reading and writing a row only a claim, a settle or another login of the same person can come. */
const TRIES = 10;

export function createCapture(store: Store, sealing: Sealing): Ledger['capture'] {
  return async (capture) => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const row = await findRow(store, capture.target, capture.person);
      if (!hasNews(row, capture)) return;
      const now = await store.now();
      const written =
        row === undefined
          ? await insertRow(store, sealing, capture, now)
          : await replaceRow(store, sealing, row, capture, now);
      if (written) return;
    }
    throw new BridgeError(
      'store_unavailable',
      `A login could not be written into the ledger: its row changed ${TRIES} times meanwhile. The next login writes it.`,
    );
  };
}

function hasNews(row: LedgerRow | undefined, capture: Capture): boolean {
  if (assess(row, capture) === 'unchanged') return false;
  if (row === undefined || capture.rehash !== undefined) return true;
  const profileIsThere = row.copied_digest === capture.profileDigest;
  const isSeen = row.credential_fingerprint === capture.fingerprint;
  const isDrift = row.state === 'stale' && row.copied_fingerprint !== capture.fingerprint;
  return !(profileIsThere && isSeen && (row.state === 'copied' || isDrift));
}

async function insertRow(store: Store, sealing: Sealing, capture: Capture, now: number): Promise<boolean> {
  const values = {
    ...captured(capture, 1, now),
    target: capture.target,
    directory: capture.person.directory,
    legacy_id: capture.person.legacyId,
    sealed_rehash: seal(sealing, capture, capture.rehash, 1),
    ...dueAt(now),
  };
  try {
    await despiteLocks(() => store.db.insertInto('ledger').values(values).execute());
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

async function replaceRow(
  store: Store,
  sealing: Sealing,
  row: LedgerRow,
  capture: Capture,
  now: number,
): Promise<boolean> {
  const generation = row.generation + 1;
  const rehash = capture.rehash ?? waitingRehash(sealing, row, capture);
  // A copy under way keeps its lease: were the row due at once, an older put could land after a newer one.
  const underWay = row.lease_token !== null && row.next_attempt_at > now;
  const { numUpdatedRows } = await despiteLocks(() =>
    store.db
      .updateTable('ledger')
      .set({
        ...captured(capture, generation, now),
        sealed_rehash: seal(sealing, capture, rehash, generation),
        ...(underWay ? {} : dueAt(now)),
      })
      .where(unchangedSince(row))
      .executeTakeFirst(),
  );
  return numUpdatedRows === 1n;
}

export const captured = (capture: Capture, generation: number, now: number) => ({
  external_id: capture.externalId,
  client_id: capture.clientId,
  generation,
  credential_fingerprint: capture.fingerprint,
  profile_digest: capture.profileDigest,
  attempts: 0,
  reason: null,
  origin: capture.origin,
  urgency: capture.urgency,
  ...(capture.scheme === undefined ? {} : { scheme: capture.scheme }),
  captured_at: now,
  updated_at: now,
});

const dueAt = (now: number) => ({ state: 'captured', next_attempt_at: now, lease_token: null });

/** The rehash that a capture without one must not lose: of the same password, and not copied yet. */
function waitingRehash(sealing: Sealing, row: LedgerRow, capture: Capture): string | undefined {
  if (row.sealed_rehash === null || row.credential_fingerprint !== capture.fingerprint) return undefined;
  const context = sealContext(capture.target, capture.person, row.generation);
  return sealing.open(row.sealed_rehash, context).toString();
}

export function seal(
  sealing: Sealing,
  { target, person }: Capture,
  rehash: string | undefined,
  generation: number,
): string | null {
  return rehash === undefined ? null : sealing.seal(rehash, sealContext(target, person, generation));
}
