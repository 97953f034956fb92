import { type RawBuilder, sql } from 'kysely';
import type { CheckResult } from '../../domain/check.ts';
import { mappedColumns } from './columns.ts';
import type { Database, Engine } from './engine.ts';
import { asResult } from './explain.ts';
import type { SqlTargetOptions } from './options.ts';
import { columnOf, isUnique, sameName, type Table } from './table.ts';

/** A `sub` is 43 characters of base64url. */
const SUBJECT_LENGTH = 43;
/** The longest PHC string that the bridge's own limits allow: `$argon2id$v=19$m=1048576,t=10,p=16$<22>$<43>`. */
const HASH_LENGTH = 102;
/** What the default parameters make; a narrower column cuts every hash. */
const USUAL_HASH_LENGTH = 97;

interface Looked {
  readonly name: string;
  readonly db: Database;
  readonly engine: Engine;
  readonly options: SqlTargetOptions;
}

/** What `footbridge check` has to say about a table of users. Writes nothing. */
export async function checkTable(looked: Looked): Promise<CheckResult[]> {
  const about = `targets.${looked.name}`;
  try {
    const table = await looked.engine.describe(looked.db);
    if (table === undefined) return [tableMissing(about, looked.options)];
    const found = { level: 'ok', about, found: `Table ${looked.options.table} is reachable.` } as const;
    const missing = columnsMissing(about, looked.options, table);
    if (missing.length > 0) return [found, ...missing];
    return [
      found,
      externalId(about, looked.options, table),
      ...password(about, looked.options, table),
      ...email(about, looked.options, table),
      ...unfilled(about, looked.options, table),
      ...(await grants(about, looked)),
    ];
  } catch (error) {
    return [{ level: 'error', about: `${about}.url`, found: whyNot(looked.engine, error) }];
  }
}

function whyNot(engine: Engine, error: unknown): string {
  const result = asResult(error, engine.explain(error), undefined);
  return 'reason' in result ? result.reason : '';
}

function tableMissing(about: string, { table }: SqlTargetOptions): CheckResult {
  return {
    level: 'error',
    about: `${about}.table`,
    found: `There is no table ${table} that the account may see.`,
    remedy: 'Create the table, or grant the account SELECT, INSERT and UPDATE on it.',
  };
}

function columnsMissing(about: string, options: SqlTargetOptions, table: Table): CheckResult[] {
  return mappedColumns(options)
    .filter((column) => columnOf(table, column) === undefined)
    .map((column) => ({
      level: 'error',
      about: `${about}.columns.${column}`,
      found: `Table ${options.table} has no column ${column} that the account may see.`,
      remedy: 'Correct the mapping, or add the column.',
    }));
}

function externalId(
  about: string,
  { table: name, externalId: column }: SqlTargetOptions,
  table: Table,
): CheckResult {
  const where = `${about}.externalId`;
  const known = columnOf(table, column);
  if (known?.kind !== 'text' || (known.length ?? SUBJECT_LENGTH) < SUBJECT_LENGTH) {
    return {
      level: 'error',
      about: where,
      found: `Column ${column} cannot hold a subject, which is ${SUBJECT_LENGTH} characters of text.`,
      remedy: `Make it at least VARCHAR(${SUBJECT_LENGTH}).`,
    };
  }
  if (isUnique(table, column)) return { level: 'ok', about: where, found: `Column ${column} is unique.` };
  return {
    level: 'error',
    about: where,
    found: `Column ${column} has no unique index, so one person could arrive twice.`,
    remedy: `CREATE UNIQUE INDEX ${indexName(name, column)} ON ${name} (${column});`,
  };
}

function password(about: string, options: SqlTargetOptions, table: Table): CheckResult[] {
  if (options.password === undefined) return [];
  const { column } = options.password;
  const length = columnOf(table, column)?.length ?? HASH_LENGTH;
  if (length >= HASH_LENGTH) {
    return [
      { level: 'ok', about: `${about}.password`, found: `Column ${column} is wide enough for a rehash.` },
    ];
  }
  return [
    {
      level: length < USUAL_HASH_LENGTH ? 'error' : 'warning',
      about: `${about}.password`,
      found: `Column ${column} holds ${length} characters; an argon2id hash has ${USUAL_HASH_LENGTH} to ${HASH_LENGTH}.`,
      remedy: `ALTER TABLE ${options.table} MODIFY ${column} VARCHAR(255);`,
    },
  ];
}

function email(about: string, options: SqlTargetOptions, table: Table): CheckResult[] {
  return Object.entries(options.columns)
    .filter(([column, claim]) => claim === 'email' && !isUnique(table, column))
    .map(([column]) => ({
      level: 'warning',
      about: `${about}.columns.${column}`,
      found: `Column ${column} has no unique index: two people with one e-mail could arrive at the same moment, and every copy looks through the table.`,
      remedy: `CREATE UNIQUE INDEX ${indexName(options.table, column)} ON ${options.table} (${column});`,
    }));
}

/** Columns that an insert must fill and that nothing is mapped to. */
function unfilled(about: string, options: SqlTargetOptions, table: Table): CheckResult[] {
  const mapped = mappedColumns(options);
  return [...table.columns.values()]
    .filter((column) => !column.fillsItself && !mapped.some((name) => sameName(name, column.name)))
    .map((column) => ({
      level: 'error',
      about: `${about}.columns.${column.name}`,
      found: `Column ${column.name} needs a value, and no claim is mapped to it: every new person would be refused.`,
      remedy: 'Map a claim to it, or give it a default.',
    }));
}

/** Asks for what a copy does, of no rows: the database checks the grants, and nothing is read or written. */
async function grants(about: string, { db, engine, options }: Looked): Promise<CheckResult[]> {
  const table = sql.table(options.table);
  const columns = sql.join(mappedColumns(options).map((column) => sql.id(column)));
  const key = sql.id(options.externalId);
  const set = sql.join(mappedColumns(options).map((column) => sql`${sql.id(column)} = ${sql.id(column)}`));
  const probes: [string, RawBuilder<unknown>][] = [
    ['SELECT', sql`select ${columns} from ${table} where 1 = 0`],
    ['INSERT', sql`insert into ${table} (${columns}) select ${columns} from ${table} where 1 = 0`],
    ['UPDATE', sql`update ${table} set ${set} where ${key} is null and 1 = 0`],
  ];
  if (options.allowDelete) probes.push(['DELETE', sql`delete from ${table} where ${key} is null and 1 = 0`]);
  const results: CheckResult[] = [];
  for (const [grant, probe] of probes) {
    try {
      await probe.execute(db);
    } catch (error) {
      // A server may refuse the probe for a column that needs a value; another line says so.
      if (engine.explain(error)?.kind !== 'unavailable') continue;
      results.push({
        level: 'error',
        about: `${about}.grants`,
        found: `${grant} is not possible. ${whyNot(engine, error)}`,
        remedy: `Grant ${grant} on ${options.table} to the account in the URL, on a server that takes writes.`,
      });
    }
  }
  if (results.length > 0) return results;
  return [{ level: 'ok', about: `${about}.grants`, found: 'The account may SELECT, INSERT and UPDATE.' }];
}

const indexName = (table: string, column: string) => `${table.replaceAll(/\W/g, '_')}_${column}_unique`;
