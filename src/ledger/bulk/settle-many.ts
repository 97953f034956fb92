import type { Store } from '../../store/store.ts';
import type { Held, LedgerBulk } from '../bulk.ts';
import type { DriftReason } from '../drift.ts';
import type { Ledger } from '../ledger.ts';
import { despiteLocks } from '../operations/lock-trouble.ts';

export function createBulkSettle(store: Store, ledger: Pick<Ledger, 'settle'>): LedgerBulk['settle'] {
  return async (claims, drift) => {
    for (const group of alike(claims)) {
      if ((await settleAlike(store, group, drift)) === group.length) continue;
      // Some were captured again or taken over meanwhile. Those that are settled are nobody's any more.
      for (const claim of group) {
        await ledger.settle(claim, { kind: 'copied', profileDigest: claim.profileDigest });
      }
    }
  };
}

/** By what a single statement can say of them all. */
function alike(claims: readonly Held[]): Held[][] {
  const groups = Map.groupBy(claims, ({ target, person, leaseToken, generation, rehash }) =>
    JSON.stringify([target, person.directory, leaseToken, generation, rehash === undefined]),
  );
  return [...groups.values()];
}

async function settleAlike(
  store: Store,
  claims: readonly Held[],
  drift: DriftReason | undefined,
): Promise<number> {
  const [first] = claims;
  if (first === undefined) return 0;
  const now = await store.now();
  const { numUpdatedRows } = await despiteLocks(() =>
    store.db
      .updateTable('ledger')
      .set(({ ref }) => ({
        state: drift === undefined ? 'copied' : 'stale',
        reason: drift ?? null,
        sealed_rehash: null,
        lease_token: null,
        locked_out_at: null,
        // What was sent is what was entered: both come from one reading of the legacy row.
        copied_digest: ref('profile_digest'),
        ...(first.rehash === undefined ? {} : { copied_fingerprint: ref('credential_fingerprint') }),
        copied_at: now,
        updated_at: now,
      }))
      .where('target', '=', first.target)
      .where('directory', '=', first.person.directory)
      .where(
        'legacy_id',
        'in',
        claims.map(({ person }) => person.legacyId),
      )
      .where('lease_token', '=', first.leaseToken)
      .where('generation', '=', first.generation)
      .executeTakeFirst(),
  );
  return Number(numUpdatedRows);
}
