import type { ExpressionBuilder, Selectable } from 'kysely';
import type { PersonRef } from '../../domain/ids.ts';
import type { LedgerTable, StoreSchema } from '../../store/schema.ts';
import type { Claim } from '../ledger.ts';

export type LedgerRow = Selectable<LedgerTable>;

type Where = ExpressionBuilder<StoreSchema, 'ledger'>;

/** The one row of a person at a target. */
export const rowOf =
  (target: string, { directory, legacyId }: PersonRef) =>
  (where: Where) =>
    where.and({ target, directory, legacy_id: legacyId });

/** The row, if nobody has changed what matters since it was read: the compare of every compare-and-set. */
export const unchangedSince = (seen: LedgerRow) => (where: Where) =>
  where.and([
    where.and({ target: seen.target, directory: seen.directory, legacy_id: seen.legacy_id }),
    where.and({ generation: seen.generation, state: seen.state }),
    seen.lease_token === null
      ? where('lease_token', 'is', null)
      : where('lease_token', '=', seen.lease_token),
  ]);

/** The row, if the claim's lease on it still holds. */
export const heldBy = (claim: Claim) => (where: Where) =>
  where.and([rowOf(claim.target, claim.person)(where), where('lease_token', '=', claim.leaseToken)]);

/** Where a rehash is stored, so that it opens nowhere else. */
export function sealContext(target: string, { directory, legacyId }: PersonRef, generation: number): string {
  return JSON.stringify(['ledger', target, directory, legacyId, generation]);
}

const REASON_LENGTH = 191;

/** A reason as the store takes it. */
export function asReason(reason: string): string {
  return reason.length <= REASON_LENGTH ? reason : `${reason.slice(0, REASON_LENGTH - 1)}…`;
}
