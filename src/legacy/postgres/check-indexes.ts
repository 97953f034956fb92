import { textOf } from '../../domain/cell.ts';
import type { CheckResult } from '../../domain/check.ts';
import type { Questions } from '../asking/questions.ts';
import { checkLoginColumn, indexName } from '../checks/login-column.ts';
import { checkPrimaryKey } from '../checks/primary-key.ts';
import type { SharedValues } from '../checks/shared-values.ts';
import type { ViewFacts } from '../checks/view.ts';
import { parseTableName } from '../mapping/table-name.ts';
import type { LegacyOptions } from '../options.ts';
import { type ColumnInfo, columnNamed, type TableColumns } from './columns.ts';
import { loginComparison } from './comparison.ts';
import { readUniqueParts } from './indexes.ts';
import { quoteName, quoteTable } from './names.ts';
import { equals, from, sharedStatement } from './statements.ts';

/** A small table is read as a whole whatever its indexes are: such a connection shows what a large one would do. */
const NO_SEQUENTIAL_SCAN = { enable_seqscan: 'off', max_parallel_workers_per_gather: '0' };

/** The primary key and the login columns: by what the planner says it would do, and by what the catalog keeps unique. */
export async function checkIndexes(
  options: LegacyOptions,
  {
    openPlanner,
    questions,
    columns,
  }: {
    openPlanner: (settings: Readonly<Record<string, string>>) => Questions;
    questions: Questions;
    columns: TableColumns;
  },
): Promise<CheckResult[]> {
  const unique = await readUniqueParts(questions, parseTableName(options.table));
  const planning = openPlanner(NO_SEQUENTIAL_SCAN);
  try {
    const id = columnNamed(columns, options.id)?.name ?? options.id;
    const create = createIndex(options, id, quoteName(id), 'UNIQUE ');
    const results = [
      checkPrimaryKey(options, {
        id,
        unique: unique.includes(id),
        shared: await countShared(options, questions, id, 'exact'),
        create,
      }),
    ];
    for (const login of options.login) {
      const column = columnNamed(columns, login);
      if (column === undefined) continue;
      const indexed = await isServed(planning, options, column);
      const shared = await countShared(options, questions, column.name, options.match);
      results.push(...checkLogin(options, column, unique, { indexed, shared }));
    }
    return results;
  } finally {
    await planning.close();
  }
}

function checkLogin(
  options: LegacyOptions,
  column: ColumnInfo,
  unique: readonly string[],
  { indexed, shared }: { readonly indexed: boolean; readonly shared: SharedValues },
): CheckResult[] {
  const { left, indexable } = loginComparison(column, options.match);
  const folded = left.startsWith('lower(');
  const part = folded ? `lower(${column.name})` : column.name;
  const target = folded ? `lower(${quoteName(column.name)})` : quoteName(column.name);
  return checkLoginColumn(options, {
    column: column.name,
    indexed,
    shared,
    unique: unique.includes(part) || (folded && unique.includes(column.name) && column.type === 'citext'),
    createIndex: createIndex(options, column.name, target, ''),
    createUniqueIndex: createIndex(options, column.name, target, 'UNIQUE '),
    ...(indexable
      ? {}
      : {
          notIndexable: {
            why: `${column.name} is no text, and no index of it serves a comparison with text`,
            remedy: 'Name a text column in legacy.login, or have one made and indexed.',
          },
        }),
  });
}

/** A view has none of its own; what the planner says of the tables below it counts as well. */
export async function viewFacts(
  options: LegacyOptions,
  {
    openPlanner,
    questions,
    columns,
  }: {
    openPlanner: (settings: Readonly<Record<string, string>>) => Questions;
    questions: Questions;
    columns: TableColumns;
  },
): Promise<ViewFacts> {
  const planning = openPlanner(NO_SEQUENTIAL_SCAN);
  try {
    const logins: ViewFacts['logins'][number][] = [];
    for (const login of options.login) {
      const column = columnNamed(columns, login);
      if (column === undefined) continue;
      logins.push({
        column: column.name,
        indexed: await isServed(planning, options, column),
        shared: await countShared(options, questions, column.name, options.match),
      });
    }
    return { sharedIds: await countShared(options, questions, options.id, 'exact'), logins };
  } finally {
    await planning.close();
  }
}

/** Undefined when it took longer than a look-up may. */
async function countShared(
  options: LegacyOptions,
  questions: Questions,
  column: string,
  match: LegacyOptions['match'],
): Promise<SharedValues> {
  try {
    const [row = []] = await questions.ask(sharedStatement(options, column, match).sql);
    return Number(textOf(row[0]));
  } catch {
    return undefined;
  }
}

/** Asks the planner (https://www.postgresql.org/docs/current/using-explain.html). */
async function isServed(planning: Questions, options: LegacyOptions, column: ColumnInfo): Promise<boolean> {
  const comparison = loginComparison(column, options.match);
  const text = comparison.accepts('somebody') ? 'somebody' : '1';
  if (!comparison.accepts(text)) return comparison.indexable;
  const sql = `EXPLAIN (FORMAT JSON) SELECT 1 FROM ${from(options)} WHERE ${equals(comparison)}`;
  const plan = textOf((await planning.ask(sql, [text]))[0]?.[0]) ?? '';
  return /"Index Cond"/.test(plan) && !/"Seq Scan"/.test(plan);
}

function createIndex(options: LegacyOptions, column: string, target: string, kind: '' | 'UNIQUE '): string {
  const table = quoteTable(parseTableName(options.table));
  return `CREATE ${kind}INDEX ${quoteName(indexName(options, column))} ON ${table} (${target});`;
}
