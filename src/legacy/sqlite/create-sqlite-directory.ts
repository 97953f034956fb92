import type Database from 'better-sqlite3';
import type { Cell } from '../../domain/cell.ts';
import { BridgeError } from '../../domain/errors.ts';
import { missingColumns } from '../checks/columns.ts';
import { joinedProblem } from '../checks/joins.ts';
import type { LegacyDeps, LegacyDirectory } from '../directory.ts';
import { type JoinedTable, joinedTables } from '../mapping/joins.ts';
import { parseTableName } from '../mapping/table-name.ts';
import { createDirectory } from '../matching/create-directory.ts';
import type { LegacyOptions } from '../options.ts';
import { checkSqlite } from './check.ts';
import { columnNames, columnsOf } from './columns.ts';
import { cursorOf, textOfCursor } from './cursor.ts';
import { toFault } from './faults.ts';
import { createSqliteFile } from './open-file.ts';
import {
  changedSql,
  countSql,
  findByIdSql,
  findManySql,
  findSql,
  joinedSql,
  pageSql,
  sampleSql,
} from './statements.ts';

/**
 * The legacy directory in an SQLite file: an app's own, or a dump that was loaded into one. The file is opened
 * read-only when first asked, and again when it was replaced.
 *
 * @throws BridgeError `configuration_invalid` for a URL or a table's name that cannot be read
 */
export function createSqliteDirectory(options: LegacyOptions, deps: LegacyDeps): LegacyDirectory {
  const file = createSqliteFile(options.url[0]?.reveal() ?? '', options.timeoutMs, deps.clock);
  const place = { file: file.path, table: options.table };
  parseTableName(options.table);
  for (const { table } of joinedTables(options)) parseTableName(table);

  async function read<T>(work: (database: Database.Database) => T): Promise<T> {
    try {
      return await file.read((database) => {
        requireColumns(options, database);
        return work(database);
      });
    } catch (error) {
      throw toFault(error, place);
    }
  }

  return createDirectory(options, deps, {
    byLogin: (identifier) =>
      read((database) =>
        options.login.flatMap((column, login) =>
          rowsOf(database, findSql(options, column, identifier), identifier).map((cells) => ({
            login,
            cells,
          })),
        ),
      ),
    byId: (id) => read((database) => rowsOf(database, findByIdSql(options), id)),
    byIds: (ids, limit) =>
      read((database) => rowsOfMany(database, findManySql(options, ids.length, limit), ids)),
    joined: (table, keys) =>
      read((database) => {
        requireJoinedColumns(table, database);
        return rowsOfMany(database, joinedSql(table, keys.length), keys);
      }),
    some: (limit) => read((database) => rowsOf(database, sampleSql(options), String(limit))),
    page: (after, limit) =>
      read((database) =>
        rowsOf(database, pageSql(options, after, limit), textOfCursor(after ?? '')).map(([id, ...cells]) => ({
          cells,
          cursor: cursorOf(id),
        })),
      ),
    changed: (since, limit) =>
      read((database) =>
        database
          .prepare<{ at: string; text: string }, Cell[]>(changedSql(options, since, limit))
          .raw()
          .all({ at: textOfCursor(since?.at ?? ''), text: textOfCursor(since?.after ?? '') })
          .map(([at, id, ...cells]) => ({ at: cursorOf(at), cells, cursor: cursorOf(id) })),
      ),
    count: async () => Number(await read((database) => database.prepare(countSql(options)).pluck().get())),
    ping: async () => void (await read((database) => database.prepare('SELECT 1').get())),
    check: () => checkSqlite(options, file, place, deps.clock),
    close: async () => file.close(),
  });
}

/** Strings alone are ever bound. */
export function rowsOf(database: Database.Database, sql: string, text: string): Cell[][] {
  return database.prepare<{ text: string }, Cell[]>(sql).raw().all({ text });
}

function rowsOfMany(database: Database.Database, sql: string, keys: readonly string[]): Cell[][] {
  const texts = keys.map((key, index): [string, string] => [`text${index === 0 ? '' : index}`, key]);
  return database.prepare<Record<string, string>, Cell[]>(sql).raw().all(Object.fromEntries(texts));
}

function requireJoinedColumns(table: JoinedTable, database: Database.Database): void {
  const problem = joinedProblem(table, columnsOf(table.table, database));
  if (problem !== undefined) {
    throw new BridgeError('legacy_unavailable', `${problem} \`footbridge check\` says what to do.`);
  }
}

/** SQLite reads a name in double quotes that is no column as a text: everybody would have it for a password. */
function requireColumns(options: LegacyOptions, database: Database.Database): void {
  const names = columnNames(options, database);
  const missing = missingColumns(options, names).map(({ column }) => column);
  if (missing.length === 0) return;
  const found =
    names.length === 0
      ? `There is no table or view ${options.table}`
      : `${options.table} has no column ${missing.join(', ')}`;
  throw new BridgeError('legacy_unavailable', `${found}. \`footbridge check\` says what to do.`);
}
