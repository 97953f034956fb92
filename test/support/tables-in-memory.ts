import type { IndexDefinition, TableSource } from '../../src/domain/table-source.ts';

export interface MemoryTable {
  readonly name: string;
  /** `name type` each. */
  readonly columns: readonly string[];
  readonly primaryKey?: readonly string[];
  readonly indexes?: readonly IndexDefinition[];
  readonly collation?: string;
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Tables that need no database. */
export function tablesInMemory(...tables: readonly MemoryTable[]): TableSource {
  const sourceTables = tables.map(({ name, columns, primaryKey = [], indexes = [], collation, rows }) => ({
    definition: {
      name,
      columns: columns.map((column) => {
        const [columnName = '', type = ''] = column.split(' ');
        return { name: columnName, type, nullable: true, collation };
      }),
      primaryKey,
      indexes,
    },
    rows: rows.length,
  }));
  return {
    tables: async () => sourceTables,
    async *rows({ name, columns }, limit) {
      const found = tables.find((table) => table.name === name);
      for (const row of found?.rows.slice(0, limit) ?? []) {
        yield new Map(columns.map((column, index) => [column.name, row[index] ?? null]));
      }
    },
    async rowsWhere({ name, columns }, column, text) {
      const found = tables.find((table) => table.name === name);
      const rows = (found?.rows ?? []).map(
        (row) => new Map(columns.map((one, index) => [one.name, row[index] ?? null])),
      );
      return rows.filter((row) => row.get(column)?.toLowerCase() === text.toLowerCase());
    },
    close: async () => {},
  };
}
