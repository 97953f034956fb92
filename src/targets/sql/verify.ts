import { sql } from 'kysely';
import type { PasswordCheck, TargetVerdict } from '../target.ts';
import type { Database } from './engine.ts';
import type { SqlTargetOptions } from './options.ts';

interface Place {
  readonly db: Database;
  readonly options: SqlTargetOptions;
}

/** Reads the hash of one person's row and has it compared. The hash goes nowhere else. */
export async function verifyRow(
  { db, options }: Place,
  externalId: string,
  password: Uint8Array,
  check: PasswordCheck,
): Promise<TargetVerdict> {
  const { table, externalId: key, password: stored } = options;
  const hash = stored === undefined ? sql`null` : sql`${sql.id(stored.column)}`;
  const { rows } = await sql<{ external_id: unknown; hash: unknown }>`
    select ${sql.id(key)} as external_id, ${hash} as ${sql.id('hash')}
    from ${sql.table(table)} where ${sql.id(key)} = ${externalId} limit 3`.execute(db);
  // The database's collation may take another external id for this one.
  const own = rows.filter((row) => String(row.external_id) === externalId);
  const [row] = own;
  if (row === undefined) return { kind: 'absent' };
  if (own.length > 1) return { kind: 'unavailable', reason: `Two rows have the same value in ${key}.` };
  // Nobody has a password there: what was typed is compared with nothing, and takes as long.
  const encoded = asText(row.hash);
  const verdict = await check(encoded, password);
  if (verdict !== 'unreadable') return { kind: verdict };
  if (encoded === '') return { kind: 'mismatch' };
  return {
    kind: 'unavailable',
    reason: `The password in ${stored?.column} is hashed in a way that nobody reads.`,
  };
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Buffer.isBuffer(value) ? value.toString('utf8') : String(value);
}
