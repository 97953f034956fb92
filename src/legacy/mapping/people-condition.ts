import type { LegacyOptions } from '../options.ts';

/**
 * The operator's own condition on the rows that are people of this directory, to be put behind another one; trusted, as
 * the whole configuration is. It stands on lines of its own, so that a comment in it ends there.
 */
export function andPeople({ where }: Pick<LegacyOptions, 'where'>): string {
  return where === undefined ? '' : ` AND (${where}\n)`;
}

/** The same for a statement that has no other condition. */
export function wherePeople({ where }: Pick<LegacyOptions, 'where'>): string {
  return where === undefined ? '' : ` WHERE (${where}\n)`;
}
