import { textOf } from '../../domain/cell.ts';
import type { CheckResult } from '../../domain/check.ts';
import type { Clock } from '../../runtime/clock.ts';
import { namesOf } from '../asking/known-table.ts';
import type { Questions } from '../asking/questions.ts';
import { checkColumns, missingColumns } from '../checks/columns.ts';
import { checkJoinedTable } from '../checks/joins.ts';
import { nearName } from '../checks/near-name.ts';
import { checkRowsRead, readingFailed, withoutWhere } from '../checks/reading.ts';
import { checkView } from '../checks/view.ts';
import { joinedTables } from '../mapping/joins.ts';
import { parseTableName, type TableName } from '../mapping/table-name.ts';
import type { LegacyOptions } from '../options.ts';
import { checkGrants, neededRight } from './check-grants.ts';
import { checkIndexes, countShared } from './check-indexes.ts';
import { readColumns, type TableColumns } from './columns.ts';
import { toFault } from './faults.ts';
import { quoteName } from './names.ts';
import { sampleStatement } from './statements.ts';

interface Server {
  readonly account: string;
  readonly isMariadb: boolean;
  readonly schema: string;
}

/** Looks at everything that the look-ups rely on; stops at what makes the rest meaningless. */
export async function checkMysql(
  options: LegacyOptions,
  questions: Questions,
  place: { server: string; table: string },
  clock: Clock,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  try {
    const server = await checkServer(options, questions, clock, results);
    const table = await checkTable(server, options, questions, results);
    if (table === undefined) return results;
    const columns = await readColumns(questions, table.name);
    results.push(...checkColumns(options, namesOf(columns)));
    if (missingColumns(options, namesOf(columns)).length === 0) {
      results.push(await checkReading(options, questions, place, columns));
      results.push(
        ...(table.isView
          ? await checkViewOf(options, questions)
          : await checkIndexes({
              options,
              questions,
              columns,
              isMariadb: server.isMariadb,
              name: table.name,
            })),
      );
    }
    for (const joined of joinedTables(options)) {
      const names = namesOf(await readColumns(questions, parseTableName(joined.table)));
      results.push(checkJoinedTable(joined, names));
    }
    const quoted = `${quoteName(table.name.schema ?? server.schema)}.${quoteName(table.name.table)}`;
    // A GRANT on columns that are not there would fail.
    const right = missingColumns(options, namesOf(columns)).length > 0 ? 'SELECT' : neededRight(options);
    results.push(...(await checkGrants(questions, { account: server.account, table: quoted, right })));
  } catch (error) {
    results.push({ level: 'error', about: 'legacy.reachable', found: toFault(error, place).message });
  }
  return results;
}

/** MySQL does not say by which index it reads a view before it does. */
async function checkViewOf(options: LegacyOptions, questions: Questions): Promise<CheckResult[]> {
  const logins = options.login.map(async (column) => ({
    column,
    indexed: undefined,
    shared: await countShared({ options, questions }, column, options.match),
  }));
  return checkView(options, {
    sharedIds: await countShared({ options, questions }, options.id, 'exact'),
    logins: await Promise.all(logins),
  });
}

async function checkServer(
  options: LegacyOptions,
  questions: Questions,
  clock: Clock,
  results: CheckResult[],
): Promise<Server> {
  const start = clock();
  const [row = []] = await questions.ask('SELECT VERSION(), CURRENT_USER(), DATABASE(), @@autocommit');
  const [version = '', account = '', schema = '', autocommit] = row.map(textOf);
  const found = `${options.name} answers in ${Math.max(0, clock() - start)} ms (${version}).`;
  results.push({ level: 'ok', about: 'legacy.reachable', found });
  if (autocommit === '0') {
    results.push({
      level: 'error',
      about: 'legacy.autocommit',
      found:
        'The server has autocommit off: a connection would go on reading the passwords as they were at its first look-up.',
      remedy: 'Set autocommit = 1 in the configuration of the server.',
    });
  }
  return { account, schema, isMariadb: /mariadb/i.test(version) };
}

async function checkTable(
  server: Server,
  options: LegacyOptions,
  questions: Questions,
  results: CheckResult[],
): Promise<{ name: TableName; isView: boolean } | undefined> {
  const name = parseTableName(options.table);
  const about = 'legacy.table';
  const rows = await questions.ask(
    `SELECT table_name, table_type FROM information_schema.tables
      WHERE table_schema = ${name.schema === undefined ? 'DATABASE()' : '?'} ORDER BY table_name LIMIT 1000`,
    name.schema === undefined ? [] : [name.schema],
  );
  const tables = rows.map((row) => row.map(textOf));
  // Whether names of tables have a case is up to the server; it compares them itself.
  const columns = await readColumns(questions, name);
  if (columns.size > 0) {
    const isView = tables.some(
      ([table, type = '']) => table?.toLowerCase() === name.table.toLowerCase() && /VIEW/.test(type),
    );
    results.push({ level: 'ok', about, found: `${options.table} is there.` });
    return { name, isView };
  }
  const near = nearName(
    name.table,
    tables.map(([table = '']) => table),
  );
  const schema = name.schema ?? server.schema;
  results.push({
    level: 'error',
    about,
    found: `There is no table or view ${options.table} in ${schema || 'the server'} that the account may read.`,
    remedy:
      near === undefined
        ? `Correct legacy.table, or ask for: GRANT ${neededRight(options)} ON ${quoteName(schema)}.${quoteName(name.table)} TO the account.`
        : `Did you mean ${near}? Correct legacy.table.`,
  });
  return undefined;
}

/** Reads one row as a login does: whatever is wrong with a condition or a view shows here. */
async function checkReading(
  options: LegacyOptions,
  questions: Questions,
  place: { server: string; table: string },
  columns: TableColumns,
): Promise<CheckResult> {
  const read = async (asked: LegacyOptions) =>
    (await questions.ask(sampleStatement(asked, columns, 1).sql)).length;
  try {
    return checkRowsRead(options, await read(options));
  } catch (error) {
    const found = toFault(error, place).message;
    const canReadWithout =
      options.where !== undefined &&
      (await read(withoutWhere(options)).then(
        () => true,
        () => false,
      ));
    return readingFailed(options, found, canReadWithout);
  }
}
