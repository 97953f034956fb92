import { hasCode } from '../../domain/errors.ts';
import type { LegacyId, Subject } from '../../domain/ids.ts';
import { type Random, randomToken } from '../../runtime/random.ts';
import type { Sealing } from '../../runtime/sealing.ts';
import type { Store } from '../../store/store.ts';
import { type Claim, type ClaimRequest, type Ledger, URGENCY } from '../ledger.ts';
import { isLockTrouble } from './lock-trouble.ts';
import { type LedgerRow, sealContext, unchangedSince } from './row.ts';

/** States whose rows can be due. A row that is being copied is due when its lease has run out. */
const DUE = ['captured', 'retrying', 'copying'] as const;

/** Looking at more rows than are wanted, and in another order each, keeps couriers out of each other's way. */
const SPREAD = 4;

export function createClaim(
  store: Store,
  sealing: Sealing,
  random: Random,
  settle: Ledger['settle'],
): Ledger['claim'] {
  return async (request) => {
    const now = await store.now();
    const claims: Claim[] = [];
    for (const row of byUrgency(shuffled(await dueRows(store, request, now), random))) {
      if (claims.length === request.limit) break;
      const leaseToken = randomToken(random, 16);
      if (!(await take(store, row, leaseToken, now + request.leaseMs))) continue;
      const claim = claimOf(row, leaseToken);
      const rehash = open(sealing, row, claim);
      if (rehash === 'unreadable') await settle(claim, { kind: 'parked', reason: UNREADABLE });
      else claims.push({ ...claim, rehash });
    }
    return claims;
  };
}

const UNREADABLE = 'The rehash in the ledger does not open with the configured secretKey.';

/**
 * The most urgent rows, and of these the ones that have been due for longest. One query a state and urgency, since each
 * is then answered by the index alone.
 */
async function dueRows(
  store: Store,
  { target, limit, exceptClients = [] }: ClaimRequest,
  now: number,
): Promise<LedgerRow[]> {
  const wanted = limit * SPREAD;
  const rows: LedgerRow[] = [];
  for (const urgency of Object.values(URGENCY)) {
    const due: LedgerRow[] = [];
    for (const state of DUE) {
      let query = store.db
        .selectFrom('ledger')
        .selectAll()
        .where('target', '=', target)
        .where('state', '=', state)
        .where('urgency', '=', urgency)
        .where('next_attempt_at', '<=', now);
      if (exceptClients.length > 0) query = query.where('client_id', 'not in', exceptClients);
      due.push(...(await query.orderBy('next_attempt_at').limit(wanted).execute()));
    }
    rows.push(...due.sort((a, b) => a.next_attempt_at - b.next_attempt_at));
    // Others take rows of this urgency at the same time, but nobody's less urgent row may go first.
    if (rows.length >= limit) break;
  }
  return rows.slice(0, wanted);
}

/**
 * The attempt is counted before it is made, so that a copy which kills the courier every time is parked in the end.
 *
 * @returns false when another courier was faster, or the engine gave up this write: then the row is not ours
 */
async function take(store: Store, row: LedgerRow, leaseToken: string, leaseUntil: number): Promise<boolean> {
  try {
    const { numUpdatedRows } = await store.db
      .updateTable('ledger')
      .set({
        state: 'copying',
        lease_token: leaseToken,
        next_attempt_at: leaseUntil,
        attempts: row.attempts + 1,
      })
      .where(unchangedSince(row))
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  } catch (error) {
    if (isLockTrouble(error)) return false;
    throw error;
  }
}

const byUrgency = (rows: readonly LedgerRow[]) => [...rows].sort((a, b) => a.urgency - b.urgency);

function claimOf(row: LedgerRow, leaseToken: string): Claim {
  return {
    target: row.target,
    person: { directory: row.directory, legacyId: row.legacy_id as LegacyId },
    externalId: row.external_id as Subject,
    clientId: row.client_id,
    generation: row.generation,
    fingerprint: row.credential_fingerprint,
    rehash: undefined,
    attempts: row.attempts + 1,
    leaseToken,
    ...(row.locked_out_at === null ? {} : { lockedOut: true }),
  };
}

function open(sealing: Sealing, row: LedgerRow, claim: Claim): string | undefined | 'unreadable' {
  if (row.sealed_rehash === null) return undefined;
  try {
    const context = sealContext(claim.target, claim.person, claim.generation);
    return sealing.open(row.sealed_rehash, context).toString();
  } catch (error) {
    if (hasCode(error, 'store_key_wrong')) return 'unreadable';
    throw error;
  }
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, order: random(4).readUInt32BE() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
