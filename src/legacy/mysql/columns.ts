import { textOf } from '../../domain/cell.ts';
import type { Questions } from '../asking/questions.ts';
import type { TableName } from '../mapping/table-name.ts';

/** What information_schema says of a column. */
export interface ColumnInfo {
  readonly name: string;
  /** Lower case, e.g. `varchar`, `bigint`. */
  readonly dataType: string;
  readonly unsigned: boolean;
  /** Undefined for columns that hold no text. */
  readonly text: { readonly charset: string; readonly collation: string } | undefined;
  /** In characters, or bytes for binary columns; undefined for numbers and dates. */
  readonly maxLength: number | undefined;
}

/** By name in lower case, since MySQL's column names have no case. */
export type TableColumns = ReadonlyMap<string, ColumnInfo>;

/** The columns that the account may see: none when the table is missing or nothing of it is granted. */
export async function readColumns(questions: Questions, name: TableName): Promise<TableColumns> {
  const rows = await questions.ask(
    `SELECT column_name, data_type, column_type, character_set_name, collation_name, character_maximum_length
       FROM information_schema.columns
      WHERE table_schema = ${name.schema === undefined ? 'DATABASE()' : '?'} AND table_name = ?`,
    name.schema === undefined ? [name.table] : [name.schema, name.table],
  );
  const columns = rows.map((row): ColumnInfo => {
    const [column = '', dataType = '', columnType = '', charset, collation, maxLength] = row.map(textOf);
    return {
      name: column,
      dataType: dataType.toLowerCase(),
      unsigned: /\bunsigned\b/i.test(columnType),
      text: isName(charset) && isName(collation) ? { charset, collation } : undefined,
      maxLength: maxLength === undefined ? undefined : Number(maxLength),
    };
  });
  return new Map(columns.map((column) => [column.name.toLowerCase(), column]));
}

export function columnNamed(columns: TableColumns, name: string): ColumnInfo | undefined {
  return columns.get(name.toLowerCase());
}

/** These names go into statements as they are. */
function isName(text: string | undefined): text is string {
  return text !== undefined && /^[a-z0-9_]{1,64}$/i.test(text);
}
