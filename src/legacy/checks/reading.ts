import type { CheckResult } from '../../domain/check.ts';
import type { LegacyOptions } from '../options.ts';

/** What a look-up of some rows, as the configuration maps them, shows; a condition that is not understood shows here. */
const readingIsAbout = (options: LegacyOptions): string =>
  typeof options.status?.active === 'string' ? 'legacy.status.active' : 'legacy.reading';

export function checkRowsRead(options: LegacyOptions, rows: number): CheckResult {
  const about = readingIsAbout(options);
  if (rows > 0) return { level: 'ok', about, found: 'A row can be read as the configuration maps it.' };
  if (options.where !== undefined) {
    return {
      level: 'warning',
      about: 'legacy.where',
      found: `By legacy.where, no row of ${options.table} is a person of this directory.`,
      remedy: 'See whether the condition is the right one; without it, every row is a person.',
    };
  }
  const remedy = 'See whether legacy.table is the right one.';
  return { level: 'warning', about, found: `${options.table} is empty.`, remedy };
}

/**
 * A look-up failed: is it for `legacy.where`?
 *
 * @param found what the error means, as a sentence
 * @param canReadWithout true when the same look-up without `where` goes well
 */
export function readingFailed(options: LegacyOptions, found: string, canReadWithout: boolean): CheckResult {
  return canReadWithout
    ? {
        level: 'error',
        about: 'legacy.where',
        found: `The condition in legacy.where cannot be asked of ${options.table}. ${found}`,
        remedy: 'Correct legacy.where: its columns, its quotes, its parentheses.',
      }
    : { level: 'error', about: readingIsAbout(options), found };
}

/** The same options, with every row a person. */
export function withoutWhere(options: LegacyOptions): LegacyOptions {
  const { where, ...others } = options;
  return others;
}
