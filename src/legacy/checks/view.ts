import type { CheckResult } from '../../domain/check.ts';
import type { LegacyOptions } from '../options.ts';

/** A view has no keys and no indexes of its own; what counts are those of the tables below it. */
export function checkView(options: LegacyOptions): CheckResult[] {
  return [
    {
      level: 'warning',
      about: 'legacy.id',
      found: `${options.table} is a view, so that nothing says whether ${options.id} is unique in it.`,
      remedy: `Make sure that the view gives one row a person, and that ${options.id} is the primary key below it.`,
    },
    ...options.login.map(
      (column): CheckResult => ({
        level: 'warning',
        about: `legacy.login.${column}`,
        found: `${options.table} is a view and has no indexes of its own, so that a login may read whole tables.`,
        remedy:
          `Index the column that ${column} comes from in the table below, make it unique there, and keep the view ` +
          'free of GROUP BY, DISTINCT and UNION, which hide it.',
      }),
    ),
  ];
}
