/** What a layout looks at of a table; whatever declares more fits as well. */
export interface LayoutTable extends Texts {
  readonly name: string;
  readonly columns: readonly (Texts & { readonly name: string; readonly type: string })[];
}

/** How texts are written and compared; a column that does not say it follows its table. */
export interface Texts {
  readonly charset?: string | undefined;
  readonly collation?: string | undefined;
}

/** All must be true of a row: `[['is_guest', '=', 0]]`. */
export type PeopleTerms = readonly (readonly [
  column: string,
  operator: '=' | '<>',
  value: string | number,
])[];

export interface LayoutMatch {
  /** What stands before the software's own name of the table: `wp_`. */
  readonly prefix: string;
  readonly table: LayoutTable;
  /** The further tables that the layout asked for, under the names it asked by. */
  readonly beside: Readonly<Record<string, LayoutTable>>;
}

/** Whether any password value that was sampled looks like this; the values themselves stay where they are. */
export type Seen = (pattern: RegExp) => boolean;

/** A view that must exist before the configuration works, because one table alone does not say enough. */
export interface LayoutView {
  readonly name: string;
  /** A whole statement that MySQL, MariaDB and SQLite understand. */
  readonly sql: string;
  /** Where those columns of the configuration come from that stand elsewhere, or under another name, below the view. */
  readonly from: Readonly<Record<string, { readonly table: string; readonly column: string }>>;
}

export interface LayoutAnswer {
  /** The `legacy` block without `kind` and `url`, in the keys of `legacy/options.ts`, not yet checked by them. */
  readonly legacy: Readonly<Record<string, unknown>>;
  /** Sentences for comments in the written configuration. */
  readonly notes: readonly string[];
  readonly view?: LayoutView;
  /** Which rows are people; the same as `where` of the block. Undefined: all. */
  readonly people?: PeopleTerms;
}

/** How one software keeps its people, so that its tables are recognised at sight. */
export interface KnownLayout {
  readonly software: string;
  readonly versions: string;
  /** Decided by columns; the name of the table only chooses among several and gives the prefix. */
  match(tables: readonly LayoutTable[]): LayoutMatch | undefined;
  legacy(match: LayoutMatch, seen: Seen): LayoutAnswer;
}
