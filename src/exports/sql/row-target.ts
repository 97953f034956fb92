import type { ColumnDefinition, ColumnKind, ExportValue, TableDefinition } from '../export.ts';
import { type Decode, decoderFor } from './charset.ts';
import type { Grammar } from './grammar.ts';

/** Where the rows of one statement go. */
export interface RowTarget {
  readonly table: TableDefinition;
  /** The kinds of the columns that the statement names, in its order. */
  readonly kinds: readonly ColumnKind[];
  readonly decode: Decode;
  /** The statement's order as the table's. */
  arrange(values: ExportValue[]): readonly ExportValue[];
  columnName(index: number): string;
}

/** @returns a sentence where the statement names a column that the table has not */
export function createRowTarget(
  table: TableDefinition,
  names: readonly string[] | undefined,
  grammar: Grammar,
): RowTarget | string {
  const places = names?.map((name) => placeOf(table.columns, name)) ?? table.columns.map((_, index) => index);
  const unknown = places.indexOf(-1);
  if (unknown !== -1) return 'The rows name a column that the table does not have.';
  const columns = places.map((place) => table.columns[place] as ColumnDefinition);
  const bytea =
    grammar.dialect === 'postgres' ? columns.flatMap(({ kind }, i) => (kind === 'bytes' ? [i] : [])) : [];
  const inOrder = places.length === table.columns.length && places.every((place, index) => place === index);
  return {
    table,
    kinds: columns.map(({ kind }) => kind),
    decode: grammar.decode ?? decoderFor(table.charset === undefined ? 'utf8mb4' : readable(table.charset)),
    arrange(values) {
      for (const index of bytea) values[index] = fromHexFormat(values[index] ?? null);
      if (inOrder) return values;
      const arranged: ExportValue[] = new Array(table.columns.length).fill(null);
      places.forEach((place, index) => {
        arranged[place] = values[index] ?? null;
      });
      return arranged;
    },
    columnName: (index) => columns[index]?.name ?? '',
  };
}

/** A dump is a text as a whole, in a charset that cannot be a table's `binary` or `utf16`. */
function readable(charset: string): string {
  return /^(binary|ucs2|utf16|utf16le|utf32)$/.test(charset) ? 'utf8mb4' : charset;
}

function placeOf(columns: readonly ColumnDefinition[], name: string): number {
  const exact = columns.findIndex((column) => column.name === name);
  return exact !== -1
    ? exact
    : columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
}

/** PostgreSQL writes `bytea` as the text `\x` and hex digits. */
function fromHexFormat(value: ExportValue): ExportValue {
  if (!(value instanceof Uint8Array)) return value;
  const text = Buffer.from(value).toString('latin1');
  return /^\\x([0-9a-f]{2})*$/i.test(text) ? Buffer.from(text.slice(2), 'hex') : value;
}
