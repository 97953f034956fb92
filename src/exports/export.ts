/** What an export of a user table says, whatever its format: a MySQL, PostgreSQL or SQLite dump, CSV, NDJSON. */

/** How values of a column are handed over. `text` stays text: leading zeros, dates, decimals, hashes. */
export type ColumnKind = 'text' | 'integer' | 'real' | 'bytes' | 'bits';

export interface ColumnDefinition {
  readonly name: string;
  /** As the export writes it, e.g. `varchar(60)`; empty where the export has no types. */
  readonly type: string;
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  /** Computed by the database; a dump may leave its values out, which then are null. */
  readonly generated: boolean;
  readonly charset?: string;
  readonly collation?: string;
}

export interface IndexDefinition {
  readonly name: string;
  readonly columns: readonly string[];
  /** A unique key on the beginnings of texts does not make the whole texts unique: it is not `unique` here. */
  readonly unique: boolean;
}

export interface TableDefinition {
  /** Unique within the export: a second `users`, of another schema, is called `schema__users`. */
  readonly name: string;
  readonly schema?: string;
  readonly columns: readonly ColumnDefinition[];
  /** Empty where there is none, or where it is not known yet. */
  readonly primaryKey: readonly string[];
  readonly indexes: readonly IndexDefinition[];
  readonly charset?: string;
  readonly collation?: string;
}

export type ExportValue = string | number | bigint | null | Uint8Array;

export type ExportEvent =
  | { readonly kind: 'table'; readonly table: TableDefinition }
  /** Keys that a dump adds at its end, columns that an NDJSON file brings up later: the whole definition anew. */
  | { readonly kind: 'altered'; readonly table: TableDefinition }
  /** One value a column of the table, in its order. `raw` is the row as the export writes it. */
  | {
      readonly kind: 'row';
      readonly table: string;
      readonly values: readonly ExportValue[];
      readonly line: number;
      readonly raw: () => Buffer;
    }
  /** Something that should have been a row and is none. The reason never quotes a value. */
  | {
      readonly kind: 'fault';
      readonly table?: string;
      readonly line: number;
      readonly reason: string;
      readonly raw: Buffer;
    }
  /** A statement that holds no rows, e.g. `SET`, `DROP TABLE`; or rows that the options leave out. */
  | { readonly kind: 'skipped'; readonly what: string; readonly line: number };

export const EXPORT_FORMATS = ['sql', 'csv', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  /** Undefined: by the name, else by the first bytes. */
  readonly format?: ExportFormat;
  /** Where the export does not say it, or says it wrongly: `utf8`, `latin1`, or another name MySQL gives. */
  readonly charset?: string;
  /** What a CSV or NDJSON file's only table is called. Default: the file's name. */
  readonly tableName?: string;
  /** Of a CSV file. Undefined: found among `,` `;` tab `|`. */
  readonly delimiter?: string;
  /** CSV values that mean NULL. Default: `\N` and `NULL`. */
  readonly nullWords?: readonly string[];
}

export interface ExportProgress {
  /** Bytes taken from the file, compressed as it may be. */
  readonly bytesRead: number;
  /** Undefined for a stream. */
  readonly bytesTotal?: number;
}

export interface ExportReader {
  readonly format: ExportFormat;
  /** To be walked once. Leaving the walk early closes the file. */
  readonly events: AsyncIterable<ExportEvent>;
  progress(): ExportProgress;
  /** For a reader whose events are not walked. */
  close(): Promise<void>;
}
