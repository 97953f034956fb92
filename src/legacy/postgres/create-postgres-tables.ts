import { textOf } from '../../domain/cell.ts';
import {
  type ColumnDefinition,
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
import { loginComparison } from './comparison.ts';
import { toFault } from './faults.ts';
import { quoteName, quoteTable } from './names.ts';
import { createQuestions } from './questions.ts';
import { equals } from './statements.ts';

/** A person waits; a server that needs longer for a thousand rows has another trouble. */
const TIMEOUT_MS = 30_000;

/** The tables and views of people's own schemas that the account may read. */
const READABLE = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')`;

/** A name as `legacy.table` has it: the schema `public` goes without saying. */
const NAME = `CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END`;

/**
 * The tables of a PostgreSQL database, for a look at what they mean. The session is read-only.
 *
 * @throws BridgeError `configuration_invalid`; later `legacy_unavailable`
 */
export function createPostgresTables(url: string): TableSource {
  const address = parseAddress(url);
  const questions = createQuestions(address, { timeoutMs: TIMEOUT_MS, connections: 1 });
  const server = `${address.host}:${address.port}`;

  async function reading<T>(table: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toFault(error, { server, table });
    }
  }

  return {
    tables: () => reading('pg_class', () => readTables(questions)),
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
  const tables = await text(`SELECT ${NAME}, c.reltuples::bigint FROM ${READABLE} ORDER BY 1`);
  const columns = await text(
    `SELECT ${NAME}, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, co.collname
       FROM pg_attribute a LEFT JOIN pg_collation co ON co.oid = a.attcollation AND co.collname <> 'default',
            ${READABLE} AND a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY 1, a.attnum`,
  );
  const parts = await text(
    `SELECT ${NAME}, i.indexrelid, i.indisprimary, i.indisunique AND i.indpred IS NULL,
            pg_get_indexdef(i.indexrelid, part, true)
       FROM pg_index i, generate_series(1, i.indnkeyatts) part, ${READABLE} AND i.indrelid = c.oid AND i.indisvalid
      ORDER BY 1, 2, part`,
  );
  return tables.map(([name = '', rows]) => {
    const keys = indexesOf(parts.filter(([table]) => table === name));
    return {
      definition: {
        name,
        columns: columns.filter(([table]) => table === name).map(toColumn),
        primaryKey: keys.find(({ primary }) => primary)?.columns ?? [],
        indexes: keys.filter(({ primary }) => !primary),
      },
      // Minus one: never counted.
      rows: rows === undefined || Number(rows) < 0 ? undefined : Number(rows),
    };
  });
}

type Texts = readonly (string | undefined)[];

function toColumn([, name = '', type = '', notNull, collation]: Texts): ColumnDefinition {
  return { name, type: type.toLowerCase(), nullable: notNull !== '1', collation };
}

function indexesOf(parts: readonly Texts[]) {
  return [...new Set(parts.map(([, index]) => index))].map((index) => {
    const members = parts.filter((part) => part[1] === index);
    return {
      primary: members[0]?.[2] === '1',
      unique: members[0]?.[3] === '1',
      columns: members.map(([, , , , definition = '']) =>
        definition.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"'),
      ),
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
  return `SELECT ${columns.map(beginningOf).join(', ')} FROM ${quoteTable(parseTableName(name))}`;
}

function beginningOf({ name, type }: ColumnDefinition): string {
  return type === 'bytea'
    ? `substring(${quoteName(name)} from 1 for ${MAX_READ})`
    : `left(${quoteName(name)}::text, ${MAX_READ})`;
}
