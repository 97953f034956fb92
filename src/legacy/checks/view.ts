import type { CheckResult } from '../../domain/check.ts';
import type { LegacyOptions } from '../options.ts';
import { type SharedValues, sharedNames } from './shared-values.ts';

/** What can be found out about a view, which has no keys and no indexes of its own. */
export interface ViewFacts {
  readonly sharedIds: SharedValues;
  readonly logins: readonly {
    readonly column: string;
    /** Whether a look-up goes through an index of the tables below; undefined where the database does not say. */
    readonly indexed: boolean | undefined;
    readonly shared: SharedValues;
  }[];
}

export function checkView(options: LegacyOptions, { sharedIds, logins }: ViewFacts): CheckResult[] {
  return [checkKey(options, sharedIds), ...logins.flatMap((login) => checkLogin(options, login))];
}

function checkKey({ table, id }: LegacyOptions, shared: SharedValues): CheckResult {
  const about = 'legacy.id';
  const remedy = `Make sure that the view gives one row a person, and that ${id} is the primary key below it.`;
  if (shared === undefined) {
    const found = `${table} is a view, so that nothing says whether ${id} is unique in it.`;
    return { level: 'warning', about, found, remedy };
  }
  if (shared > 0) {
    const found = `Several rows of the view ${table} have the same ${id}: a person's \`sub\` is made of it.`;
    return { level: 'error', about, found, remedy };
  }
  return { level: 'ok', about, found: `${table} is a view, and no two of its rows have the same ${id}.` };
}

function checkLogin(
  options: LegacyOptions,
  { column, indexed, shared }: ViewFacts['logins'][number],
): CheckResult[] {
  const about = `legacy.login.${column}`;
  const remedy = `Make the column that ${column} comes from unique in the table below.`;
  const results = [sharedNames(options, { column, shared, remedy })];
  if (indexed === true) return results;
  return [
    {
      level: 'warning',
      about,
      found: `${options.table} is a view and has no indexes of its own, so that a login may read whole tables.`,
      remedy:
        `Index the column that ${column} comes from in the table below, and keep the view free of GROUP BY, DISTINCT ` +
        'and UNION, which hide it.',
    },
    ...results,
  ];
}
