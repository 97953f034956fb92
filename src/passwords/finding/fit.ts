import { findScheme } from '../known-schemes.ts';
import { parseRow } from './confirm.ts';
import type { Finding } from './question.ts';

/** How many of these rows have the shape of this reading, with something in each column that it mixes in. */
export function fitOf(
  { scheme: name, column, salt, username, pepper }: Finding,
  rows: readonly Readonly<Record<string, string>>[],
): number {
  const scheme = findScheme(name);
  if (scheme === undefined) return 0;
  const beside = [salt, username].filter((one) => one !== undefined);
  return rows.filter((row) => {
    if (beside.some((one) => (row[one] ?? '') === '')) return false;
    const hash = parseRow(scheme, row, {
      column,
      ...(salt === undefined ? {} : { salt }),
      ...(username === undefined ? {} : { username }),
      ...(pepper === undefined ? {} : { pepper: STAND_IN }),
    });
    return hash !== undefined && hash.outOfBounds === undefined;
  }).length;
}

/** Shapes do not depend on the secret. */
const STAND_IN = 'pepper';
