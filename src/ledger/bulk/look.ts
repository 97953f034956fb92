import type { LegacyId, PersonRef, Subject } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import type { Known } from '../bulk.ts';
import { type LedgerState, URGENCY } from '../ledger.ts';
import type { LedgerRow } from '../operations/row.ts';

export async function look(
  { db }: Store,
  target: string,
  directory: string,
  legacyIds: readonly string[],
): Promise<ReadonlyMap<string, Known>> {
  if (legacyIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('ledger')
    .select(COLUMNS)
    .where('target', '=', target)
    .where('directory', '=', directory)
    .where('legacy_id', 'in', legacyIds)
    .execute();
  return new Map(rows.map((row) => [row.legacy_id, knownOf(row)]));
}

export async function pageOf(
  { db }: Store,
  target: string,
  after: PersonRef | undefined,
  limit: number,
): Promise<Known[]> {
  let query = db.selectFrom('ledger').select(COLUMNS).where('target', '=', target);
  if (after !== undefined) {
    query = query.where((where) =>
      where.or([
        where('directory', '>', after.directory),
        where.and([where('directory', '=', after.directory), where('legacy_id', '>', after.legacyId)]),
      ]),
    );
  }
  const rows = await query.orderBy('directory').orderBy('legacy_id').limit(limit).execute();
  return rows.map(knownOf);
}

export async function waiting({ db }: Store, target: string, limit: number): Promise<number> {
  let count = 0;
  for (const state of ['captured', 'copying']) {
    const rows = await db
      .selectFrom('ledger')
      .select('legacy_id')
      .where('target', '=', target)
      .where('state', '=', state)
      .where('urgency', '=', URGENCY.whenIdle)
      .where('client_id', '=', '')
      .limit(limit)
      .execute();
    count += rows.length;
  }
  return Math.min(count, limit);
}

export async function across({ db }: Store, target: string): Promise<number> {
  const row = await db
    .selectFrom('ledger')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('target', '=', target)
    .where('copied_at', 'is not', null)
    .where('state', '<>', 'gone')
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

const COLUMNS = [
  'target',
  'directory',
  'legacy_id',
  'external_id',
  'client_id',
  'state',
  'generation',
  'lease_token',
  'credential_fingerprint',
  'profile_digest',
  'copied_fingerprint',
  'copied_digest',
  'locked_out_at',
] as const satisfies readonly (keyof LedgerRow)[];

function knownOf(row: Pick<LedgerRow, (typeof COLUMNS)[number]>): Known {
  return {
    target: row.target,
    person: { directory: row.directory, legacyId: row.legacy_id as LegacyId },
    externalId: row.external_id as Subject,
    clientId: row.client_id,
    state: row.state as LedgerState,
    generation: row.generation,
    leaseToken: row.lease_token,
    fingerprint: row.credential_fingerprint,
    profileDigest: row.profile_digest,
    copiedFingerprint: row.copied_fingerprint,
    copiedDigest: row.copied_digest,
    lockedOut: row.locked_out_at !== null,
  };
}
