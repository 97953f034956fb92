import { MOST_SHARED } from '../checks/shared-values.ts';
import { MAX_READ } from '../mapping/bounds.ts';
import type { JoinedTable } from '../mapping/joins.ts';
import { andPeople, wherePeople } from '../mapping/people-condition.ts';
import { selectItems } from '../mapping/row.ts';
import type { SelectItem } from '../mapping/select-item.ts';
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
        `WHERE ${equals(comparison)}${andPeople(options)} LIMIT ${CANDIDATES})`,
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
  const sql = `SELECT ${selectList(options, columns)} FROM ${from(options)} WHERE ${equals(comparison)}${andPeople(options)} LIMIT ${CANDIDATES}`;
  return { sql, texts: [id] };
}

/**
 * The rows with one of these primary keys.
 *
 * @returns undefined when the primary key can hold none of them
 */
export function findManyStatement(
  options: LegacyOptions,
  columns: TableColumns,
  ids: readonly string[],
  limit: number,
): Statement | undefined {
  const comparison = keyOf(options, columns);
  const texts = ids.filter((id) => comparison?.accepts(id));
  if (comparison === undefined || texts.length === 0) return undefined;
  const { left, operator, right } = comparison;
  const keys = texts.map((_, index) => right(`$${index + 1}`)).join(', ');
  const sql =
    `SELECT ${selectList(options, columns)} FROM ${from(options)} ` +
    `WHERE ${left} ${operator('=')} ANY (ARRAY[${keys}])${andPeople(options)} LIMIT ${limit}`;
  return { sql, texts };
}

/** Some rows, in whatever order costs the server nothing. */
export function sampleStatement(options: LegacyOptions, columns: TableColumns, limit: number): Statement {
  return {
    sql: `SELECT ${selectList(options, columns)} FROM ${from(options)}${wherePeople(options)} LIMIT ${limit}`,
    texts: [],
  };
}

/**
 * The rows of a further table with one of these keys, the key first.
 *
 * @returns undefined when its key can hold none of them
 */
export function joinedStatement(
  options: LegacyOptions,
  joined: JoinedTable,
  columns: TableColumns,
  keys: readonly string[],
): Statement | undefined {
  const column = columnNamed(columns, joined.key);
  const comparison = column && keyComparison(column);
  const texts = keys.filter((key) => comparison?.accepts(key));
  if (column === undefined || comparison === undefined || texts.length === 0) return undefined;
  const { left, operator, right } = comparison;
  const anyKey = texts.map((_, index) => `${left} ${operator('=')} ${right(`$${index + 1}`)}`).join(' OR ');
  const cells = joined.items.map((item, index) => `${expression(item, columns, options)} AS c${index}`);
  const sql =
    `SELECT ${[`${textFrom(column, quoteName(column.name))} AS k`, ...cells].join(', ')} ` +
    `FROM ${quoteTable(parseTableName(joined.table))} WHERE (${anyKey})` +
    `${joined.where === undefined ? '' : ` AND (${joined.where})`} LIMIT ${texts.length * joined.rowsPerKey}`;
  return { sql, texts };
}

/**
 * What the statistics say, partitions together; NULL for a view, and for a table that was never analysed. With a
 * condition on the rows nothing but counting tells.
 */
/** How many values several rows have, by the rule; counting ends past `MOST_SHARED`. */
export function sharedStatement(
  options: LegacyOptions,
  column: string,
  match: LegacyOptions['match'],
): Statement {
  const name = `${quoteName(column)}::text`;
  const folded = match === 'exact' ? name : `lower(${name})`;
  const sql =
    `SELECT COUNT(*) FROM (SELECT 1 FROM ${from(options)} WHERE ${name} <> ''${andPeople(options)} ` +
    `GROUP BY ${folded} HAVING COUNT(*) > 1 LIMIT ${MOST_SHARED + 1}) shared_values`;
  return { sql, texts: [] };
}

export function countStatement(options: LegacyOptions): Statement {
  if (options.where !== undefined) {
    return { sql: `SELECT count(*) FROM ${from(options)}${wherePeople(options)}`, texts: [] };
  }
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
    .map((item, index) => `${expression(item, columns, options)} AS c${index}`)
    .join(', ');
}

function expression(item: SelectItem, columns: TableColumns, { timeZone }: LegacyOptions): string {
  if (item.as === 'active') return `CASE WHEN (${item.condition}) THEN 1 ELSE 0 END`;
  const column = columnNamed(columns, item.column);
  if (column === undefined) return quoteName(item.column);
  const name = quoteName(column.name);
  if (item.as === 'present') {
    return `CASE WHEN octet_length(${column.type === 'bytea' ? name : `${name}::text`}) > 0 THEN 1 ELSE 0 END`;
  }
  // A timestamp without a zone was written where the operator says that the clock hung, if anywhere.
  const isMoment = MOMENTS.includes(column.type) && (column.type === 'timestamptz' || timeZone === undefined);
  return item.as === 'moment' && isMoment ? secondsOf(name) : textFrom(column, name);
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
