import type { ColumnDefinition, ColumnKind, IndexDefinition, TableDefinition } from '../export.ts';
import { quoteName } from './names.ts';

/** Types whose affinity changes nothing of what is stored (https://sqlite.org/datatype3.html). */
const TYPES: Record<ColumnKind, string> = {
  text: 'TEXT',
  integer: 'INTEGER',
  bits: 'INTEGER',
  real: 'REAL',
  bytes: 'BLOB',
};

/** No constraints: what the old database let in must come in. Keys are made once the rows are there. */
export function createTableSql({ name, columns }: TableDefinition): string {
  return `CREATE TABLE ${quoteName(name)} (${columns.map(columnSql).join(', ')})`;
}

export function addColumnSql({ name }: TableDefinition, column: ColumnDefinition): string {
  return `ALTER TABLE ${quoteName(name)} ADD COLUMN ${columnSql(column)}`;
}

export function insertSql({ name, columns }: TableDefinition): string {
  return `INSERT INTO ${quoteName(name)} VALUES (${columns.map(() => '?').join(', ')})`;
}

function columnSql({ name, kind }: ColumnDefinition): string {
  return `${quoteName(name)} ${TYPES[kind]}`;
}

/** The primary key is a unique index as well: `name` is unique in the file. */
export function keysOf({ primaryKey, indexes, columns }: TableDefinition): IndexDefinition[] {
  const known = new Set(columns.map(({ name }) => name.toLowerCase()));
  const primary = primaryKey.length === 0 ? [] : [{ name: 'primary', columns: primaryKey, unique: true }];
  return [...primary, ...indexes].filter(
    (index) => index.columns.length > 0 && index.columns.every((column) => known.has(column.toLowerCase())),
  );
}

export function createIndexSql(
  table: TableDefinition,
  index: IndexDefinition,
  name: string,
  how: { unique: boolean; noCase: boolean },
): string {
  const columns = index.columns.map((column) => quoteName(column) + (how.noCase ? ' COLLATE NOCASE' : ''));
  const unique = how.unique ? 'UNIQUE ' : '';
  return `CREATE ${unique}INDEX ${quoteName(name)} ON ${quoteName(table.name)} (${columns.join(', ')})`;
}

/**
 * Whether the old database's look-ups in this key were blind to case: the bridge may be told to match so too, and needs
 * an index that can.
 */
export function wasCaseBlind(table: TableDefinition, { columns }: IndexDefinition): boolean {
  const [name] = columns;
  const column = table.columns.find((candidate) => candidate.name.toLowerCase() === name?.toLowerCase());
  if (columns.length !== 1 || column?.kind !== 'text' || /^(bigint|decimal|numeric)/i.test(column.type))
    return false;
  return !/_(bin|cs)$/i.test(column.collation ?? table.collation ?? '');
}
