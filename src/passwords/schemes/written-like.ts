import { bareBase64, base64, hex } from './encoding.ts';

const FORMS: readonly ((bytes: Buffer) => string)[] = [
  hex,
  (bytes) => hex(bytes).toUpperCase(),
  base64,
  bareBase64,
];

/**
 * Bytes in the form in which others of their length stand in the old text: software compares text.
 *
 * @param old what `oldBytes` were written as
 * @returns undefined when that form is none of the usual ones
 */
export function writtenLike(old: string, oldBytes: Buffer, bytes: Buffer): string | undefined {
  return FORMS.find((form) => form(oldBytes) === old)?.(bytes);
}
