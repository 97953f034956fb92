import type { TableName } from '../mapping/table-name.ts';

/** An identifier in backticks, which double inside (MySQL manual, "Schema Object Names"). */
export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

export function quoteTable({ schema, table }: TableName): string {
  return schema === undefined ? quoteName(table) : `${quoteName(schema)}.${quoteName(table)}`;
}

/** A text literal for statements that are shown to people, never sent. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
