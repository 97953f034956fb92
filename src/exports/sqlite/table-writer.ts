import type Database from 'better-sqlite3';
import type { ExportValue, IndexDefinition, TableDefinition } from '../export.ts';
import { MAX_NAME } from '../limits.ts';
import {
  addColumnSql,
  createIndexSql,
  createTableSql,
  insertSql,
  keysOf,
  wasCaseBlind,
} from './table-sql.ts';

/** One table of the file that is being made. */
export interface TableWriter {
  readonly definition: TableDefinition;
  loaded: number;
  rejected: number;
  /** @throws the driver's error for a value that SQLite cannot hold */
  insert(values: readonly ExportValue[]): void;
  alter(definition: TableDefinition): void;
  /** Makes the keys, at the end. Returns sentences about those that the rows break. */
  makeKeys(): string[];
}

export function createTableWriter(database: Database.Database, first: TableDefinition): TableWriter {
  let definition = first;
  database.exec(createTableSql(first));
  let insert = database.prepare(insertSql(first));
  return {
    get definition() {
      return definition;
    },
    loaded: 0,
    rejected: 0,
    insert: (values) => void insert.run(values),
    alter(changed) {
      const fresh = changed.columns.slice(definition.columns.length);
      for (const column of fresh) database.exec(addColumnSql(changed, column));
      if (fresh.length > 0) insert = database.prepare(insertSql(changed));
      definition = changed;
    },
    makeKeys: () => makeKeys(database, definition),
  };
}

/** Index names are shared by all tables of a file. */
function makeKeys(database: Database.Database, table: TableDefinition): string[] {
  const broken: string[] = [];
  keysOf(table).forEach((index, count) => {
    const name = `${table.name}_${index.name}`.slice(0, 2 * MAX_NAME);
    const own = nameTaken(database, name) ? `${name}_${count}` : name;
    if (makeIndex(database, table, index, own, false) === 'broken') {
      broken.push(
        `${table.name} (${index.columns.join(', ')}) is a unique key in the export, and its rows break it: ` +
          'the same value stands in several rows. The index was made without uniqueness.',
      );
    }
    if (wasCaseBlind(table, index)) makeIndex(database, table, index, `${own}_nocase`, true);
  });
  return broken;
}

/** @returns `broken` when the rows do not let it be unique as the export says: then it is made without that */
function makeIndex(
  database: Database.Database,
  table: TableDefinition,
  index: IndexDefinition,
  name: string,
  noCase: boolean,
): 'made' | 'broken' {
  try {
    database.exec(createIndexSql(table, index, name, { unique: index.unique, noCase }));
    return 'made';
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    database.exec(createIndexSql(table, index, name, { unique: false, noCase }));
    return 'broken';
  }
}

function nameTaken(database: Database.Database, name: string): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema WHERE lower(name) = lower(?)').get(name) !== undefined;
}

function isDuplicate(error: unknown): boolean {
  return String((error as { code?: unknown } | null)?.code).startsWith('SQLITE_CONSTRAINT');
}
