import type { CheckResult } from '../../domain/check.ts';
import { selectItems } from '../mapping/row.ts';
import type { LegacyOptions } from '../options.ts';
import { nearName } from './near-name.ts';

export interface MappedColumn {
  readonly column: string;
  /** Where the configuration names it first, e.g. `profile.email`. */
  readonly mappedBy: string;
}

/** Every column that the options name, once; the columns inside `where` and `status.active` are known to the database alone. */
export function mappedColumns(options: LegacyOptions): MappedColumn[] {
  const columns = selectItems(options).flatMap((item) => (item.as === 'active' ? [] : [item]));
  return columns.filter(
    ({ column }, index) => columns.findIndex((other) => other.column === column) === index,
  );
}

/** The mapped columns that are not among `names`. Names have no case, neither in MySQL nor in SQLite. */
export function missingColumns(options: LegacyOptions, names: readonly string[]): MappedColumn[] {
  const present = new Set(names.map((name) => name.toLowerCase()));
  return mappedColumns(options).filter(({ column }) => !present.has(column.toLowerCase()));
}

/** One error a missing column, with the name that was probably meant; one `ok` when all are there. */
export function checkColumns(options: LegacyOptions, names: readonly string[]): CheckResult[] {
  const missing = missingColumns(options, names);
  if (missing.length === 0) {
    const found = `All ${mappedColumns(options).length} mapped columns are in ${options.table}.`;
    return [{ level: 'ok', about: 'legacy.columns', found }];
  }
  return missing.map(({ column, mappedBy }): CheckResult => {
    const near = nearName(column, names);
    return {
      level: 'error',
      about: `legacy.${mappedBy}`,
      found: `${options.table} has no column ${column} that the account may read.`,
      remedy:
        near === undefined
          ? `Name another column in legacy.${mappedBy}, or have SELECT on it granted. There are: ${names.join(', ')}.`
          : `Did you mean ${near}? Correct legacy.${mappedBy}, or have SELECT on the column granted.`,
    };
  });
}
