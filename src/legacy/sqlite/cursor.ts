import type { Cell } from '../../domain/cell.ts';
import { BridgeError } from '../../domain/errors.ts';

/**
 * A value with its type, as text. Any column of SQLite may hold numbers, texts and bytes side by side, which it orders
 * by type first (https://sqlite.org/datatype3.html, 4.1), so that a place among them has a type as well.
 */
export function cursorOf(cell: Cell | undefined): string {
  if (typeof cell === 'bigint') return `i:${cell}`;
  if (typeof cell === 'number') return `r:${cell}`;
  return cell instanceof Uint8Array ? `b:${Buffer.from(cell).toString('hex')}` : `t:${cell ?? ''}`;
}

/** The cursor's value as text, which is all that is ever bound. */
export function textOfCursor(cursor: string): string {
  return cursor.slice(2);
}

/** @throws BridgeError `invalid_request` for what `cursorOf` did not write */
export function valueOfCursor(cursor: string, parameter: string): string {
  switch (cursor.slice(0, 2)) {
    // The sign takes the affinity away, which would have the column's texts compared as numbers.
    case 'i:':
      return `+CAST(${parameter} AS INTEGER)`;
    case 'r:':
      return `+CAST(${parameter} AS REAL)`;
    case 'b:':
      return `unhex(${parameter})`;
    case 't:':
      return parameter;
    default:
      throw new BridgeError(
        'invalid_request',
        'This place in the legacy table was not given by this directory.',
      );
  }
}
