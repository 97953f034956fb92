import { type Cell, textOf } from '../../domain/cell.ts';
import type { LegacyOptions } from '../options.ts';
import { flagOf } from './flags.ts';
import type { Reading } from './reading.ts';
import type { LegacyRow } from './row.ts';
import type { FlagSource } from './source-options.ts';
import { momentIn } from './sources.ts';
import type { StatusOptions } from './status-options.ts';
import { isListed, type Listed } from './truth.ts';

/** What the row says about being let in. Times in seconds since 1970. */
export type Standing =
  | { readonly status: 'active'; readonly mustChangePassword: boolean }
  | { readonly status: 'disabled' }
  /** `until` is absent where nobody knows. */
  | { readonly status: 'locked'; readonly until?: number };

/**
 * Whether the person may log in. Every doubt locks: a condition that is not true, a value in the list of disabled
 * ones in whatever case, a value that an `active` list does not name exactly, a flag that is neither yes nor no.
 *
 * @param now in seconds since 1970
 */
export function readStanding(options: LegacyOptions, row: LegacyRow, now: number): Standing {
  const { status } = options;
  if (status === undefined) return { status: 'active', mustChangePassword: false };
  const reading = readingOf(options, row);
  if (isDisabled(reading, status)) return { status: 'disabled' };
  const until = lockedUntil(reading, status);
  if (until > now) return Number.isFinite(until) ? { status: 'locked', until } : { status: 'locked' };
  const state = stateOf(options, row);
  const mustChangePassword =
    isAmong(state, status.mustChangePassword) || mayMean(reading, status.mustChangePasswordWhen);
  // A state that asks for a new password is one in which people log in.
  const isActive =
    !Array.isArray(status.active) ||
    isAmong(state, status.mustChangePassword) ||
    status.active.some((listed) => isListed(state, listed, false));
  return isActive ? { status: 'active', mustChangePassword } : { status: 'disabled' };
}

function isDisabled(reading: Reading, { active, disabled, disabledWhen }: StatusOptions): boolean {
  const { options, row } = reading;
  if (typeof active === 'string' && textOf(row.active) !== '1') return true;
  return isAmong(stateOf(options, row), disabled) || mayMean(reading, disabledWhen);
}

/** True for a yes, and for what is neither yes nor no. */
function mayMean(reading: Reading, source: FlagSource | undefined): boolean {
  return source !== undefined && flagOf(reading, source) !== 'no';
}

/** Infinity where nobody knows, among it for what stands in the column and is no moment; 0 for who is not locked. */
function lockedUntil(reading: Reading, { locked, lockedWhen, lockedUntil: column }: StatusOptions): number {
  const { options, row } = reading;
  if (isAmong(stateOf(options, row), locked) || mayMean(reading, lockedWhen)) return Number.POSITIVE_INFINITY;
  if (column === undefined || saysNothing(row.values.get(column), options)) return 0;
  return momentIn(reading, column) ?? Number.POSITIVE_INFINITY;
}

/** Whether the legacy app took the person away and left the row: nobody answers to its login names any more. */
export function isDeleted(options: LegacyOptions, row: LegacyRow): boolean {
  const { status } = options;
  if (status === undefined) return false;
  if (isAmong(stateOf(options, row), status.deleted)) return true;
  if (status.deletedAt === undefined) return false;
  return !saysNothing(row.values.get(status.deletedAt), options);
}

function saysNothing(cell: Cell | undefined, { nullWords }: LegacyOptions): boolean {
  const text = textOf(cell)?.trim() ?? '';
  return text === '' || text === '0' || /^0000-00-00/.test(text) || nullWords.includes(text);
}

function isAmong(value: string | undefined, list: readonly Listed[] | undefined): boolean {
  return list?.some((listed) => isListed(value?.toLowerCase(), listed, true)) ?? false;
}

function stateOf({ status }: LegacyOptions, row: LegacyRow): string | undefined {
  return status?.column === undefined ? undefined : textOf(row.values.get(status.column));
}

const readingOf = (options: LegacyOptions, row: LegacyRow): Reading => ({ options, row, leftOut: () => {} });
