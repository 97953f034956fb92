import type { TableName } from '../mapping/table-name.ts';

/** An identifier in double quotes, which double inside (PostgreSQL manual, 4.1.1). */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Where a table is whose schema is not named; the search path is not asked, since others may write into it. */
const DEFAULT_SCHEMA = 'public';

export function schemaOf({ schema }: TableName): string {
  return schema ?? DEFAULT_SCHEMA;
}

export function quoteTable(name: TableName): string {
  return `${quoteName(schemaOf(name))}.${quoteName(name.table)}`;
}
