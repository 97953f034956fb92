import type { CheckResult } from '../../domain/check.ts';
import type { LegacyOptions } from '../options.ts';

/**
 * How many values of a column more than one row has at this moment, by the configured rule; more than `MOST_SHARED` are
 * not told apart. Undefined: counting took too long, or could not be done.
 */
export type SharedValues = number | undefined;

/** Where counting ends: so many are more than anybody mends by hand. */
export const MOST_SHARED = 1_000;

/**
 * What it means for logins that nothing in the database keeps names apart. What stands in the table now decides how
 * urgent that is.
 */
export function sharedNames(
  options: LegacyOptions,
  {
    column,
    shared,
    remedy,
  }: { readonly column: string; readonly shared: SharedValues; readonly remedy: string },
): CheckResult {
  const about = `legacy.login.${column}`;
  const rule = `by the rule "${options.match}"`;
  if (shared === undefined) {
    const found =
      `Nothing keeps two people from having the same ${column} ${rule}. ` +
      'Should two share one, neither can log in with it.';
    return { level: 'warning', about, found, remedy };
  }
  if (shared > 0) {
    const many = shared > MOST_SHARED ? `More than ${MOST_SHARED}` : String(shared);
    const found = `${many} ${shared === 1 ? 'name' : 'names'} in ${column} ${shared === 1 ? 'stands' : 'stand'} in several rows ${rule}: those people cannot log in with it.`;
    return { level: 'warning', about, found, remedy: `Have them told apart. ${remedy}` };
  }
  const found = `No two people have the same ${column} now ${rule}, though nothing keeps them from it.`;
  return { level: 'ok', about, found };
}
