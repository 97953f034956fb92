import type { TableDefinition } from '../export.ts';
import { MAX_COLUMNS, MAX_NAME, MAX_TABLES } from '../limits.ts';

/** The tables that the dump spoke of so far. */
export interface Tables {
  find(schema: string | undefined, name: string): TableDefinition | undefined;
  /** @returns the definition under a name of its own, or a sentence that says why it cannot be taken */
  add(table: TableDefinition): TableDefinition | string;
  replace(table: TableDefinition): void;
}

export function createTables(): Tables {
  const byPlace = new Map<string, TableDefinition>();
  const names = new Set<string>();
  const placeOf = (schema: string | undefined, name: string) => `${schema ?? ''}\0${name}`;
  const own = new Map<string, string>();
  return {
    find: (schema, name) => byPlace.get(placeOf(schema, name)),
    add(table) {
      const fault = faultOf(table, byPlace.size);
      if (fault !== undefined) return fault;
      const place = placeOf(table.schema, table.name);
      if (byPlace.has(place)) return 'The table is defined a second time; the first definition holds.';
      const name = names.has(table.name.toLowerCase())
        ? `${table.schema ?? 'other'}__${table.name}`
        : table.name;
      if (names.has(name.toLowerCase())) return 'Another table has this name, case apart.';
      names.add(name.toLowerCase());
      own.set(name, place);
      const added = { ...table, name };
      byPlace.set(place, added);
      return added;
    },
    replace(table) {
      const place = own.get(table.name);
      if (place !== undefined) byPlace.set(place, table);
    },
  };
}

function faultOf({ name, columns }: TableDefinition, tables: number): string | undefined {
  if (tables >= MAX_TABLES) return `The export has more than ${MAX_TABLES} tables.`;
  if (columns.length === 0) return 'The columns of the table are not in the export.';
  if (columns.length > MAX_COLUMNS) return `The table has more than ${MAX_COLUMNS} columns.`;
  if ([name, ...columns.map((column) => column.name)].some((text) => text === '' || text.length > MAX_NAME)) {
    return `The table or one of its columns has no name, or one of more than ${MAX_NAME} characters.`;
  }
  const seen = new Set(columns.map((column) => column.name.toLowerCase()));
  return seen.size < columns.length ? 'Two columns of the table have the same name, case apart.' : undefined;
}
