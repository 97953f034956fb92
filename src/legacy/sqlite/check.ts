import type Database from 'better-sqlite3';
import type { CheckResult } from '../../domain/check.ts';
import type { Clock } from '../../runtime/clock.ts';
import { checkColumns, missingColumns } from '../checks/columns.ts';
import { checkJoinedTable } from '../checks/joins.ts';
import { checkLoginColumn, indexName } from '../checks/login-column.ts';
import { nearName } from '../checks/near-name.ts';
import { checkPrimaryKey } from '../checks/primary-key.ts';
import { checkRowsRead, readingFailed, withoutWhere } from '../checks/reading.ts';
import type { SharedValues } from '../checks/shared-values.ts';
import { checkView } from '../checks/view.ts';
import { joinedTables } from '../mapping/joins.ts';
import { parseTableName } from '../mapping/table-name.ts';
import type { LegacyOptions } from '../options.ts';
import { columnNames, columnsOf } from './columns.ts';
import { toFault } from './faults.ts';
import type { SqliteFile } from './open-file.ts';
import { findSql, quoteName, quoteTable, sampleSql, sharedSql } from './statements.ts';

/** Looks at everything that the look-ups rely on. There are no grants: the file is opened read-only. */
export async function checkSqlite(
  options: LegacyOptions,
  file: SqliteFile,
  place: { file: string; table: string },
  clock: Clock,
): Promise<CheckResult[]> {
  try {
    return await file.read((database) => {
      const start = clock();
      const tables = tableNames(database);
      const found = `${file.path} is opened read-only and answers in ${Math.max(0, clock() - start)} ms.`;
      return [
        { level: 'ok', about: 'legacy.reachable', found },
        ...checkTable(options, database, tables, place),
      ];
    });
  } catch (error) {
    return [{ level: 'error', about: 'legacy.reachable', found: toFault(error, place).message }];
  }
}

function checkTable(
  options: LegacyOptions,
  database: Database.Database,
  tables: readonly string[],
  place: { file: string; table: string },
): CheckResult[] {
  const about = 'legacy.table';
  const names = columnNames(options, database);
  if (names.length === 0) {
    const near = nearName(parseTableName(options.table).table, tables);
    const found = `There is no table or view ${options.table} in ${place.file}.`;
    const remedy =
      near === undefined
        ? `Correct legacy.table. There are: ${tables.join(', ') || 'none'}.`
        : `Did you mean ${near}? Correct legacy.table.`;
    return [{ level: 'error', about, found, remedy }];
  }
  const results: CheckResult[] = [
    { level: 'ok', about, found: `${options.table} is there.` },
    ...checkColumns(options, names),
  ];
  if (missingColumns(options, names).length > 0) return results;
  const reading = checkReading(options, database, place);
  if (reading.level === 'error') return [...results, reading];
  return [
    ...results,
    reading,
    ...joinedTables(options).map((joined) => checkJoinedTable(joined, columnsOf(joined.table, database))),
    ...(isView(options, database)
      ? checkView(options, {
          sharedIds: countShared(options, database, options.id, 'exact'),
          logins: options.login.map((column) => ({
            column,
            indexed: usesIndex(database, findSql(options, column, 'somebody')),
            shared: countShared(options, database, column, options.match),
          })),
        })
      : [
          checkPrimaryKey(options, {
            id: options.id,
            unique: isUnique(options, database, options.id, false),
            shared: countShared(options, database, options.id, 'exact'),
          }),
          ...options.login.flatMap((column) => checkLogin(options, database, column)),
        ]),
  ];
}

function checkReading(
  options: LegacyOptions,
  database: Database.Database,
  place: { file: string; table: string },
): CheckResult {
  const read = (asked: LegacyOptions) =>
    database.prepare<{ text: string }>(sampleSql(asked)).all({ text: '1' }).length;
  try {
    return checkRowsRead(options, read(options));
  } catch (error) {
    const found = toFault(error, place).message;
    if (options.where === undefined) return readingFailed(options, found, false);
    try {
      read(withoutWhere(options));
    } catch {
      return readingFailed(options, found, false);
    }
    return readingFailed(options, found, true);
  }
}

function checkLogin(options: LegacyOptions, database: Database.Database, column: string): CheckResult[] {
  const noCase = options.match === 'case-insensitive' ? ' COLLATE NOCASE' : '';
  const name = quoteName(indexName(options, column));
  const target = `${quoteTable(options)} (${quoteName(column)}${noCase})`;
  return checkLoginColumn(options, {
    column,
    indexed: usesIndex(database, findSql(options, column, 'somebody')),
    unique: isUnique(options, database, column, noCase !== ''),
    shared: countShared(options, database, column, options.match),
    createIndex: `CREATE INDEX ${name} ON ${target};`,
    createUniqueIndex: `CREATE UNIQUE INDEX ${name} ON ${target};`,
  });
}

/** SQLite cannot be told to give up: a file is of a size that it counts. */
function countShared(
  options: LegacyOptions,
  database: Database.Database,
  column: string,
  match: LegacyOptions['match'],
): SharedValues {
  return Number(
    database
      .prepare(sharedSql(options, column, match))
      .pluck()
      .get(),
  );
}

/** What SQLite itself says it would do (https://sqlite.org/eqp.html). */
function usesIndex(database: Database.Database, sql: string): boolean {
  const plan = database
    .prepare<{ text: string }, { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all({ text: 'somebody' })
    .map(({ detail }) => detail);
  return plan.some((line) => line.startsWith('SEARCH')) && !plan.some((line) => line.startsWith('SCAN'));
}

function isUnique(
  options: LegacyOptions,
  database: Database.Database,
  column: string,
  noCase: boolean,
): boolean {
  const { schema = 'main', table } = parseTableName(options.table);
  const primaryKey = database
    .prepare<[string, string], string>('SELECT lower(name) FROM pragma_table_xinfo(?, ?) WHERE pk > 0')
    .pluck()
    .all(table, schema);
  if (!noCase && primaryKey.length === 1 && primaryKey[0] === column.toLowerCase()) return true;
  const found = database
    .prepare<{ table: string; schema: string; column: string }>(
      `SELECT 1 FROM pragma_index_list(@table, @schema) AS i
        WHERE i."unique" = 1 AND i.partial = 0
          AND (SELECT count(*) FROM pragma_index_xinfo(i.name, @schema) WHERE key = 1) = 1
          AND EXISTS (SELECT 1 FROM pragma_index_xinfo(i.name, @schema)
                       WHERE key = 1 AND lower(name) = lower(@column) ${noCase ? "AND upper(coll) = 'NOCASE'" : ''})`,
    )
    .all({ table, schema, column });
  return found.length > 0;
}

function isView(options: LegacyOptions, database: Database.Database): boolean {
  const { table } = parseTableName(options.table);
  return (
    database
      .prepare<[string]>("SELECT 1 FROM sqlite_schema WHERE type = 'view' AND lower(name) = lower(?)")
      .get(table) !== undefined
  );
}

function tableNames(database: Database.Database): string[] {
  return database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name LIMIT 1000",
    )
    .pluck()
    .all();
}
