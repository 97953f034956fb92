import type { WallClock } from './time-zone.ts';

/** What a text in a declared dress says; a part that the dress lacks is undefined. */
export type DateParts = Partial<WallClock>;

const PARTS: Record<string, [keyof WallClock, string]> = {
  Y: ['year', '\\d{4}'],
  m: ['month', '\\d{2}'],
  n: ['month', '\\d{1,2}'],
  d: ['day', '\\d{2}'],
  j: ['day', '\\d{1,2}'],
  H: ['hours', '\\d{2}'],
  G: ['hours', '\\d{1,2}'],
  i: ['minutes', '\\d{2}'],
  s: ['seconds', '\\d{2}'],
};

/**
 * Whether a dress can be read: letters of PHP's `date()`, each once, `Y` among them or both month and day. `m` and
 * `d` also take one digit where something stands between the parts.
 */
export function isDateFormat(format: string): boolean {
  const letters = [...format].filter((character) => /[A-Za-z]/.test(character));
  const parts = letters.map((letter) => PARTS[letter]?.[0]);
  if (parts.includes(undefined) || new Set(parts).size !== parts.length) return false;
  return parts.includes('year') || (parts.includes('month') && parts.includes('day'));
}

/** @returns undefined for a text of another dress */
export function parseDate(text: string, format: string): DateParts | undefined {
  const characters = [...format];
  const apart = characters.some((character) => !/[A-Za-z]/.test(character));
  const names: (keyof WallClock)[] = [];
  const pattern = characters.map((character) => {
    const part = PARTS[character];
    if (part === undefined) return character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    names.push(part[0]);
    return `(${apart && part[0] !== 'year' ? '\\d{1,2}' : part[1]})`;
  });
  const match = new RegExp(`^${pattern.join('')}$`).exec(text.trim());
  if (match === null) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, Number(match[index + 1])]));
}

/** Whether the calendar has this day. */
export function isDay(year: number, month: number, day: number): boolean {
  // Day 0 of the next month is the last day of this one; the calendar repeats after 400 years.
  const daysInMonth = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth;
}
