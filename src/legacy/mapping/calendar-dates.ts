import { type Cell, textOf } from '../../domain/cell.ts';
import { isDay, parseDate } from './date-format.ts';
import { type DateDress, dateOf, MILLISECONDS_FROM } from './moments.ts';
import { dayIn } from './time-zone.ts';

const YEAR = /^(?:1[6-9]|20)\d{2}$/;
const WITHOUT_YEAR = /^0000-(\d{2})-(\d{2})/;
const COUNT = /^-?\d{1,14}$/;

/**
 * A day of the calendar in any dress, as OIDC has it: `YYYY-MM-DD`, `YYYY` where the row knows the year alone,
 * `0000-MM-DD` where it knows all but the year.
 *
 * @returns undefined for what is no day: `0000-00-00`, 31 February, a text of another dress
 */
export function isoDateOf(cell: Cell | undefined, { format, timeZone }: DateDress = {}): string | undefined {
  const text = textOf(cell)?.trim() ?? '';
  if (format === 'epoch') return ofCount(text, timeZone);
  if (format !== undefined && format !== 'date' && format !== 'timestamp') return ofFormat(text, format);
  if (YEAR.test(text)) return text;
  const [, month, day] = WITHOUT_YEAR.exec(text) ?? [];
  return month === undefined ? dateOf(text) : written(0, Number(month), Number(day));
}

function ofFormat(text: string, format: string): string | undefined {
  const { year, month, day } = parseDate(text, format) ?? {};
  if (month === undefined && day === undefined)
    return year === undefined || year === 0 ? undefined : pad(year, 4);
  return month === undefined || day === undefined ? undefined : written(year ?? 0, month, day);
}

/** Before 1970 the count is below zero; zero itself is what a program writes that knows nothing. */
function ofCount(text: string, timeZone = 'UTC'): string | undefined {
  const count = Number(text);
  if (!COUNT.test(text) || count === 0) return undefined;
  const { year, month, day } = dayIn(timeZone, Math.abs(count) >= MILLISECONDS_FROM ? count : count * 1000);
  return year < 1600 || year > 2999 ? undefined : written(year, month, day);
}

/** Year 0 stands for one that is not known: it may have had a 29 February. */
function written(year: number, month: number, day: number): string | undefined {
  return isDay(year, month, day) ? `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` : undefined;
}

const pad = (count: number, length: number) => String(count).padStart(length, '0');
