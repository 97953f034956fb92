import type { Selectable, Transaction } from 'kysely';
import type { AuditTable, StoreSchema } from './schema.ts';
import type { Store } from './store.ts';

export interface AuditEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who did it, e.g. `cli:alice`. */
  readonly actor: string;
  /** What was done, e.g. `client.mode`. */
  readonly action: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Writes one line about what changed nothing in the store, or nothing that a transaction could hold. */
export async function noteInAudit(
  store: Store,
  subject: string,
  entry: Omit<AuditEntry, 'at'>,
): Promise<void> {
  const at = await store.now();
  await store.db.transaction().execute((transaction) => writeAudit(transaction, subject, { ...entry, at }));
}

/** Writes one line of the audit trail, in the transaction that makes the change. */
export async function writeAudit(
  transaction: Transaction<StoreSchema>,
  subject: string,
  entry: AuditEntry,
): Promise<void> {
  await transaction
    .insertInto('audit')
    .values({
      at: entry.at,
      actor: entry.actor,
      action: entry.action,
      subject,
      before_json: toJson(entry.before),
      after_json: toJson(entry.after),
    })
    .execute();
}

/** What was done to a subject, oldest first. */
export async function readAudit(store: Store, subject: string): Promise<AuditEntry[]> {
  const rows = await store.db
    .selectFrom('audit')
    .selectAll()
    .where('subject', '=', subject)
    .orderBy('id')
    .execute();
  return rows.map(entryOf);
}

/** One line of the trail as a list shows it. */
export interface AuditLine extends AuditEntry {
  /** In the order of writing. */
  readonly id: number;
  readonly subject: string;
}

/** Which lines are meant; what is not said is any. */
export interface AuditFilter {
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
}

/**
 * The trail, newest first.
 *
 * @param page `before` is the id of the last line of the page before
 */
export async function listAudit(
  store: Store,
  { subject, actor, action }: AuditFilter,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<AuditLine[]> {
  let query = store.db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit);
  if (subject !== undefined) query = query.where('subject', '=', subject);
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (action !== undefined) query = query.where('action', '=', action);
  if (before !== undefined) query = query.where('id', '<', before);
  const rows = await query.execute();
  return rows.map((row) => ({ id: row.id, subject: row.subject, ...entryOf(row) }));
}

const entryOf = (row: Selectable<AuditTable>): AuditEntry => ({
  at: row.at,
  actor: row.actor,
  action: row.action,
  before: fromJson(row.before_json),
  after: fromJson(row.after_json),
});

const toJson = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
const fromJson = (text: string | null): unknown => (text === null ? undefined : JSON.parse(text));
