/** The alphabet of crypt(3), in its order; neither that of base64 nor that of bcrypt. */
export const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** What a character of the alphabet counts; -1 for any other. */
export const valueOfCharacter = (character: string): number => ALPHABET.indexOf(character);

/**
 * Bytes as crypt(3) writes them: groups of three, least significant six bits first; a shorter last group has only the
 * characters it needs.
 *
 * @param order which byte comes where, for the formats that shuffle them
 */
export function encode64(bytes: Uint8Array, order: readonly number[] = [...bytes.keys()]): string {
  let text = '';
  for (let at = 0; at < order.length; at += 3) {
    const group = order.slice(at, at + 3);
    const value = group.reduce((sum, index, place) => sum | ((bytes[index] ?? 0) << (8 * place)), 0);
    text += encodeNumber(value, group.length + 1);
  }
  return text;
}

/** A number below 2^32 in this many characters, least significant six bits first. */
function encodeNumber(value: number, characters: number): string {
  return Array.from({ length: characters }, (_, at) => ALPHABET[(value >>> (6 * at)) & 63]).join('');
}

/** The number that `encodeNumber` wrote, in up to five characters. */
export function decodeNumber(text: string): number {
  return [...text].reduce((sum, character, at) => sum + valueOfCharacter(character) * 64 ** at, 0);
}

/**
 * The bytes that crypt(3) sees: it takes a C string, which ends at the first NUL.
 *
 * @returns undefined for what begins with a NUL: it would be taken for the empty password, which nobody has
 */
export function asCString(password: Uint8Array): Uint8Array | undefined {
  const end = password.indexOf(0);
  if (end === 0) return undefined;
  return end < 0 ? password : password.subarray(0, end);
}
