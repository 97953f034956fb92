import type { LayoutMatch, LayoutTable, Texts } from '../known-layout.ts';

export interface Wanted {
  /** The software's name of the table behind a prefix; a table of another name is taken when none has it. */
  readonly called: string;
  /** The columns that no table of another kind has together. */
  readonly columns: readonly string[];
  /** Columns that make it another kind of table. */
  readonly without?: readonly string[];
  /** Further tables that must be there. They stand behind the same prefix. */
  readonly beside?: Readonly<Record<string, readonly string[]>>;
}

/** Tables of the people who run the software, when there is another one. */
const STAFF = /admin|staff|employee|moderator/i;

export function findTable(tables: readonly LayoutTable[], wanted: Wanted): LayoutMatch | undefined {
  const fitting = tables
    .filter(
      (table) =>
        wanted.columns.every((column) => hasColumn(table, column)) &&
        !wanted.without?.some((column) => hasColumn(table, column)),
    )
    .toSorted((a, b) => rank(wanted, a) - rank(wanted, b) || a.name.length - b.name.length);
  for (const table of fitting) {
    const prefix = prefixOf(wanted, table) ?? '';
    const beside = besideOf(tables, prefix, wanted.beside ?? {});
    if (beside !== undefined) return { prefix, table, beside };
  }
  return undefined;
}

export function hasColumn(table: LayoutTable, name: string): boolean {
  return columnOf(table, name) !== undefined;
}

/** The spelling of the first of these columns that the table has. */
export function firstColumn(table: LayoutTable, ...names: readonly string[]): string | undefined {
  return names.flatMap((name) => columnOf(table, name)?.name ?? [])[0];
}

/**
 * How the database compares this column, for software that leaves it to the database: MySQL's usual collations take
 * capitals and small letters for the same.
 */
export function ruleOf(table: LayoutTable, name: string): 'exact' | 'case-insensitive' {
  const { collation, charset } = textsOf(table, name);
  // A character set without a collation means its default, which is blind to case for every set but `binary`.
  const isBlind =
    collation === undefined ? charset !== undefined && charset !== 'binary' : /_ci$/i.test(collation);
  return isBlind ? 'case-insensitive' : 'exact';
}

/** The character set and the collation of a column, by itself or by its table. */
export function textsOf(table: LayoutTable, name: string): Texts {
  const column = columnOf(table, name);
  return column?.charset === undefined && column?.collation === undefined ? table : column;
}

/** Claims whose column the table has. */
export function profileOf(table: LayoutTable, claims: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(claims).filter(([, column]) => hasColumn(table, column)));
}

function columnOf(table: LayoutTable, name: string) {
  return table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
}

function prefixOf({ called }: Wanted, { name }: LayoutTable): string | undefined {
  const plain = name.slice(name.lastIndexOf('.') + 1);
  return plain.toLowerCase().endsWith(called.toLowerCase())
    ? plain.slice(0, plain.length - called.length)
    : undefined;
}

function rank(wanted: Wanted, table: LayoutTable): number {
  return (STAFF.test(table.name) ? 2 : 0) + (prefixOf(wanted, table) === undefined ? 1 : 0);
}

function besideOf(
  tables: readonly LayoutTable[],
  prefix: string,
  wanted: Readonly<Record<string, readonly string[]>>,
): Record<string, LayoutTable> | undefined {
  const found: Record<string, LayoutTable> = {};
  for (const [called, columns] of Object.entries(wanted)) {
    const table = tables.find(
      ({ name }) =>
        name.slice(name.lastIndexOf('.') + 1).toLowerCase() === `${prefix}${called}`.toLowerCase(),
    );
    if (table === undefined || !columns.every((column) => hasColumn(table, column))) return undefined;
    found[called] = table;
  }
  return found;
}
