/** A table of the target, as far as a copy has to know it. */
export interface Table {
  /** By name in lower case: MySQL and SQLite do not tell the case of column names apart. */
  readonly columns: ReadonlyMap<string, Column>;
  readonly uniqueIndexes: readonly UniqueIndex[];
}

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  /** False when an insert must give it a value. */
  readonly fillsItself: boolean;
  /** In characters; undefined when nothing bounds it. */
  readonly length: number | undefined;
  /** Whether the column compares without regard to case. */
  readonly ignoresCase: boolean;
}

export type ColumnKind = 'number' | 'date' | 'datetime' | 'text';

export interface UniqueIndex {
  readonly name: string;
  readonly columns: readonly string[];
}

export const columnOf = (table: Table, name: string): Column | undefined =>
  table.columns.get(name.toLowerCase());

export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Whether no two rows can have the same value in this column. */
export function isUnique(table: Table, column: string): boolean {
  return table.uniqueIndexes.some(
    ({ columns }) => columns.length === 1 && columns.every((name) => sameName(name, column)),
  );
}

/** `users` or `schema.users`. */
export function splitTableName(table: string): { schema: string | undefined; name: string } {
  const dot = table.indexOf('.');
  return dot === -1
    ? { schema: undefined, name: table }
    : { schema: table.slice(0, dot), name: table.slice(dot + 1) };
}
