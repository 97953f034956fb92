import { type Cell, textOf } from '../../domain/cell.ts';
import type { LegacyOptions } from '../options.ts';
import { isoDateOf } from './calendar-dates.ts';
import { type DateDress, secondsOf } from './moments.ts';
import type { Reading } from './reading.ts';
import type { LegacyRow } from './row.ts';
import type { ClaimSource } from './source-options.ts';

/** What stands in a column, or undefined where it says nothing: NULL, or one of the configured words for it. */
export function cellIn({ options, row }: Reading, column: string): Cell | undefined {
  return unlessNullWord(options, row.values.get(column));
}

export function unlessNullWord(options: LegacyOptions, cell: Cell | undefined): Cell | undefined {
  if (options.nullWords.length === 0) return cell;
  const text = textOf(cell)?.trim();
  return text === undefined || options.nullWords.includes(text) ? undefined : cell;
}

/** What the source says of this row, through its map where it has one; a value that the map lacks says nothing. */
export function cellOf(reading: Reading, source: ClaimSource | undefined): Cell | undefined {
  if (source === undefined || typeof source === 'boolean') return source;
  if (typeof source === 'string') return cellIn(reading, source);
  if ('value' in source) return source.value;
  if ('columns' in source) {
    const parts = source.columns.map((column) => textOf(cellIn(reading, column))?.trim() ?? '');
    return parts.filter((part) => part !== '').join(source.separator);
  }
  const cell = cellIn(reading, source.column);
  return source.map === undefined ? cell : mapped(source.map, cell);
}

/** By the value as it stands, or without the blanks around it. */
export function mapped<Value>(
  map: Readonly<Record<string, Value>>,
  cell: Cell | undefined,
): Value | undefined {
  const value = textOf(cell);
  if (value === undefined) return undefined;
  const name = [value, value.trim()].find((text) => Object.hasOwn(map, text));
  return name === undefined ? undefined : map[name];
}

/** The source's text; blank is nothing. A `format` writes dates as `YYYY-MM-DD` and moments as seconds. */
export function textOfSource(reading: Reading, source: ClaimSource | undefined): string | undefined {
  const format = formatOf(source);
  const text =
    format === undefined
      ? plainText(cellOf(reading, source))
      : format === 'timestamp'
        ? momentOfSource(reading, source)?.toString()
        : isoDateOf(cellOf(reading, source), dressOf(reading, source));
  return text === undefined || text.trim() === '' ? undefined : text;
}

/** `true` is no text; the options refuse it as a constant, a map may still say it. */
function plainText(cell: Cell | undefined): string | undefined {
  return typeof cell === 'boolean' ? undefined : textOf(cell);
}

/** A moment in seconds since 1970. */
export function momentOfSource(reading: Reading, source: ClaimSource | undefined): number | undefined {
  return secondsOf(momentCell(reading, source), dressOf(reading, source));
}

/** The moment in a column, in seconds since 1970. */
export function momentIn(reading: Reading, column: string): number | undefined {
  return momentOfSource(reading, column);
}

export function formatOf(source: ClaimSource | undefined): string | undefined {
  return typeof source === 'object' && 'column' in source ? source.format : undefined;
}

export function dressOf({ options }: Reading, source: ClaimSource | undefined): DateDress {
  const own = typeof source === 'object' && 'column' in source ? source : undefined;
  return { format: own?.format, timeZone: own?.timeZone ?? options.timeZone };
}

function momentCell(reading: Reading, source: ClaimSource | undefined): Cell | undefined {
  const column = columnOf(source);
  if (column === undefined || !reading.row.moments.has(column)) return cellOf(reading, source);
  return unlessNullWord(reading.options, reading.row.moments.get(column));
}

function columnOf(source: ClaimSource | undefined): string | undefined {
  if (typeof source === 'string') return source;
  if (typeof source !== 'object' || !('column' in source) || source.map !== undefined) return undefined;
  // A dress is read from the text itself, which the server would have made a number of.
  return source.format === undefined || source.format === 'timestamp' ? source.column : undefined;
}

/** The rows of the join that a column belongs to, where it is one with `many`. */
export function rowsBehind({ options, row }: Reading, column: string): readonly LegacyRow[] | undefined {
  const join = column.slice(0, Math.max(column.indexOf('.'), 0));
  return Object.hasOwn(options.joins, join) ? row.lists?.get(join) : undefined;
}
