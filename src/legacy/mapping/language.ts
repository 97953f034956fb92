import { isTimeZone } from './time-zone.ts';

const POSIX = /^([a-z]{2,3})[_-]([a-z]{4}[_-])?([a-z]{2}|\d{3})?(?:\.[a-z0-9-]+)?(?:@[a-z]+)?$/i;
const TAG = /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,4}$/i;

/**
 * A language as BCP 47 writes it: `de-DE` for `de_DE.UTF-8`, `de` for `DE`.
 *
 * @returns undefined for what is none, such as `german`: a map says what that means
 */
export function localeOf(text: string): string | undefined {
  const [posix, language, script = '', region = ''] = POSIX.exec(text.trim()) ?? [];
  const tag =
    posix === undefined ? text.trim() : [language, script.slice(0, -1), region].filter(Boolean).join('-');
  if (!TAG.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/** A time zone of the IANA database, as it stands; undefined for what is none, such as `GMT+1 (Berlin)`. */
export function zoneOf(text: string): string | undefined {
  const name = text.trim();
  return isTimeZone(name) ? name : undefined;
}
