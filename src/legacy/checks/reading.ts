import type { CheckResult } from '../../domain/check.ts';
import type { LegacyOptions } from '../options.ts';

/** What a look-up of some rows, as the configuration maps them, shows; a condition that is not understood shows here. */
export const readingIsAbout = (options: LegacyOptions): string =>
  typeof options.status?.active === 'string' ? 'legacy.status.active' : 'legacy.reading';

export function checkRowsRead(options: LegacyOptions, rows: number): CheckResult {
  const about = readingIsAbout(options);
  if (rows > 0) return { level: 'ok', about, found: 'A row can be read as the configuration maps it.' };
  const remedy = 'See whether legacy.table is the right one.';
  return { level: 'warning', about, found: `${options.table} is empty.`, remedy };
}
