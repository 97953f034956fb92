import { type ColumnDataType, type Expression, type Kysely, type RawBuilder, sql } from 'kysely';
import type { StoreSchema } from '../schema.ts';

type Type = ColumnDataType | RawBuilder<unknown>;

/** Identifiers compare byte for byte on every engine, whatever the database's default collation. */
function exactText(kind: 'sqlite' | 'mysql', length: number): Type {
  return kind === 'sqlite'
    ? 'text'
    : sql`varchar(${sql.lit(length)}) character set utf8mb4 collate utf8mb4_bin`;
}

function longText(kind: 'sqlite' | 'mysql'): Type {
  return kind === 'sqlite' ? 'text' : sql`longtext character set utf8mb4 collate utf8mb4_bin`;
}

export const firstTables = (kind: 'sqlite' | 'mysql') => async (db: Kysely<StoreSchema>) => {
  const id = (length = 128) => exactText(kind, length) as Expression<unknown>;
  const long = longText(kind) as Expression<unknown>;

  await db.schema
    .createTable('artifact')
    .ifNotExists()
    .addColumn('model', id(40), (column) => column.notNull())
    .addColumn('id', id(64), (column) => column.notNull())
    .addColumn('sealed_payload', long, (column) => column.notNull())
    .addColumn('grant_id', id(64))
    .addColumn('uid', id(64))
    .addColumn('user_code', id(64))
    .addColumn('account_id', id(64))
    .addColumn('consumed_at', 'bigint')
    .addColumn('expires_at', 'bigint')
    .addPrimaryKeyConstraint('artifact_pk', ['model', 'id'])
    .execute();
  // Two sessions may share a uid for a moment while one replaces the other, so this index is not unique.
  await createIndex(db, 'artifact', ['uid']);
  await createIndex(db, 'artifact', ['grant_id']);
  await createIndex(db, 'artifact', ['user_code']);
  await createIndex(db, 'artifact', ['account_id']);
  await createIndex(db, 'artifact', ['expires_at']);

  await db.schema
    .createTable('sealed_key')
    .ifNotExists()
    .addColumn('purpose', id(40), (column) => column.notNull())
    .addColumn('key_id', id(64), (column) => column.notNull())
    .addColumn('sealed_key', long, (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('sealed_key_pk', ['purpose', 'key_id'])
    .execute();

  await db.schema
    .createTable('client')
    .ifNotExists()
    .addColumn('client_id', id(255), (column) => column.primaryKey())
    .addColumn('metadata', long, (column) => column.notNull())
    .addColumn('secret_digest', id(128))
    .addColumn('origin', id(16), (column) => column.notNull())
    .addColumn('migration', long, (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('audit')
    .ifNotExists()
    .addColumn('id', kind === 'sqlite' ? 'integer' : 'bigint', (column) =>
      column.primaryKey().autoIncrement(),
    )
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor', id(255), (column) => column.notNull())
    .addColumn('action', id(64), (column) => column.notNull())
    .addColumn('subject', id(255), (column) => column.notNull())
    .addColumn('before_json', long)
    .addColumn('after_json', long)
    .execute();
  await createIndex(db, 'audit', ['subject', 'at']);

  await db.schema
    .createTable('person')
    .ifNotExists()
    .addColumn('subject', id(64), (column) => column.primaryKey())
    .addColumn('directory', id(), (column) => column.notNull())
    .addColumn('legacy_id', id(191), (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_login_at', 'bigint', (column) => column.notNull())
    .execute();
  await createIndex(db, 'person', ['last_login_at']);

  await db.schema
    .createTable('ledger')
    .ifNotExists()
    .addColumn('target', id(), (column) => column.notNull())
    .addColumn('directory', id(), (column) => column.notNull())
    .addColumn('legacy_id', id(191), (column) => column.notNull())
    .addColumn('external_id', id(64), (column) => column.notNull())
    .addColumn('client_id', id(255), (column) => column.notNull())
    .addColumn('state', id(16), (column) => column.notNull())
    .addColumn('generation', 'integer', (column) => column.notNull())
    .addColumn('sealed_rehash', long)
    .addColumn('credential_fingerprint', id(64), (column) => column.notNull())
    .addColumn('profile_digest', id(64), (column) => column.notNull())
    .addColumn('copied_fingerprint', id(64))
    .addColumn('copied_digest', id(64))
    .addColumn('copied_at', 'bigint')
    .addColumn('across_at', 'bigint')
    .addColumn('locked_out_at', 'bigint')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_attempt_at', 'bigint', (column) => column.notNull())
    .addColumn('lease_token', id(64))
    .addColumn('reason', id(191))
    .addColumn('origin', id(16), (column) => column.notNull())
    .addColumn('urgency', 'integer', (column) => column.notNull())
    .addColumn('scheme', id())
    .addColumn('captured_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('ledger_pk', ['target', 'directory', 'legacy_id'])
    .execute();
  // The last columns are looked at alone: what is counted is read from the index.
  const due = ['target', 'state', 'urgency', 'next_attempt_at', 'client_id', 'scheme'];
  await createIndex(db, 'ledger', due, 'ledger_due_index');
  await createIndex(db, 'ledger', ['target', 'state', 'captured_at']);
  await createIndex(db, 'ledger', ['target', 'copied_at']);
  // The second is wider than MySQL takes for counting whoever is across.
  await createIndex(db, 'ledger', ['target', 'across_at']);
  await createIndex(db, 'ledger', ['target', 'across_at', 'copied_fingerprint']);
  // One person is looked for by either, whatever the target.
  await createIndex(db, 'ledger', ['legacy_id']);
  await createIndex(db, 'ledger', ['external_id']);

  await db.schema
    .createTable('target_state')
    .ifNotExists()
    .addColumn('target', id(), (column) => column.primaryKey())
    .addColumn('closed_until', 'bigint', (column) => column.notNull())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('reason', id(191))
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();

  // The columns and their order are rate-limiter-flexible's.
  await db.schema
    .createTable('rate_limit')
    .ifNotExists()
    .addColumn('key', id(255), (column) => column.primaryKey())
    .addColumn('points', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('expire', 'bigint')
    .execute();

  await db.schema
    .createTable('unverifiable')
    .ifNotExists()
    .addColumn('directory', id(), (column) => column.notNull())
    .addColumn('legacy_id', id(191), (column) => column.notNull())
    .addColumn('shape', id(191), (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('last_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('unverifiable_pk', ['directory', 'legacy_id'])
    .execute();

  await db.schema
    .createTable('shadow')
    .ifNotExists()
    .addColumn('target', id(), (column) => column.notNull())
    .addColumn('directory', id(), (column) => column.notNull())
    .addColumn('legacy_id', id(191), (column) => column.notNull())
    .addColumn('client_id', id(255), (column) => column.notNull())
    .addColumn('credential_fingerprint', id(64), (column) => column.notNull())
    .addColumn('profile_digest', id(64), (column) => column.notNull())
    .addColumn('problem', id(16))
    .addColumn('reason', id(191))
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('shadow_pk', ['target', 'directory', 'legacy_id'])
    .execute();

  await db.schema
    .createTable('shadow_tally')
    .ifNotExists()
    .addColumn('target', id(), (column) => column.notNull())
    .addColumn('scheme', id(), (column) => column.notNull())
    .addColumn('trait', id(16), (column) => column.notNull())
    .addColumn('tried', 'integer', (column) => column.notNull())
    .addColumn('mismatched', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('shadow_tally_pk', ['target', 'scheme', 'trait'])
    .execute();

  await db.schema
    .createTable('run')
    .ifNotExists()
    .addColumn('id', id(32), (column) => column.primaryKey())
    .addColumn('kind', id(16), (column) => column.notNull())
    .addColumn('target', id(), (column) => column.notNull())
    .addColumn('active_key', id(160), (column) => column.unique())
    .addColumn('state', id(16), (column) => column.notNull())
    .addColumn('options_json', long, (column) => column.notNull())
    .addColumn('place', long)
    .addColumn('counters_json', long, (column) => column.notNull())
    .addColumn('reason', id(191))
    .addColumn('stop_requested', 'integer', (column) => column.notNull())
    .addColumn('actor', id(255), (column) => column.notNull())
    .addColumn('lease_token', id(64))
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('taken_up_at', 'bigint', (column) => column.notNull())
    .addColumn('read_before', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .execute();
  await createIndex(db, 'run', ['kind', 'target', 'started_at']);
  await createIndex(db, 'run', ['started_at', 'id']);
};

/** MySQL has no `CREATE INDEX IF NOT EXISTS`, and its DDL does not roll back: a repeated step meets its own index. */
async function createIndex(
  db: Kysely<StoreSchema>,
  table: keyof StoreSchema,
  columns: string[],
  name = `${table}_${columns.join('_')}_index`,
): Promise<void> {
  try {
    await db.schema.createIndex(name).on(table).columns(columns).execute();
  } catch (error) {
    const code = (error as { code?: string }).code;
    const exists = code === 'ER_DUP_KEYNAME' || /already exists/.test(String((error as Error).message));
    if (!exists) throw error;
  }
}
