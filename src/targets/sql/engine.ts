import type { Kysely, RawBuilder } from 'kysely';
import type { Table } from './table.ts';

export type Database = Kysely<unknown>;

/** What differs between the databases a table of users may live in. */
export interface Engine {
  open(): Database;
  /** The table as the database knows it; undefined when there is none, or the account may not see it. */
  describe(db: Database): Promise<Table | undefined>;
  /** A condition that finds at least the rows whose column equals the value but for case, by an index if it can. */
  likelyEqual(table: Table, column: string, value: string): RawBuilder<boolean>;
  /** What an error of this database means; undefined when it says nothing we know. */
  explain(error: unknown): Trouble | undefined;
}

/**
 * What kept a statement from being done. `names` are what the database's message calls the column, or the index that
 * was violated; they come out of free text and are only believed when the table has such a column or index.
 */
export type Trouble =
  | { readonly kind: 'duplicate'; readonly names: readonly string[] }
  | { readonly kind: 'refused'; readonly what: string; readonly names: readonly string[] }
  | { readonly kind: 'retry'; readonly what: string }
  | { readonly kind: 'unavailable'; readonly what: string };
