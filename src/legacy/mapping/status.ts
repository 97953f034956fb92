import type { LegacyOptions } from '../options.ts';
import { textOf } from './cell.ts';
import type { LegacyRow } from './row.ts';

type Listed = string | number | boolean | null;

/**
 * Whether the person may log in. Every doubt locks: a condition that is not true, a value in the list of disabled
 * ones in whatever case, a value that an `active` list does not name exactly.
 */
export function readStatus(options: LegacyOptions, row: LegacyRow): 'active' | 'disabled' {
  const { status } = options;
  if (status === undefined) return 'active';
  if (typeof status.active === 'string' && textOf(row.active) !== '1') return 'disabled';
  if (status.column === undefined) return 'active';
  const value = textOf(row.values.get(status.column));
  if (status.disabled?.some((listed) => isListed(value?.toLowerCase(), listed, true))) return 'disabled';
  if (Array.isArray(status.active) && !status.active.some((listed) => isListed(value, listed, false)))
    return 'disabled';
  return 'active';
}

function isListed(value: string | undefined, listed: Listed, folded: boolean): boolean {
  if (value === undefined || listed === null) return value === undefined && listed === null;
  if (typeof listed === 'boolean') return (listed ? ['1', 't', 'true'] : ['0', 'f', 'false']).includes(value);
  return value === (folded ? String(listed).toLowerCase() : String(listed));
}
