import { type Cell, textOf } from '../../domain/cell.ts';
import { isDay, parseDate } from './date-format.ts';
import { momentIn } from './time-zone.ts';

/** How the dates of a column are written, and where the clocks stood by which they were. */
export interface DateDress {
  /** A dress of date-format.ts, or `date`, `timestamp`, `epoch`; undefined: whatever ISO 8601 or a count says. */
  readonly format?: string | undefined;
  /** UTC when undefined. */
  readonly timeZone?: string | undefined;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})/;
const DATE_TIME =
  /^\d{4}-\d{2}-\d{2}[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/;
const NUMBER = /^\d{1,16}(\.\d+)?$/;
/** Above this, a count since 1970 is in milliseconds: as seconds it would lie in the year 5138. */
export const MILLISECONDS_FROM = 100_000_000_000;

/**
 * The calendar date at the start of a cell, as `YYYY-MM-DD`.
 *
 * @returns undefined for anything that is not a day of the calendar: `0000-00-00`, `1980-00-00`, `31.12.1980`
 */
export function dateOf(cell: Cell | undefined): string | undefined {
  const [date, year, month, day] = DATE.exec(textOf(cell) ?? '') ?? [];
  if (date === undefined || Number(year) === 0) return undefined;
  return isDay(Number(year), Number(month), Number(day)) ? date : undefined;
}

/**
 * A moment in seconds since 1970: a count of seconds or milliseconds, or a date with or without time. A text without
 * an offset is taken as the time of the dress's zone.
 *
 * @returns undefined for zero, for zero dates and for what is no moment
 */
export function secondsOf(cell: Cell | undefined, dress: DateDress = {}): number | undefined {
  const text = textOf(cell)?.trim() ?? '';
  const { format, timeZone } = dress;
  if (format !== undefined && !['date', 'timestamp', 'epoch'].includes(format)) {
    return declared(text, format, timeZone);
  }
  if (NUMBER.test(text)) {
    const count = Number(text);
    return positive(count >= MILLISECONDS_FROM ? count / 1000 : count);
  }
  const date = dateOf(text);
  if (date === undefined) return undefined;
  if (text === date) return positive(at(date, [0, 0, 0], timeZone));
  const [found, hours, minutes, seconds = '00', offset] = DATE_TIME.exec(text) ?? [];
  if (found === undefined) return undefined;
  if (offset === undefined) {
    return positive(at(date, [Number(hours), Number(minutes), Number(seconds)], timeZone));
  }
  return positive(Date.parse(`${date}T${hours}:${minutes}:${seconds}${isoOffset(offset)}`) / 1000);
}

function declared(text: string, format: string, timeZone: string | undefined): number | undefined {
  const { year, month, day, hours = 0, minutes = 0, seconds = 0 } = parseDate(text, format) ?? {};
  if (year === undefined || month === undefined || day === undefined || !isDay(year, month, day))
    return undefined;
  const date = [String(year).padStart(4, '0'), pad(month), pad(day)].join('-');
  return positive(at(date, [hours, minutes, seconds], timeZone));
}

/** Seconds since 1970; NaN for a time that no clock shows. */
function at(date: string, [hours, minutes, seconds]: [number, number, number], timeZone?: string): number {
  if (hours > 23 || minutes > 59 || seconds > 59) return Number.NaN;
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  if (timeZone === undefined) {
    return Date.parse(`${date}T${pad(hours)}:${pad(minutes)}:${pad(seconds)}Z`) / 1000;
  }
  return momentIn(timeZone, { year, month, day, hours, minutes, seconds }) / 1000;
}

/** PostgreSQL writes `+02`, PHP `+0200`. */
function isoOffset(offset: string): string {
  if (offset === 'Z' || offset.includes(':')) return offset;
  return offset.length === 3 ? `${offset}:00` : `${offset.slice(0, 3)}:${offset.slice(3)}`;
}

const pad = (count: number) => String(count).padStart(2, '0');

function positive(seconds: number): number | undefined {
  return Number.isFinite(seconds) && seconds > 0 && seconds < MILLISECONDS_FROM
    ? Math.floor(seconds)
    : undefined;
}
