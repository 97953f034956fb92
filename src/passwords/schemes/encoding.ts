/** Base64 in the one way to write these bytes, padded or not; a text that was cut mostly ends in another. */
export function readBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  const canonical = bytes.toString('base64');
  return text === canonical || text === withoutPadding(canonical) ? bytes : undefined;
}

/** passlib's "adapted" base64 has `.` for `+` and no padding; software that came after it writes either alphabet. */
export function readAdaptedBase64(text: string): Buffer | undefined {
  return readBase64(text.includes('.') ? text.replaceAll('.', '+') : text);
}

/** Whole bytes in hexadecimal of either case. */
export function readHex(text: string): Buffer | undefined {
  return text.length % 2 === 0 && /^[0-9a-f]*$/i.test(text) ? Buffer.from(text, 'hex') : undefined;
}

/** A number in the one way to write it, without sign and leading zeros, of up to ten digits. */
export function readInteger(text: string | undefined): number | undefined {
  return text !== undefined && /^(?:0|[1-9]\d{0,9})$/.test(text) ? Number(text) : undefined;
}

export const base64 = (bytes: Buffer): string => bytes.toString('base64');
export const bareBase64 = (bytes: Buffer): string => withoutPadding(base64(bytes));
export const adaptedBase64 = (bytes: Buffer): string => bareBase64(bytes).replaceAll('+', '.');
export const hex = (bytes: Buffer): string => bytes.toString('hex');

const withoutPadding = (text: string) => text.replace(/={1,2}$/, '');
