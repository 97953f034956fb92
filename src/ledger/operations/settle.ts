import { type RawBuilder, sql } from 'kysely';
import type { Store } from '../../store/store.ts';
import { DRIFT } from '../drift.ts';
import type { Claim, Ledger, Settlement } from '../ledger.ts';
import { despiteLocks } from './lock-trouble.ts';
import { asReason, heldBy, type LedgerRow } from './row.ts';

export function createSettle(store: Store): Ledger['settle'] {
  return async (claim, settlement) => {
    const now = await store.now();
    const ended = await update(store, claim, 'same', {
      ...columnsOf(claim, settlement, now),
      lease_token: null,
      updated_at: now,
    });
    if (ended) return 'settled';
    const handedOn = await update(store, claim, 'newer', {
      ...(settlement.kind === 'copied' ? arrived(claim, settlement.profileDigest, now) : {}),
      ...dueAgain(now),
    });
    return handedOn ? 'superseded' : 'lost';
  };
}

export function createRelease(store: Store): Ledger['release'] {
  return async (claim) => {
    const now = await store.now();
    const untouched = await despiteLocks(() =>
      store.db
        .updateTable('ledger')
        .set(({ case: when }) => ({
          // A row that failed before says why; one that never did is as it was captured.
          state: when().when('reason', 'is', null).then('captured').else('retrying').end(),
          attempts: claim.attempts - 1,
          lease_token: null,
          next_attempt_at: now,
        }))
        .where(heldBy(claim))
        .where('generation', '=', claim.generation)
        .executeTakeFirst(),
    );
    if (untouched.numUpdatedRows === 0n) await update(store, claim, 'newer', dueAgain(now));
  };
}

/** Writes if the claim's lease holds and the row has the generation that was claimed, or a newer one. */
async function update(
  store: Store,
  claim: Claim,
  generation: 'same' | 'newer',
  columns: Columns,
): Promise<boolean> {
  const { numUpdatedRows } = await despiteLocks(() =>
    store.db
      .updateTable('ledger')
      .set(columns)
      .where(heldBy(claim))
      .where('generation', generation === 'same' ? '=' : '>', claim.generation)
      .executeTakeFirst(),
  );
  return numUpdatedRows === 1n;
}

type Columns = { [C in keyof LedgerRow]?: LedgerRow[C] | RawBuilder<LedgerRow[C]> };

/** The first time that the password of a login has arrived; a backfill is no login. */
const firstLogin = (now: number) =>
  sql<number | null>`case when across_at is null and origin = 'login' then ${now} else across_at end`;

const dueAgain = (now: number) => ({ state: 'captured', next_attempt_at: now, lease_token: null });

function columnsOf(claim: Claim, settlement: Settlement, now: number): Columns {
  switch (settlement.kind) {
    case 'copied':
      return {
        ...(claim.rehash === undefined ? copiedOrDrifted : { state: 'copied', reason: null }),
        sealed_rehash: null,
        profile_digest: settlement.profileDigest,
        ...arrived(claim, settlement.profileDigest, now),
      };
    case 'retrying':
      return {
        state: 'retrying',
        reason: asReason(settlement.reason),
        next_attempt_at: now + settlement.delayMs,
        attempts: settlement.spendAttempt ? claim.attempts : claim.attempts - 1,
      };
    case 'stale':
    case 'gone':
      return { state: settlement.kind, reason: asReason(settlement.reason), sealed_rehash: null };
    // The rehash stays, sealed: an admin who has mended the cause sends it.
    case 'conflict':
    case 'parked':
      return { state: settlement.kind, reason: asReason(settlement.reason) };
  }
}

const ifDrifted = <T>(drifted: RawBuilder<T>, otherwise: RawBuilder<T>) =>
  sql<T>`case when copied_fingerprint <> credential_fingerprint then ${drifted} else ${otherwise} end`;

/** A copy that left the password at the target as it was, and that is another one than in legacy by now. */
const copiedOrDrifted: Columns = {
  state: ifDrifted(sql<string>`'stale'`, sql<string>`'copied'`),
  // After a login a rehash would have come along, if the target took it.
  reason: ifDrifted<string | null>(
    sql`case when origin = 'login' then ${DRIFT.kept} else ${DRIFT.nextLogin} end`,
    sql`null`,
  ),
};

/** What the target holds now. A copy without a rehash has left the password there as it was. */
function arrived(claim: Claim, profileDigest: string, now: number): Columns {
  return {
    ...(claim.rehash === undefined
      ? {}
      : { copied_fingerprint: claim.fingerprint, across_at: firstLogin(now) }),
    copied_digest: profileDigest,
    copied_at: now,
    locked_out_at: null,
  };
}
