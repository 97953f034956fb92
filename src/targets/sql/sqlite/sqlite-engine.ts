import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import type { Engine } from '../engine.ts';
import type { SqlTargetOptions } from '../options.ts';
import { columnOf } from '../table.ts';
import { describeTable } from './describe.ts';
import { explainSqlite } from './explain-sqlite.ts';

/** Waiting for a lock stops the whole process, so it is short, and the courier comes again. In milliseconds. */
const BUSY_MS = 500;

/** A SQLite file that is there already: the new platform makes it, not the bridge. */
export function sqliteEngine({ url, table, timeoutMs }: SqlTargetOptions): Engine {
  return {
    open() {
      const file = url.reveal().slice('sqlite:'.length);
      const options = { fileMustExist: true, timeout: Math.min(timeoutMs, BUSY_MS) };
      const database = async () => new Sqlite(file, options);
      return new Kysely({ dialect: new SqliteDialect({ database }) });
    },
    describe: (db) => describeTable(db, table),
    likelyEqual(known, column, value) {
      // `lower` knows ASCII alone; the caller compares again.
      if (columnOf(known, column)?.ignoresCase) return sql<boolean>`${sql.id(column)} = ${value}`;
      return sql<boolean>`(${sql.id(column)} = ${value} or lower(${sql.id(column)}) = lower(${value}))`;
    },
    explain: explainSqlite,
  };
}
