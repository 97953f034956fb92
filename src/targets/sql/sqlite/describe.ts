import { sql } from 'kysely';
import type { Database } from '../engine.ts';
import { type Column, type ColumnKind, splitTableName, type Table, type UniqueIndex } from '../table.ts';

interface ColumnRow {
  name: string;
  type: string;
  notnull: number;
  initial: string | null;
  pk: number;
}

export async function describeTable(db: Database, tableName: string): Promise<Table | undefined> {
  const { schema = 'main', name: table } = splitTableName(tableName);
  const { rows } = await sql<ColumnRow>`
    select name, type, "notnull", dflt_value as initial, pk from pragma_table_info(${table}, ${schema})`.execute(
    db,
  );
  if (rows.length === 0) return undefined;
  const { rows: indexed } = await sql<{ name: string; column: string | null }>`
    select list.name, info.name as "column"
    from pragma_index_list(${table}, ${schema}) as list, pragma_index_info(list.name, ${schema}) as info
    where list."unique" = 1 and list.partial = 0 order by list.name, info.seqno`.execute(db);
  const keys = rows.filter(({ pk }) => pk > 0);
  return {
    columns: new Map(rows.map((row) => [row.name.toLowerCase(), columnOf(row, keys.length === 1)])),
    uniqueIndexes: [...indexesOf(indexed), { name: 'PRIMARY', columns: keys.map(({ name }) => name) }],
  };
}

function columnOf(row: ColumnRow, keyIsOneColumn: boolean): Column {
  const isRowId = row.pk > 0 && keyIsOneColumn && /^integer$/i.test(row.type);
  return {
    name: row.name,
    kind: kindOf(row.type),
    nullable: row.notnull === 0 && row.pk === 0,
    fillsItself: row.notnull === 0 || row.initial !== null || isRowId,
    // SQLite keeps what it is given, whatever length the type names.
    length: undefined,
    ignoresCase: false,
  };
}

function kindOf(type: string): ColumnKind {
  if (/time/i.test(type)) return 'datetime';
  if (/date/i.test(type)) return 'date';
  return /int|real|floa|doub|num|dec|bool/i.test(type) ? 'number' : 'text';
}

function indexesOf(rows: { name: string; column: string | null }[]): UniqueIndex[] {
  return [...Map.groupBy(rows, ({ name }) => name)]
    .filter(([, parts]) => parts.every(({ column }) => column !== null))
    .map(([name, parts]) => ({ name, columns: parts.map(({ column }) => column ?? '') }));
}
