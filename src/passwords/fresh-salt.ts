/** Random bytes, as many as are asked for. */
export type Fresh = (bytes: number) => Buffer;

const ALPHABETS: readonly (readonly [shape: RegExp, characters: string])[] = [
  [/^\d{9,}$/, '0123456789'],
  [/^(?=.*[a-f])[0-9a-f]{6,}$/, '0123456789abcdef'],
  [/^(?=.*[A-F])[0-9A-F]{6,}$/, '0123456789ABCDEF'],
];
const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const PADDED_BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/;

/**
 * A salt text of the same length that software which wrote the old one can read: hexadecimal for hexadecimal, base64 for
 * base64, else letters and digits. No salt stays none.
 */
export function saltTextLike(old: string, fresh: Fresh): string {
  if (PADDED_BASE64.test(old)) return fresh(Buffer.from(old, 'base64').length).toString('base64');
  const characters = ALPHABETS.find(([shape]) => shape.test(old))?.[1] ?? LETTERS_AND_DIGITS;
  return textOf(characters, [...old].length, fresh);
}

/** Salt bytes of the same length; text where the old ones are, since some software can store nothing else. */
export function saltLike(old: Buffer, fresh: Fresh): Buffer {
  const text = old.toString('latin1');
  return /^[\x21-\x7e]*$/.test(text) ? Buffer.from(saltTextLike(text, fresh)) : fresh(old.length);
}

/** Characters drawn evenly: bytes past the last whole multiple are thrown away. */
export function textOf(characters: string, length: number, fresh: Fresh): string {
  const usable = 256 - (256 % characters.length);
  let text = '';
  while (text.length < length) {
    const [byte = 255] = fresh(1);
    if (byte < usable) text += characters[byte % characters.length];
  }
  return text;
}
