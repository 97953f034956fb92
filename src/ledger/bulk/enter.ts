import { type Random, randomToken } from '../../runtime/random.ts';
import type { Sealing } from '../../runtime/sealing.ts';
import { isDuplicateKey, type Store } from '../../store/store.ts';
import type { BulkEntry, Held, LedgerBulk } from '../bulk.ts';
import { captured, seal } from '../operations/capture.ts';
import { despiteLocks } from '../operations/lock-trouble.ts';
import { asReason } from '../operations/row.ts';
import { asSeen } from './mark.ts';

/** One lease for the whole page: `heldBy` asks for person and token together. */
interface Hold {
  readonly token: string;
  readonly now: number;
  readonly until: number | undefined;
}

export function createEnter(store: Store, sealing: Sealing, random: Random): LedgerBulk['enter'] {
  return async (entries, holdMs) => {
    if (entries.length === 0) return [];
    const now = await store.now();
    const hold = {
      token: randomToken(random, 16),
      now,
      until: holdMs === undefined ? undefined : now + holdMs,
    };
    const entered = await insertAll(
      store,
      sealing,
      entries.filter(({ seen }) => seen === undefined),
      hold,
    );
    for (const entry of entries) {
      if (entry.seen !== undefined && (await replace(store, sealing, entry, hold))) entered.push(entry);
    }
    if (hold.until === undefined) return [];
    return entered.filter(({ instead }) => instead === undefined).map((entry) => claimOf(entry, hold));
  };
}

/** All in one statement; where somebody has come meanwhile, one by one, and whoever is there stays. */
async function insertAll(
  store: Store,
  sealing: Sealing,
  entries: readonly BulkEntry[],
  hold: Hold,
): Promise<BulkEntry[]> {
  if (entries.length === 0) return [];
  const rows = entries.map((entry) => ({
    ...columnsOf(sealing, entry, hold),
    target: entry.target,
    directory: entry.person.directory,
    legacy_id: entry.person.legacyId,
  }));
  try {
    await despiteLocks(() => store.db.insertInto('ledger').values(rows).execute());
    return [...entries];
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const [first, ...rest] = entries;
  if (first === undefined || rest.length === 0) return [];
  const half = Math.ceil(entries.length / 2);
  return [
    ...(await insertAll(store, sealing, entries.slice(0, half), hold)),
    ...(await insertAll(store, sealing, entries.slice(half), hold)),
  ];
}

async function replace(store: Store, sealing: Sealing, entry: BulkEntry, hold: Hold): Promise<boolean> {
  if (entry.seen === undefined) return false;
  const { seen } = entry;
  const { numUpdatedRows } = await despiteLocks(() =>
    store.db
      .updateTable('ledger')
      .set(columnsOf(sealing, entry, hold))
      .where(asSeen(seen))
      .executeTakeFirst(),
  );
  return numUpdatedRows === 1n;
}

const generationOf = ({ seen }: BulkEntry) => (seen?.generation ?? 0) + 1;

function columnsOf(sealing: Sealing, entry: BulkEntry, { token, now, until }: Hold) {
  const { instead } = entry;
  const held = instead === undefined && until !== undefined;
  return {
    ...captured(entry, generationOf(entry), now),
    sealed_rehash: instead === undefined ? seal(sealing, entry, entry.rehash, generationOf(entry)) : null,
    state: instead?.state ?? (held ? 'copying' : 'captured'),
    reason: instead === undefined ? null : asReason(instead.reason),
    attempts: held ? 1 : 0,
    lease_token: held ? token : null,
    next_attempt_at: held ? until : now + (instead?.delayMs ?? 0),
  };
}

function claimOf(entry: BulkEntry, { token }: Hold): Held {
  return {
    target: entry.target,
    person: entry.person,
    externalId: entry.externalId,
    clientId: entry.clientId,
    generation: generationOf(entry),
    fingerprint: entry.fingerprint,
    rehash: entry.rehash,
    attempts: 1,
    leaseToken: token,
    lockedOut: entry.seen?.lockedOut ?? false,
    profileDigest: entry.profileDigest,
  };
}
