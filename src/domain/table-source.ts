/** A table as the database or an export declares it. */
export interface TableDefinition {
  /** As a configuration would write it: `users`, or `crm.users` outside the default schema. */
  readonly name: string;
  readonly columns: readonly ColumnDefinition[];
  /** Column names in order; empty when there is none, as for a view or a CSV file. */
  readonly primaryKey: readonly string[];
  readonly indexes: readonly IndexDefinition[];
}

export interface ColumnDefinition {
  readonly name: string;
  /** As it is declared, in lower case: `varchar(60)`, `bigint(20) unsigned`, `timestamp`; empty when nothing is. */
  readonly type: string;
  readonly nullable: boolean;
  /** Of a text column, where the source knows it: `utf8mb4_general_ci`. */
  readonly collation?: string | undefined;
}

export interface IndexDefinition {
  /** In order; an expression stands as the database writes it. */
  readonly columns: readonly string[];
  readonly unique: boolean;
}

/** A row as text, by column name: bytes that are not UTF-8 in hex, SQL's NULL as null. */
export type SourceRow = ReadonlyMap<string, string | null>;

export interface SourceTable {
  readonly definition: TableDefinition;
  /** May be the database's own estimate; undefined when finding out would be expensive. */
  readonly rows: number | undefined;
}

/** Tables to look at, wherever they are: a live database, a dump, a CSV file. Nothing is ever written. */
export interface TableSource {
  /** The tables and views that may be read. */
  tables(): Promise<SourceTable[]>;
  /**
   * Some rows of a table: all of them when there are no more than `limit`, else the first and the last by primary key
   * where there is one. Long values are cut at a length that no password column reaches.
   */
  rows(table: TableDefinition, limit: number): AsyncIterable<SourceRow>;
  /**
   * The rows in whose column this text stands, in whatever case the source finds equal: a few at the most, so that the
   * caller decides which is meant. Values are cut as those of `rows`.
   *
   * @throws BridgeError `not_found` when the table has no such column
   */
  rowsWhere(table: TableDefinition, column: string, text: string): Promise<SourceRow[]>;
  close(): Promise<void>;
}

/** How many rows `rowsWhere` gives at the most. */
export const MOST_ROWS_WHERE = 8;
