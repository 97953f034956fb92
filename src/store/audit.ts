import type { Transaction } from 'kysely';
import type { StoreSchema } from './schema.ts';
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
  return rows.map((row) => ({
    at: row.at,
    actor: row.actor,
    action: row.action,
    before: fromJson(row.before_json),
    after: fromJson(row.after_json),
  }));
}

const toJson = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
const fromJson = (text: string | null): unknown => (text === null ? undefined : JSON.parse(text));
