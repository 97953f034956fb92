import { type Cell, textOf } from './cell.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;
const NUMBER = /^\d{1,16}(\.\d+)?$/;
/** Above this, a count since 1970 is in milliseconds: as seconds it would lie in the year 5138. */
const MILLISECONDS_FROM = 100_000_000_000;

/**
 * The calendar date at the start of a cell, as `YYYY-MM-DD`.
 *
 * @returns undefined for anything that is not a day of the calendar: `0000-00-00`, `1980-00-00`, `31.12.1980`
 */
export function dateOf(cell: Cell | undefined): string | undefined {
  const [date, year, month, day] = DATE.exec(textOf(cell) ?? '') ?? [];
  if (date === undefined || Number(year) === 0) return undefined;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  // Day 0 of the next month is the last day of this one.
  const daysInMonth = new Date(Date.UTC(2000 + (y % 400), m, 0)).getUTCDate();
  return m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth ? date : undefined;
}

/**
 * A moment in seconds since 1970: a count of seconds or milliseconds, or a date with or without time. A text without
 * an offset is taken as UTC; MySQL connectors ask the server for the count, so that this does not arise there.
 *
 * @returns undefined for zero, for zero dates and for what is no moment
 */
export function secondsOf(cell: Cell | undefined): number | undefined {
  const text = textOf(cell)?.trim() ?? '';
  if (NUMBER.test(text)) {
    const count = Number(text);
    return positive(count >= MILLISECONDS_FROM ? count / 1000 : count);
  }
  const date = dateOf(text);
  if (date === undefined) return undefined;
  if (text === date) return positive(Date.parse(`${date}T00:00:00Z`) / 1000);
  const [found, hours, minutes, seconds = '00', offset = 'Z'] = DATE_TIME.exec(text) ?? [];
  if (found === undefined) return undefined;
  const zone = offset === 'Z' || offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
  return positive(Date.parse(`${date}T${hours}:${minutes}:${seconds}${zone}`) / 1000);
}

function positive(seconds: number): number | undefined {
  return Number.isFinite(seconds) && seconds > 0 && seconds < MILLISECONDS_FROM
    ? Math.floor(seconds)
    : undefined;
}
