import type Database from 'better-sqlite3';
import { parseTableName } from '../mapping/table-name.ts';
import type { LegacyOptions } from '../options.ts';

/** The columns of the table or view, generated ones among them; none when there is no such table. */
export function columnNames(options: LegacyOptions, database: Database.Database): string[] {
  return columnsOf(options.table, database);
}

export function columnsOf(name: string, database: Database.Database): string[] {
  const { schema = 'main', table } = parseTableName(name);
  return database
    .prepare<[string, string], string>('SELECT name FROM pragma_table_xinfo(?, ?)')
    .pluck()
    .all(table, schema);
}
