import type { ExportProgress, TableDefinition } from './export.ts';

/** What came of one table. `read` is `loaded` and `rejected` together. */
export interface LoadedTable {
  readonly table: string;
  readonly read: number;
  readonly loaded: number;
  readonly rejected: number;
}

export interface LoadSummary {
  readonly file: string;
  readonly tables: readonly LoadedTable[];
  /** Tables that the export has and that were not asked for, with their rows. */
  readonly leftOut: readonly { readonly table: string; readonly rows: number }[];
  /** Statements that hold no rows, counted by their first words. */
  readonly skipped: Readonly<Record<string, number>>;
  /** What was rejected, tables that could not be made included. */
  readonly rejected: number;
  /** Where the rejected rows are; undefined when there are none. */
  readonly rejectsFile: string | undefined;
  /** Sentences: keys that do not hold, columns that the export has no values for. */
  readonly remarks: readonly string[];
  /** Views that were made on top of the tables, by name. */
  readonly views: readonly string[];
  /** Keys that the export promises and its rows break: a look-up may find two people. */
  readonly brokenKeys: number;
}

/** What whoever reads the file will need beyond what the export says. */
export interface LoadNeeds {
  /** Each is one CREATE VIEW. */
  readonly views: readonly LoadedView[];
  readonly lookUps: readonly LookUp[];
}

/** People will be looked up by this column: it gets an index that serves that, if none does. */
export interface LookUp {
  readonly table: string;
  readonly column: string;
  readonly caseBlind: boolean;
}

export interface LoadedView {
  readonly name: string;
  /** A whole statement in the SQL of SQLite. */
  readonly sql: string;
}

export interface LoadOptions {
  /** Undefined: all. */
  readonly tables?: readonly string[];
  /** What is to be made on top of the tables that were loaded. */
  readonly needs?: (tables: readonly TableDefinition[]) => LoadNeeds;
  /** Whether an existing file may be replaced. */
  readonly replace: boolean;
  readonly onProgress?: (progress: ExportProgress & { rows: number; rejected: number }) => void;
  /** Stops the load; what was made so far is removed. */
  readonly signal?: AbortSignal;
}
