import type { CheckResult } from '../../domain/check.ts';
import type { LegacyOptions } from '../options.ts';
import type { SharedValues } from './shared-values.ts';

/**
 * @param shared how many keys several rows have now, asked where `legacy.where` leaves a part of the rows
 * @param unique whether the database keeps `legacy.id` unique over the whole table
 * @param create the statement that makes a unique index; undefined where nothing can be asked of an owner
 */
export function checkPrimaryKey(
  options: LegacyOptions,
  {
    id,
    unique,
    shared,
    create,
  }: {
    readonly id: string;
    readonly unique: boolean;
    readonly shared: SharedValues;
    readonly create?: string;
  },
): CheckResult {
  const about = 'legacy.id';
  if (unique) return { level: 'ok', about, found: `${id} is a unique key.` };
  if (options.where !== undefined && shared === 0) {
    return { level: 'ok', about, found: `No two rows that legacy.where leaves have the same ${id} now.` };
  }
  if (options.where !== undefined) {
    return {
      level: 'warning',
      about,
      found: `${id} is not a unique key of ${options.table}, and nothing says whether legacy.where leaves one row of each: a person's \`sub\` is made of it.`,
      remedy: `Make sure that no two rows that legacy.where leaves have the same ${id}; such people cannot log in.`,
    };
  }
  return {
    level: 'error',
    about,
    found: `${id} is not a unique key of ${options.table}: a person's \`sub\` is made of it.`,
    remedy:
      create === undefined
        ? 'Name the primary key in legacy.id, or make the key unique.'
        : `Name the primary key in legacy.id, or ask the owner of the legacy system for: ${create}`,
  };
}
