import { textOf } from '../../domain/cell.ts';
import type { Questions } from '../asking/questions.ts';
import type { TableName } from '../mapping/table-name.ts';
import { schemaOf } from './names.ts';

/** What the catalog says of a column; of a domain, what it says of the type below. */
export interface ColumnInfo {
  readonly name: string;
  /** As `pg_type` has it, e.g. `int4`, `varchar`, `bpchar`, `timestamptz`, `citext`. */
  readonly type: string;
  /** Where that type is; `citext` is in whatever schema the extension was put. */
  readonly typeSchema: string;
  /** Undefined: that of the database. */
  readonly collation: { readonly schema: string; readonly name: string } | undefined;
}

/** By name, as written: PostgreSQL's names have a case. */
export type TableColumns = ReadonlyMap<string, ColumnInfo>;

/** The columns that the account may read: none when the table is missing or nothing of it is granted. */
export async function readColumns(questions: Questions, name: TableName): Promise<TableColumns> {
  const rows = await questions.ask(
    `SELECT a.attname, t.typname, tn.nspname, c.collname, cn.nspname
       FROM pg_attribute a
       JOIN pg_class r ON r.oid = a.attrelid
       JOIN pg_namespace n ON n.oid = r.relnamespace
       JOIN pg_type d ON d.oid = a.atttypid
       JOIN pg_type t ON t.oid = CASE d.typtype WHEN 'd' THEN d.typbasetype ELSE d.oid END
       JOIN pg_namespace tn ON tn.oid = t.typnamespace
       LEFT JOIN pg_collation c ON c.oid = a.attcollation AND c.collname <> 'default'
       LEFT JOIN pg_namespace cn ON cn.oid = c.collnamespace
      WHERE n.nspname = $1::text AND r.relname = $2::text AND r.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND a.attnum > 0 AND NOT a.attisdropped
        AND has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(r.oid, a.attnum, 'SELECT')
      ORDER BY a.attnum`,
    [schemaOf(name), name.table],
  );
  const columns = rows.map((row): ColumnInfo => {
    const [column = '', type = '', typeSchema = '', collation, collationSchema] = row.map(textOf);
    return {
      name: column,
      type,
      typeSchema,
      collation:
        collation === undefined || collationSchema === undefined
          ? undefined
          : { schema: collationSchema, name: collation },
    };
  });
  return new Map(columns.map((column) => [column.name, column]));
}

/** As the configuration spells it, else the one that differs by its case alone. */
export function columnNamed(columns: TableColumns, name: string): ColumnInfo | undefined {
  const exact = columns.get(name);
  if (exact !== undefined) return exact;
  return [...columns.values()].find((column) => column.name.toLowerCase() === name.toLowerCase());
}
