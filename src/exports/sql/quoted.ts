import { NEED_MORE } from './space.ts';

const BACKSLASH = 92;

/** What a walk over a quoted text found; one object for all walks, because there are hundreds of millions. */
export const quoted = { end: 0, escaped: false, high: false };

/**
 * Walks over a quoted text.
 *
 * @param from the place after the opening quote
 * @returns whether its end is in memory. Then `quoted` holds the place of the closing quote, and whether there is
 *   anything to unescapeQuoted and any byte beyond ASCII
 */
export function walkQuoted(
  bytes: Buffer,
  from: number,
  quote: number,
  backslash: boolean,
  final: boolean,
): boolean {
  let high = 0;
  let escaped = false;
  const size = bytes.length;
  for (let at = from; at < size; at += 1) {
    const byte = bytes[at] as number;
    high |= byte;
    if (byte === quote) {
      if (at + 1 === size && !final) return false;
      if (bytes[at + 1] !== quote) {
        quoted.end = at;
        quoted.escaped = escaped;
        quoted.high = high > 127;
        return true;
      }
      at += 1;
      escaped = true;
    } else if (byte === BACKSLASH && backslash) {
      at += 1;
      high |= bytes[at] ?? 0;
      escaped = true;
    }
  }
  return false;
}

/** The place after the closing quote, or `NEED_MORE`. */
export function skipQuoted(
  bytes: Buffer,
  from: number,
  quote: number,
  backslash: boolean,
  final: boolean,
): number {
  return walkQuoted(bytes, from, quote, backslash, final) ? quoted.end + 1 : NEED_MORE;
}

/** https://dev.mysql.com/doc/refman/8.4/en/string-literals.html; `\%` and `\_` keep their backslash. */
const ESCAPES = new Map(
  [...'0bnrtZ'].map((letter, index) => [letter.charCodeAt(0), [0, 8, 10, 13, 9, 26][index] ?? 0]),
);
const PATTERN_ESCAPES = new Set([37, 95]);

/** The bytes that a quoted text with escapes stands for. */
export function unescapeQuoted(
  bytes: Buffer,
  from: number,
  end: number,
  quote: number,
  backslash: boolean,
): Buffer {
  const out = Buffer.allocUnsafe(end - from);
  let size = 0;
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte === BACKSLASH && backslash && at + 1 < end) {
      at += 1;
      const letter = bytes[at] as number;
      if (PATTERN_ESCAPES.has(letter)) out[size++] = BACKSLASH;
      out[size++] = ESCAPES.get(letter) ?? letter;
    } else {
      if (byte === quote) at += 1;
      out[size++] = byte;
    }
  }
  return out.subarray(0, size);
}
