import type Database from 'better-sqlite3';
import { BridgeError } from '../domain/errors.ts';

/** What SQLite says when its file cannot be used at this moment (https://sqlite.org/rescode.html), and what to do. */
const OUTAGES: readonly (readonly [RegExp, string])[] = [
  [/^SQLITE_FULL/, 'The disk of the store is full. Make room; what waits goes on by itself.'],
  [
    /^SQLITE_IOERR/,
    'The disk of the store fails, or has no room. Look at the disk; what waits goes on by itself.',
  ],
  [
    /^SQLITE_(BUSY|LOCKED|PROTOCOL)/,
    'Another program keeps the file of the store locked. End it; what waits goes on by itself.',
  ],
  [
    /^SQLITE_CANTOPEN/,
    'The file of the store cannot be opened. See whether its folder is there and may be used.',
  ],
];

/** @returns a BridgeError `store_unavailable` whose cause is SQLite's error, or that error itself */
export function asSqliteStoreError(error: unknown): unknown {
  const code = String((error as { code?: unknown } | null)?.code);
  const outage = OUTAGES.find(([pattern]) => pattern.test(code));
  if (outage === undefined) return error;
  return new BridgeError('store_unavailable', `${outage[1]} (${code})`, { cause: error });
}

/** The database, with an outage of its file said as such by whatever is asked of it. */
export function reportingOutages(database: Database.Database): Database.Database {
  const prepare = database.prepare.bind(database);
  const transaction = database.transaction.bind(database);
  Object.assign(database, {
    prepare(text: string) {
      const statement = guarded(() => prepare(text));
      // SQLite may have rolled back by itself, and Kysely's rollback would then hide why.
      const isOver = () => /^rollback$/i.test(text) && !database.inTransaction;
      for (const name of ['run', 'get', 'all'] as const) {
        const ask = statement[name].bind(statement) as (...values: unknown[]) => unknown;
        const answer = (...values: unknown[]) =>
          isOver() ? { changes: 0, lastInsertRowid: 0 } : guarded(() => ask(...values));
        Object.defineProperty(statement, name, { value: answer });
      }
      return statement;
    },
    transaction(work: (...values: unknown[]) => unknown) {
      const run = transaction(work);
      return (...values: unknown[]) => guarded(() => run(...values));
    },
  });
  return database;
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asSqliteStoreError(error);
  }
}
