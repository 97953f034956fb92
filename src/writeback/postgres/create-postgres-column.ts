import { Pool, type PoolClient, type PoolConfig } from 'pg';
import { type Cell, textOf } from '../../domain/cell.ts';
import { assignmentsOf, holdsExactly } from '../assignments.ts';
import { toFault } from '../legacy-fault.ts';
import type { Change, PasswordColumn, Place, Replaced } from '../password-column.ts';
import { checkColumnRights } from './check-rights.ts';
import type { PostgresDialect } from './dialect.ts';

const CONNECTIONS = 4;
/** `insufficient_privilege`, and what a refused login is. */
const DENIED = ['42501', '28P01', '28000'];
/** `string_data_right_truncation`. */
const TOO_LONG = '22001';

/** The password column of PostgreSQL. Connects when first asked. */
export function createPostgresColumn(
  place: Place,
  { address, timeoutMs }: { address: PoolConfig; timeoutMs: number },
  dialect: PostgresDialect,
): PasswordColumn {
  const pool = new Pool({
    ...address,
    application_name: 'footbridge write-back',
    max: CONNECTIONS,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    allowExitOnIdle: true,
    // Others may put functions and operators of their own into the schemas of the usual path (CVE-2018-1058).
    options: `-c search_path=pg_catalog -c statement_timeout=${timeoutMs}`,
  });
  // A connection that breaks while nobody uses it; the pool has dropped it already.
  pool.on('error', () => {});
  const table = dialect.quoteTable(place.table);
  const column = dialect.quoteName(place.column);
  const askerOn =
    (client: PoolClient) =>
    async (text: string, texts: readonly string[] = []) =>
      (await client.query<Cell[]>({ text, values: [...texts], rowMode: 'array' })).rows;

  async function inTransaction(client: PoolClient, change: Change): Promise<Replaced> {
    const ask = askerOn(client);
    const key = await dialect.keyCondition(ask, place, '$1');
    if (key === undefined || !key.accepts(change.id)) return 'changed-meanwhile';
    const assignments = assignmentsOf(place, change);
    const columns = assignments.map((assignment) => dialect.quoteName(assignment.column));
    await client.query('BEGIN');
    const { rowCount } = await client.query(
      `UPDATE ${table} SET ${columns.map((name, index) => `${name} = $${index + 3}::text`).join(', ')} ` +
        `WHERE ${key.condition} AND (${column}::text COLLATE "C") = $2::text`,
      [change.id, change.before, ...assignments.map(({ text }) => text)],
    );
    if (rowCount !== 1) return 'changed-meanwhile';
    const rows = await ask(
      `SELECT ${columns.map((name) => `${name}::text`).join(', ')} FROM ${table} WHERE ${key.condition}`,
      [change.id],
    );
    const texts = rows.map((row) => row.map(textOf));
    if (!holdsExactly(assignments, texts)) return 'does-not-fit';
    await client.query('COMMIT');
    return 'replaced';
  }

  async function replace(change: Change): Promise<Replaced> {
    const client = await pool.connect();
    const broken = () => {};
    client.on('error', broken);
    let failed = true;
    try {
      const replaced = await inTransaction(client, change);
      if (replaced !== 'replaced') await client.query('ROLLBACK');
      failed = false;
      return replaced;
    } catch (error) {
      if ((error as { code?: unknown }).code === TOO_LONG) return 'does-not-fit';
      throw error;
    } finally {
      // An open transaction ends with its connection, which needs the listener until then.
      if (!failed) client.off('error', broken);
      client.release(failed);
    }
  }

  const fault = (error: unknown) =>
    toFault(error, { directory: place.directory, table: place.table, denied: DENIED });

  return {
    replace: (change) =>
      replace(change).catch((error: unknown) => {
        throw fault(error);
      }),
    async check() {
      try {
        const client = await pool.connect();
        try {
          return await checkColumnRights(place, askerOn(client), dialect);
        } finally {
          client.release();
        }
      } catch (error) {
        return [{ level: 'error', about: `writeBack.${place.directory}`, found: fault(error).message }];
      }
    },
    close: () => pool.end(),
  };
}
