import { MAX_READ } from '../mapping/bounds.ts';
import { type SelectItem, selectItems } from '../mapping/row.ts';
import { parseTableName } from '../mapping/table-name.ts';
import { CANDIDATES } from '../matching/judge.ts';
import type { LegacyOptions } from '../options.ts';
import { type ColumnInfo, columnNamed, type TableColumns } from './columns.ts';
import { type Comparison, keyComparison, loginComparison } from './comparison.ts';
import { quoteName, quoteTable, schemaOf } from './names.ts';

export interface Statement {
  readonly sql: string;
  readonly texts: readonly string[];
}

/** Types that are a moment for the server. */
export const MOMENTS = ['timestamp', 'timestamptz', 'date'];
const NARROW = [
  'bool',
  'int2',
  'int4',
  'int8',
  'float4',
  'float8',
  'uuid',
  'date',
  'timestamp',
  'timestamptz',
];

/**
 * One select for each login column, so that each uses its own index, in one round trip. The first cell of a row says
 * which login column found it; the others follow `selectItems`.
 *
 * @returns undefined when no column can hold such a name
 */
export function findStatement(
  options: LegacyOptions,
  columns: TableColumns,
  identifier: string,
): Statement | undefined {
  const selects = options.login.flatMap((login, index) => {
    const column = columnNamed(columns, login);
    const comparison = column && loginComparison(column, options.match);
    if (!comparison?.accepts(identifier)) return [];
    return [
      `(SELECT ${index}, ${selectList(options, columns)} FROM ${from(options)} ` +
        `WHERE ${equals(comparison)} LIMIT ${CANDIDATES})`,
    ];
  });
  return selects.length === 0 ? undefined : { sql: selects.join(' UNION ALL '), texts: [identifier] };
}

/**
 * The row with this primary key; two where the key is not unique.
 *
 * @returns undefined when the primary key cannot hold such a value
 */
export function findByIdStatement(
  options: LegacyOptions,
  columns: TableColumns,
  id: string,
): Statement | undefined {
  const comparison = keyOf(options, columns);
  if (!comparison?.accepts(id)) return undefined;
  const sql = `SELECT ${selectList(options, columns)} FROM ${from(options)} WHERE ${equals(comparison)} LIMIT ${CANDIDATES}`;
  return { sql, texts: [id] };
}

/** Some rows, in whatever order costs the server nothing. */
export function sampleStatement(options: LegacyOptions, columns: TableColumns, limit: number): Statement {
  return { sql: `SELECT ${selectList(options, columns)} FROM ${from(options)} LIMIT ${limit}`, texts: [] };
}

/** What the statistics say, partitions together; NULL for a view, and for a table that was never analysed. */
export function countStatement(options: LegacyOptions): Statement {
  const name = parseTableName(options.table);
  const sql = `SELECT CASE WHEN sum(greatest(r.reltuples, 0)) > 0 THEN sum(greatest(r.reltuples, 0))::bigint END
       FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
       JOIN pg_class r ON r.oid IN (SELECT relid FROM pg_partition_tree(t.oid) UNION SELECT t.oid)
      WHERE n.nspname = $1::text AND t.relname = $2::text AND r.relkind IN ('r', 'm')`;
  return { sql, texts: [schemaOf(name), name.table] };
}

/** Parameter 1 is the text. */
export function equals({ left, operator, right }: Comparison): string {
  return `${left} ${operator('=')} ${right('$1')}`;
}

export function keyOf(options: LegacyOptions, columns: TableColumns): Comparison | undefined {
  const column = columnNamed(columns, options.id);
  return column && keyComparison(column);
}

export function from(options: LegacyOptions): string {
  return quoteTable(parseTableName(options.table));
}

export function selectList(options: LegacyOptions, columns: TableColumns): string {
  return selectItems(options)
    .map((item, index) => `${expression(item, columns)} AS c${index}`)
    .join(', ');
}

function expression(item: SelectItem, columns: TableColumns): string {
  if (item.as === 'active') return `CASE WHEN (${item.condition}) THEN 1 ELSE 0 END`;
  const column = columnNamed(columns, item.column);
  if (column === undefined) return quoteName(item.column);
  const name = quoteName(column.name);
  return item.as === 'moment' && MOMENTS.includes(column.type) ? secondsOf(name) : textFrom(column, name);
}

/** Seconds since 1970. The server knows the time zone of its own dates; `infinity` is no moment. */
export function secondsOf(name: string): string {
  return `CASE WHEN isfinite(${name}) THEN floor(extract(epoch FROM ${name}::timestamptz))::bigint END`;
}

function textFrom({ type }: ColumnInfo, name: string): string {
  if (NARROW.includes(type)) return name;
  if (type === 'bytea') return `substring(${name} FROM 1 FOR ${MAX_READ})`;
  // As text, a CHAR(n) is without the blanks that fill it up.
  return `left(${name}::text, ${MAX_READ})`;
}
