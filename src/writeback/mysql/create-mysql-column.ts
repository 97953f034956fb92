import { createPool, type PoolConnection, type PoolOptions } from 'mysql2/promise';
import { type Cell, textOf } from '../../domain/cell.ts';
import { assignmentsOf, holdsExactly } from '../assignments.ts';
import { toFault } from '../legacy-fault.ts';
import type { Change, PasswordColumn, Place, Replaced } from '../password-column.ts';
import { checkColumnGrants } from './check-grants.ts';
import type { MysqlDialect } from './dialect.ts';

const CONNECTIONS = 4;
const WAITING = 50;
const DENIED = [
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
];

/** The password column of MySQL or MariaDB. Connects when first asked. */
export function createMysqlColumn(
  place: Place,
  { address, timeoutMs }: { address: PoolOptions; timeoutMs: number },
  dialect: MysqlDialect,
): PasswordColumn {
  const pool = createPool({
    ...address,
    charset: 'utf8mb4_bin',
    connectionLimit: CONNECTIONS,
    queueLimit: WAITING,
    connectTimeout: timeoutMs,
    multipleStatements: false,
    flags: ['-LOCAL_FILES'],
    rowsAsArray: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
  });
  const table = dialect.quoteTable(place.table);
  const column = dialect.quoteName(place.column);

  /** Only texts are ever bound: on MySQL one parameter of another type would re-type the cached statement. */
  async function ask(connection: PoolConnection, sql: string, texts: readonly string[]) {
    const [rows] = await connection.execute({ sql, timeout: timeoutMs }, [...texts]);
    return rows as unknown as Cell[][];
  }

  async function inTransaction(connection: PoolConnection, change: Change): Promise<Replaced> {
    const key = await dialect.keyCondition((sql, texts = []) => ask(connection, sql, texts), place);
    if (key === undefined || !key.accepts(change.id)) return 'changed-meanwhile';
    const assignments = assignmentsOf(place, change);
    const columns = assignments.map((assignment) => dialect.quoteName(assignment.column));
    await connection.query('START TRANSACTION');
    const [answer] = await connection.execute(
      {
        sql:
          `UPDATE ${table} SET ${columns.map((name) => `${name} = ${TYPED}`).join(', ')} ` +
          `WHERE ${key.condition} AND ${asBytes(column)} = CAST(${TYPED} AS BINARY)`,
        timeout: timeoutMs,
      },
      [...assignments.map(({ text }) => text), change.id, change.before],
    );
    if ((answer as { affectedRows?: number }).affectedRows !== 1) return 'changed-meanwhile';
    const rows = await ask(connection, `SELECT ${columns.join(', ')} FROM ${table} WHERE ${key.condition}`, [
      change.id,
    ]);
    const texts = rows.map((row) => row.map(textOf));
    if (!holdsExactly(assignments, texts)) return 'does-not-fit';
    await connection.query('COMMIT');
    return 'replaced';
  }

  async function replace(change: Change): Promise<Replaced> {
    const connection = await pool.getConnection();
    let usable = false;
    try {
      await connection.query(
        `SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout = ${Math.max(1, Math.floor(timeoutMs / 2_000))}`,
      );
      const replaced = await inTransaction(connection, change);
      if (replaced !== 'replaced') await connection.query('ROLLBACK');
      usable = true;
      return replaced;
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ER_DATA_TOO_LONG') return 'does-not-fit';
      throw error;
    } finally {
      // An open transaction ends with its connection.
      if (usable) connection.release();
      else connection.destroy();
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
        const look = async (sql: string) => {
          const [rows] = await pool.query({ sql, timeout: timeoutMs });
          return (rows as unknown as Cell[][]).map(([cell]) => textOf(cell) ?? '');
        };
        const [account = ''] = await look('SELECT CURRENT_USER()');
        const lines = await look('SHOW GRANTS');
        return checkColumnGrants(place, { account, lines }, dialect);
      } catch (error) {
        const about = `writeBack.${place.directory}`;
        return [{ level: 'error', about, found: fault(error).message }];
      }
    },
    close: () => pool.end(),
  };
}

const TYPED = 'CAST(? AS CHAR CHARACTER SET utf8mb4)';

/** Byte for byte: collations make different hashes equal. */
const asBytes = (column: string) => `CAST(CONVERT(${column} USING utf8mb4) AS BINARY)`;
