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
import { parseTableName } from '../mapping/table-name.ts';
import type { LegacyOptions } from '../options.ts';
import { checkGrants, grantOf } from './check-grants.ts';
import { checkIndexes, viewFacts } from './check-indexes.ts';
import { readColumns, type TableColumns } from './columns.ts';
import { toFault } from './faults.ts';
import { schemaOf } from './names.ts';
import { sampleStatement } from './statements.ts';

interface Server {
  /** More connections, with these settings. */
  readonly openPlanner: (settings: Readonly<Record<string, string>>) => Questions;
  readonly questions: Questions;
  readonly place: { readonly server: string; readonly table: string };
}

/** Looks at everything that the look-ups rely on; stops at what makes the rest meaningless. */
export async function checkPostgres(
  options: LegacyOptions,
  server: Server,
  clock: Clock,
): Promise<CheckResult[]> {
  const { questions, place } = server;
  const results: CheckResult[] = [];
  try {
    results.push(await checkServer(options, questions, clock));
    const columns = await readColumns(questions, parseTableName(options.table));
    const kind = await checkTable(options, questions, columns, results);
    if (kind === 'missing') return results;
    results.push(...checkColumns(options, namesOf(columns)));
    if (missingColumns(options, namesOf(columns)).length === 0) {
      const reading = await checkReading(options, questions, place, columns);
      results.push(reading);
      if (kind === 'view')
        results.push(...checkView(options, await viewFacts(options, { ...server, columns })));
      else results.push(...(await checkIndexes(options, { ...server, columns })));
    }
    for (const joined of joinedTables(options)) {
      const names = namesOf(await readColumns(questions, parseTableName(joined.table)));
      results.push(checkJoinedTable(joined, names));
    }
    results.push(...(await checkGrants(options, questions)));
  } catch (error) {
    results.push({ level: 'error', about: 'legacy.reachable', found: toFault(error, place).message });
  }
  return results;
}

async function checkServer(options: LegacyOptions, questions: Questions, clock: Clock): Promise<CheckResult> {
  const start = clock();
  const [row = []] = await questions.ask("SELECT current_setting('server_version')");
  const found = `${options.name} answers in ${Math.max(0, clock() - start)} ms (PostgreSQL ${textOf(row[0])}).`;
  return { level: 'ok', about: 'legacy.reachable', found };
}

async function checkTable(
  options: LegacyOptions,
  questions: Questions,
  columns: TableColumns,
  results: CheckResult[],
): Promise<'table' | 'view' | 'missing'> {
  const name = parseTableName(options.table);
  const about = 'legacy.table';
  const rows = await questions.ask(
    `SELECT r.relname, r.relkind IN ('v', 'f') FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
      WHERE n.nspname = $1::text AND r.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY r.relname LIMIT 1000`,
    [schemaOf(name)],
  );
  if (columns.size > 0) {
    results.push({ level: 'ok', about, found: `${options.table} is there.` });
    return rows.some(([table, isView]) => textOf(table) === name.table && isView === true) ? 'view' : 'table';
  }
  const near = nearName(
    name.table,
    rows.map(([table]) => textOf(table) ?? '').filter((table) => table !== name.table),
  );
  results.push({
    level: 'error',
    about,
    found: `There is no table or view ${name.table} in the schema ${schemaOf(name)} that the account may read.`,
    remedy:
      near === undefined
        ? `Correct legacy.table (schema.table where the schema is not public), or ask for: ${grantOf(options, 'the account')}`
        : `Did you mean ${near}? Correct legacy.table.`,
  });
  return 'missing';
}

/** Reads one row as a login does: whatever is wrong with a condition or a view shows here. */
async function checkReading(
  options: LegacyOptions,
  questions: Questions,
  place: Server['place'],
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
