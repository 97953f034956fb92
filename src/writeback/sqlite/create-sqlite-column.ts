import Database from 'better-sqlite3';
import { assignmentsOf, holdsExactly } from '../assignments.ts';
import { toFault } from '../legacy-fault.ts';
import type { Change, PasswordColumn, Place, Replaced } from '../password-column.ts';

/** The password column of an SQLite file. There are no accounts: whoever may write the file may write all of it. */
export function createSqliteColumn(
  place: Place,
  { path, timeoutMs }: { path: string; timeoutMs: number },
): PasswordColumn {
  const [table, id, column] = [place.table, place.id, place.column].map(quoted);
  // As the directory writes keys: bytes in hex, anything else as text.
  const key = `((${id} = ? AND CAST(${id} AS TEXT) = ? COLLATE BINARY) OR ${id} = unhex(?))`;
  const keyOf = (change: Change) => [change.id, change.id, change.id];

  function replace(database: Database.Database, change: Change): Replaced {
    const assignments = assignmentsOf(place, change);
    const columns = assignments.map((assignment) => quoted(assignment.column));
    const work = database.transaction((): Replaced => {
      const { changes } = database
        .prepare(
          `UPDATE ${table} SET ${columns.map((name) => `${name} = ?`).join(', ')} ` +
            `WHERE ${key} AND CAST(${column} AS TEXT) = ? COLLATE BINARY`,
        )
        .run(...assignments.map(({ text }) => text), ...keyOf(change), change.before);
      if (changes !== 1) throw new Undo('changed-meanwhile');
      const rows = database
        .prepare(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${key}`)
        .raw()
        .all(...keyOf(change)) as string[][];
      if (!holdsExactly(assignments, rows)) throw new Undo('does-not-fit');
      return 'replaced';
    });
    try {
      return work.immediate();
    } catch (error) {
      if (error instanceof Undo) return error.why;
      throw error;
    }
  }

  const open = () => new Database(path, { fileMustExist: true, timeout: timeoutMs });
  const fault = (error: unknown) =>
    toFault(error, { directory: place.directory, table: place.table, denied: ['SQLITE_READONLY'] });

  return {
    async replace(change) {
      let database: Database.Database | undefined;
      try {
        database = open();
        return replace(database, change);
      } catch (error) {
        throw fault(error);
      } finally {
        database?.close();
      }
    },
    async check() {
      const about = `writeBack.${place.directory}`;
      try {
        open().close();
        return [
          { level: 'ok', about, found: 'The file can be opened for writing; SQLite knows no accounts.' },
        ];
      } catch (error) {
        return [{ level: 'error', about, found: fault(error).message }];
      }
    },
    close: async () => {},
  };
}

/** Rolls the transaction back. */
class Undo extends Error {
  readonly why: Replaced;
  constructor(why: Replaced) {
    super(why);
    this.why = why;
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
