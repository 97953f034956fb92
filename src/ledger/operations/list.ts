import type { ExpressionBuilder } from 'kysely';
import { BridgeError } from '../../domain/errors.ts';
import type { StoreSchema } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import type { LedgerFilter, LedgerPage } from '../steward.ts';
import { entryOf } from './find.ts';
import type { LedgerRow } from './row.ts';

type Where = ExpressionBuilder<StoreSchema, 'ledger'>;

export const matching =
  ({ target, states, reason, person }: LedgerFilter) =>
  (where: Where) =>
    where.and([
      ...(target === undefined ? [] : [where('target', '=', target)]),
      ...(states === undefined ? [] : [where('state', 'in', states.length > 0 ? states : [''])]),
      ...(reason === undefined ? [] : [where('reason', '=', reason)]),
      ...(person === undefined
        ? []
        : [where('directory', '=', person.directory), where('legacy_id', '=', person.legacyId)]),
    ]);

/** By the primary key, never by OFFSET: a page costs the same however far in it is, and nobody is skipped or told twice. */
export async function listRows(
  store: Store,
  filter: LedgerFilter,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<LedgerPage> {
  let query = store.db
    .selectFrom('ledger')
    .selectAll()
    .where(matching(filter))
    .orderBy('target')
    .orderBy('directory')
    .orderBy('legacy_id')
    .limit(limit + 1);
  if (after !== undefined) query = query.where(isAfter(read(after)));
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    entries: page.map(entryOf),
    next: rows.length > limit && last !== undefined ? cursorOf(last) : undefined,
  };
}

type Key = readonly [target: string, directory: string, legacyId: string];

const isAfter =
  ([target, directory, legacyId]: Key) =>
  (where: Where) =>
    where.or([
      where('target', '>', target),
      where.and([where('target', '=', target), where('directory', '>', directory)]),
      where.and([
        where('target', '=', target),
        where('directory', '=', directory),
        where('legacy_id', '>', legacyId),
      ]),
    ]);

const cursorOf = ({ target, directory, legacy_id }: LedgerRow) =>
  Buffer.from(JSON.stringify([target, directory, legacy_id])).toString('base64url');

function read(cursor: string): Key {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === 3 && key.every((part) => typeof part === 'string')) {
      return key as unknown as Key;
    }
  } catch {
    // Said below.
  }
  throw new BridgeError(
    'invalid_request',
    'That is no place in the list: give the "next" of the page before.',
  );
}
