import { sql } from 'kysely';
import type { Database } from '../engine.ts';
import { type Column, type ColumnKind, splitTableName, type Table, type UniqueIndex } from '../table.ts';

interface ColumnRow {
  name: string;
  type: string;
  nullable: string;
  initial: string | null;
  extra: string;
  length: number | string | null;
  collation: string | null;
}

export async function describeTable(db: Database, tableName: string): Promise<Table | undefined> {
  const { schema, name } = splitTableName(tableName);
  const place = sql`table_schema = ${schema === undefined ? sql`database()` : sql`${schema}`} and table_name = ${name}`;
  const { rows: columns } = await sql<ColumnRow>`
    select column_name as name, data_type as type, is_nullable as nullable, column_default as initial,
      extra as extra, character_maximum_length as length, collation_name as collation
    from information_schema.columns where ${place} order by ordinal_position`.execute(db);
  if (columns.length === 0) return undefined;
  const { rows: indexed } = await sql<{ name: string; column: string | null; prefix: number | null }>`
    select index_name as name, column_name as ${sql.id('column')}, sub_part as prefix
    from information_schema.statistics where ${place} and non_unique = 0
    order by index_name, seq_in_index`.execute(db);
  return {
    columns: new Map(columns.map((row) => [row.name.toLowerCase(), columnOf(row)])),
    uniqueIndexes: indexesOf(indexed),
  };
}

function columnOf(row: ColumnRow): Column {
  return {
    name: row.name,
    kind: kindOf(row.type.toLowerCase()),
    nullable: row.nullable === 'YES',
    fillsItself:
      row.nullable === 'YES' || row.initial !== null || /auto_increment|generated/i.test(row.extra),
    length: row.length === null ? undefined : Number(row.length),
    ignoresCase: row.collation?.endsWith('_ci') ?? false,
  };
}

function kindOf(type: string): ColumnKind {
  if (type === 'date') return 'date';
  if (type === 'datetime' || type === 'timestamp') return 'datetime';
  return /^((tiny|small|medium|big)?int|decimal|float|double|bit|year)$/.test(type) ? 'number' : 'text';
}

/** An index over a part of a column, or over an expression, says something else than that the column is unique. */
function indexesOf(rows: { name: string; column: string | null; prefix: number | null }[]): UniqueIndex[] {
  const byName = Map.groupBy(rows, ({ name }) => name);
  return [...byName]
    .filter(([, parts]) => parts.every(({ column, prefix }) => column !== null && prefix === null))
    .map(([name, parts]) => ({ name, columns: parts.map(({ column }) => column ?? '') }));
}
