import { textOf } from '../../domain/cell.ts';
import type { CheckResult } from '../../domain/check.ts';
import type { Questions } from '../asking/questions.ts';
import { checkLoginColumn, indexName } from '../checks/login-column.ts';
import { checkPrimaryKey } from '../checks/primary-key.ts';
import type { SharedValues } from '../checks/shared-values.ts';
import type { TableName } from '../mapping/table-name.ts';
import type { LegacyOptions } from '../options.ts';
import { type ColumnInfo, columnNamed, type TableColumns } from './columns.ts';
import { isCaseSensitive, loginComparison } from './comparison.ts';
import { type IndexInfo, isLed, isUnique, readIndexes } from './indexes.ts';
import { quoteName, quoteTable } from './names.ts';
import { sharedStatement } from './statements.ts';

interface Facts {
  readonly options: LegacyOptions;
  readonly questions: Questions;
  readonly columns: TableColumns;
  readonly isMariadb: boolean;
  readonly name: TableName;
}

/** The primary key and the login columns, by what information_schema says of their indexes. */
export async function checkIndexes(facts: Facts): Promise<CheckResult[]> {
  const { options, questions, columns, name } = facts;
  const indexes = await readIndexes(questions, name);
  return [
    checkPrimaryKey(options, {
      id: options.id,
      unique: isUnique(indexes, options.id),
      shared: await countShared(facts, options.id, 'exact'),
      create: createIndex(options, name, options.id, quoteName(options.id), 'UNIQUE '),
    }),
    ...(
      await Promise.all(
        options.login.map(async (login) => {
          const column = columnNamed(columns, login);
          return column === undefined ? [] : checkLogin(facts, column, indexes);
        }),
      )
    ).flat(),
  ];
}

async function checkLogin(
  facts: Facts,
  column: ColumnInfo,
  indexes: readonly IndexInfo[],
): Promise<CheckResult[]> {
  const { options, name, isMariadb } = facts;
  const { indexable } = loginComparison(column, options.match);
  const part = indexable ? column.name : `lower(${quoteName(column.name)})`;
  const target = indexable ? quoteName(column.name) : `(LOWER(${quoteName(column.name)}))`;
  const results = checkLoginColumn(options, {
    column: column.name,
    indexed: isLed(indexes, part),
    unique: isUnique(indexes, part),
    shared: isUnique(indexes, part) ? 0 : await countShared(facts, column.name, options.match),
    createIndex: createIndex(options, name, column.name, target, ''),
    createUniqueIndex: createIndex(options, name, column.name, target, 'UNIQUE '),
    ...(indexable || isLed(indexes, part)
      ? {}
      : { notIndexable: notIndexable(facts, column, target, isMariadb) }),
  });
  return [...results, ...noteOnCollation(options, column)];
}

/** Undefined when it took longer than a look-up may. */
export async function countShared(
  { options, questions }: Pick<Facts, 'options' | 'questions'>,
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

function notIndexable({ options, name }: Facts, column: ColumnInfo, target: string, isMariadb: boolean) {
  const create = createIndex(options, name, column.name, target, 'UNIQUE ');
  const isText = column.text !== undefined;
  return {
    why: isText
      ? `The collation ${column.text.collation} of ${column.name} tells capitals from small letters, and the rule "case-insensitive" does not`
      : `${column.name} is no text, and no index of it serves a comparison with text`,
    remedy:
      isText && !isMariadb
        ? `Set legacy.match: exact, or ask the owner of the legacy system for: ${create}`
        : 'Set legacy.match: exact, or have a text column with a case-insensitive collation made and indexed.',
  };
}

function noteOnCollation(options: LegacyOptions, column: ColumnInfo): CheckResult[] {
  if (column.text === undefined || isCaseSensitive(column.text.collation)) return [];
  const { collation } = column.text;
  return [
    {
      level: 'ok',
      about: `legacy.login.${column.name}`,
      found: `The collation ${collation} takes different spellings for one name; every answer is compared again by the rule "${options.match}".`,
    },
  ];
}

function createIndex(
  options: LegacyOptions,
  name: TableName,
  column: string,
  target: string,
  kind: '' | 'UNIQUE ',
): string {
  return `CREATE ${kind}INDEX ${quoteName(indexName(options, column))} ON ${quoteTable(name)} (${target});`;
}
