import { BridgeError } from '../../domain/errors.ts';
import type { LegacyId } from '../../domain/ids.ts';
import { idOf } from '../mapping/read-user.ts';
import type { LegacyRow } from '../mapping/row.ts';
import { isDeleted } from '../mapping/status.ts';
import type { LegacyOptions } from '../options.ts';

export interface KeyedPerson {
  readonly id: LegacyId;
  readonly row: LegacyRow;
}

/**
 * Who of the rows has one of these keys: a collation may call keys equal that are not.
 *
 * @throws BridgeError `legacy_unavailable` when two rows have the same key
 */
export function peopleWithKeys(
  options: LegacyOptions,
  keys: readonly string[],
  rows: readonly LegacyRow[],
): KeyedPerson[] {
  const wanted = new Set(keys);
  const found = new Map<string, KeyedPerson>();
  for (const row of rows) {
    const id = idOf(options, row);
    if (id === undefined || !wanted.has(id) || isDeleted(options, row)) continue;
    if (found.has(id)) throw severalRows(options);
    found.set(id, { id, row });
  }
  return [...found.values()];
}

export function severalRows({ table, id }: LegacyOptions): BridgeError {
  return new BridgeError(
    'legacy_unavailable',
    `Several rows of ${table} have one and the same ${id}, so that none of them can be taken for the person. ` +
      'Let legacy.id name the primary key.',
  );
}

/** Fewer lengths of the same question, so that a server keeps few prepared statements of it. */
const LENGTHS = [1, 10, 50, 100, 250];

/** The keys, the last of them repeated; @param most how many there can be */
export function padded(keys: readonly string[], most: number): string[] {
  const length = LENGTHS.find((one) => one >= keys.length) ?? most;
  return Array.from({ length }, (_, index) => keys[Math.min(index, keys.length - 1)] ?? '');
}
