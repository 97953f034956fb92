/** A number of people, and how well it is known. */
export interface Figure {
  /** Null: nothing says it. */
  readonly number: number | null;
  readonly how: 'counted' | 'estimated' | 'unknown';
}

export const counted = (number: number): Figure => ({ number, how: 'counted' });
export const estimated = (number: number): Figure => ({ number: Math.round(number), how: 'estimated' });
export const UNKNOWN: Figure = { number: null, how: 'unknown' };

const grouped = new Intl.NumberFormat('en');

/** `1 person`, `about 1,203 people`, `people whom nobody has counted`. */
export function inWords({ number, how }: Figure): string {
  if (number === null) return 'people whom nobody has counted';
  const people = `${grouped.format(number)} ${number === 1 ? 'person' : 'people'}`;
  return how === 'estimated' ? `about ${people}` : people;
}

/** The same with a capital letter, for the beginning of a sentence. */
export function inWordsFirst(figure: Figure): string {
  const words = inWords(figure);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
