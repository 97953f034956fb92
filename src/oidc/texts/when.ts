const HOUR = 60;

/**
 * When to try again, as a part of a sentence: `in 5 minutes`, `dans 2 heures`. From two hours on in whole hours,
 * rounded up.
 *
 * @param lang BCP 47
 */
export function inTime(lang: string, seconds: number): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const words = new Intl.RelativeTimeFormat(lang);
  return minutes < 2 * HOUR
    ? words.format(minutes, 'minute')
    : words.format(Math.ceil(minutes / HOUR), 'hour');
}
