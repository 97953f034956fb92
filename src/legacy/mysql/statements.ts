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
import { equals, keyComparison, loginComparison, MOMENTS } from './comparison.ts';
import { quoteName, quoteTable } from './names.ts';

export interface Statement {
  readonly sql: string;
  readonly texts: readonly string[];
}

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
  const branches = options.login.flatMap((login, index) => {
    const column = columnNamed(columns, login);
    const comparison = column && loginComparison(column, options.match);
    if (!comparison?.accepts(identifier)) return [];
    return [{ index, condition: equals(comparison) }];
  });
  const selects = branches.map(
    ({ index, condition }, position) =>
      `(SELECT ${position === 0 ? hint(options) : ''}${index}, ${selectList(options, columns)} ` +
      `FROM ${from(options)} WHERE ${condition}${andPeople(options)} LIMIT ${CANDIDATES})`,
  );
  if (selects.length === 0) return undefined;
  return { sql: selects.join(' UNION ALL '), texts: branches.map(() => identifier) };
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
  const column = columnNamed(columns, options.id);
  const comparison = column && keyComparison(column);
  if (!comparison?.accepts(id)) return undefined;
  const sql =
    `SELECT ${hint(options)}${selectList(options, columns)} FROM ${from(options)} ` +
    `WHERE ${equals(comparison)}${andPeople(options)} LIMIT ${CANDIDATES}`;
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
  const column = columnNamed(columns, options.id);
  const comparison = column && keyComparison(column);
  const texts = ids.filter((id) => comparison?.accepts(id));
  if (comparison === undefined || texts.length === 0) return undefined;
  const sql =
    `SELECT ${hint(options)}${selectList(options, columns)} FROM ${from(options)} WHERE ${comparison.left} ` +
    `IN (${texts.map(() => comparison.right).join(', ')})${andPeople(options)} LIMIT ${limit}`;
  return { sql, texts };
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
  if (comparison === undefined || texts.length === 0) return undefined;
  const anyKey = texts.map(() => equals(comparison)).join(' OR ');
  const cells = joined.items.map((item, index) => `${expression(item, columns, options)} AS c${index}`);
  const sql =
    `SELECT ${hint(options)}${[`${quoteName(joined.key)} AS k`, ...cells].join(', ')} ` +
    `FROM ${quoteTable(parseTableName(joined.table))} WHERE (${anyKey})` +
    `${joined.where === undefined ? '' : ` AND (${joined.where})`} LIMIT ${texts.length * joined.rowsPerKey}`;
  return { sql, texts };
}

/** Some rows, in whatever order costs the server nothing. */
export function sampleStatement(options: LegacyOptions, columns: TableColumns, limit: number): Statement {
  const sql = `SELECT ${hint(options)}${selectList(options, columns)} FROM ${from(options)}${wherePeople(options)} LIMIT ${limit}`;
  return { sql, texts: [] };
}

/**
 * How many values several rows have, by the rule and byte for byte otherwise, whatever the collation; counting ends past
 * `MOST_SHARED`.
 */
export function sharedStatement(
  options: LegacyOptions,
  column: string,
  match: LegacyOptions['match'],
): Statement {
  const name = quoteName(column);
  const folded = `CAST(${match === 'exact' ? name : `LOWER(${name})`} AS BINARY)`;
  const sql =
    `SELECT ${hint(options)}COUNT(*) FROM (SELECT 1 FROM ${from(options)} ` +
    `WHERE ${name} IS NOT NULL AND ${name} <> ''${andPeople(options)} ` +
    `GROUP BY ${folded} HAVING COUNT(*) > 1 LIMIT ${MOST_SHARED + 1}) shared_values`;
  return { sql, texts: [] };
}

/**
 * What the statistics say: counting an InnoDB table reads all of an index. NULL for a view. With a condition on the rows
 * nothing but counting tells.
 */
export function countStatement(options: LegacyOptions): Statement {
  if (options.where !== undefined) {
    return {
      sql: `SELECT ${hint(options)}COUNT(*) FROM ${from(options)}${wherePeople(options)}`,
      texts: [],
    };
  }
  const { schema, table } = parseTableName(options.table);
  const sql =
    'SELECT table_rows FROM information_schema.tables ' +
    `WHERE table_schema = ${schema === undefined ? 'DATABASE()' : '?'} AND table_name = ?`;
  return { sql, texts: schema === undefined ? [table] : [schema, table] };
}

/** MySQL gives up by itself what nobody waits for any more; MariaDB reads a comment. */
export function hint({ timeoutMs }: LegacyOptions): string {
  return `/*+ MAX_EXECUTION_TIME(${timeoutMs}) */ `;
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
  const name = quoteName(item.column);
  if (column === undefined) return name;
  if (item.as === 'present') return `CASE WHEN LENGTH(${name}) > 0 THEN 1 ELSE 0 END`;
  // The server knows its time zone and that of TIMESTAMP columns; a date as text would have lost it. A DATETIME has
  // none, and the operator may know better than the server where its clock hung.
  const isMoment =
    MOMENTS.includes(column.dataType) && !(column.dataType === 'datetime' && timeZone !== undefined);
  if (item.as === 'moment' && isMoment) return `UNIX_TIMESTAMP(${name})`;
  if (column.dataType === 'bit') return `CAST(${name} AS UNSIGNED)`;
  return isWide(column) ? `LEFT(${name}, ${MAX_READ})` : name;
}

function isWide({ maxLength }: ColumnInfo): boolean {
  return maxLength !== undefined && maxLength > MAX_READ;
}
