import { textOf } from '../../domain/cell.ts';
import { BridgeError } from '../../domain/errors.ts';
import {
  MOST_ROWS_WHERE,
  type SourceRow,
  type SourceTable,
  type TableDefinition,
  type TableSource,
} from '../../domain/table-source.ts';
import type { Questions } from '../asking/questions.ts';
import { MAX_READ } from '../mapping/bounds.ts';
import { parseTableName } from '../mapping/table-name.ts';
import { readBothEnds } from '../tables/both-ends.ts';
import { noColumn, toSourceRow } from '../tables/source-row.ts';
import { parseAddress } from './address.ts';
import { columnNamed, readColumns } from './columns.ts';
import { equals, loginComparison } from './comparison.ts';
import { toFault } from './faults.ts';
import { quoteName, quoteTable } from './names.ts';
import { createQuestions } from './questions.ts';

/** A person waits; a server that needs longer for a thousand rows has another trouble. */
const TIMEOUT_MS = 30_000;

/**
 * The tables of a MySQL or MariaDB database, for a look at what they mean. Nothing but SELECT is ever sent.
 *
 * @param url with a database
 * @throws BridgeError `configuration_invalid`; later `legacy_unavailable`
 */
export function createMysqlTables(url: string): TableSource {
  const address = parseAddress(url);
  if (address.database === undefined) {
    const message = 'legacy.url: it names no database. Append its name: mysql://user:password@host/database.';
    throw new BridgeError('configuration_invalid', message);
  }
  const questions = createQuestions(address, { timeoutMs: TIMEOUT_MS, connections: 1 });
  const server = address.socketPath ?? `${address.host}:${address.port}`;

  async function reading<T>(table: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toFault(error, { server, table });
    }
  }

  return {
    tables: () => reading('information_schema', () => readTables(questions)),
    async *rows(table, limit) {
      yield* await reading(table.name, () => readRows(questions, table, limit));
    },
    rowsWhere: (table, column, text) =>
      reading(table.name, () => readRowsWhere(questions, table, column, text)),
    close: () => questions.close(),
  };
}

async function readTables(questions: Questions): Promise<SourceTable[]> {
  const text = async (sql: string) => (await questions.ask(sql)).map((row) => row.map(textOf));
  const tables = await text(
    'SELECT table_name, table_rows, table_type FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name',
  );
  const columns = await text(
    `SELECT table_name, column_name, column_type, is_nullable, collation_name FROM information_schema.columns
      WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position`,
  );
  const indexes = await text(
    `SELECT table_name, index_name, non_unique, column_name, sub_part FROM information_schema.statistics
      WHERE table_schema = DATABASE() ORDER BY table_name, index_name, seq_in_index`,
  );
  return tables.map(([name = '', rows, type]) => {
    const parts = indexes.filter(([table]) => table === name);
    const keys = [...new Set(parts.map(([, index = '']) => index))].map((index) => {
      const members = parts.filter((part) => part[1] === index);
      return {
        index,
        columns: members.map(([, , , column]) => column ?? ''),
        unique: members.every(([, , nonUnique, , prefix]) => nonUnique === '0' && prefix === undefined),
      };
    });
    return {
      definition: {
        name,
        columns: columns
          .filter(([table]) => table === name)
          .map(([, column = '', columnType = '', nullable, collation]) => ({
            name: column,
            type: columnType.toLowerCase(),
            nullable: nullable === 'YES',
            collation,
          })),
        primaryKey: keys.find(({ index }) => index === 'PRIMARY')?.columns ?? [],
        indexes: keys.filter(({ index }) => index !== 'PRIMARY'),
      },
      // A view's estimate is always missing.
      rows: rows === undefined || type === 'VIEW' ? undefined : Number(rows),
    };
  });
}

async function readRows(
  questions: Questions,
  { name, columns, primaryKey }: TableDefinition,
  limit: number,
): Promise<SourceRow[]> {
  const rows = await readBothEnds(primaryKey.map(quoteName), limit, (tail) =>
    questions.ask(`${selectOf({ name, columns })} ${tail}`),
  );
  return rows.map((cells) => toSourceRow(columns, cells));
}

async function readRowsWhere(
  questions: Questions,
  table: TableDefinition,
  column: string,
  text: string,
): Promise<SourceRow[]> {
  const info = columnNamed(await readColumns(questions, parseTableName(table.name)), column);
  if (info === undefined) throw noColumn(table, column);
  const comparison = loginComparison(info, 'case-insensitive');
  if (!comparison.accepts(text)) return [];
  const sql = `${selectOf(table)} WHERE ${equals(comparison)} LIMIT ${MOST_ROWS_WHERE}`;
  return (await questions.ask(sql, [text])).map((cells) => toSourceRow(table.columns, cells));
}

function selectOf({ name, columns }: Pick<TableDefinition, 'name' | 'columns'>): string {
  const list = columns.map((column) => `LEFT(${quoteName(column.name)}, ${MAX_READ})`).join(', ');
  return `SELECT ${list} FROM ${quoteTable(parseTableName(name))}`;
}
