import type { Charset } from '../../domain/credential.ts';

export interface Transcoded {
  readonly bytes: Uint8Array;
  /**
   * False when the legacy system cannot have been given this password: then nothing may match, however the bytes
   * compare. They are there so that it takes as long.
   */
  readonly faithful: boolean;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Turns what was typed, which the login page sends as UTF-8, into the bytes that the legacy app hashed. */
export function transcode(password: Uint8Array, charset: Charset): Transcoded {
  if (charset === 'utf8') return { bytes: password, faithful: true };
  let text: string;
  try {
    text = utf8.decode(password);
  } catch {
    return { bytes: password, faithful: false };
  }
  return ENCODERS[charset](text);
}

const ENCODERS: Record<Exclude<Charset, 'utf8'>, (text: string) => Transcoded> = {
  /** .NET, Java and Windows: two bytes a UTF-16 unit. It has every character. */
  utf16le: (text) => ({ bytes: Buffer.from(text, 'utf16le'), faithful: true }),
  /**
   * ISO 8859-1 proper, as PHP's `utf8_decode()` and Java make it. They replace what it lacks by `?`, which would let
   * any password of the same length pass; so nothing matches.
   */
  latin1: (text) => ({ bytes: Buffer.from(text, 'latin1'), faithful: !/[^\0-\xff]/.test(text) }),
  /**
   * What browsers send for a page declared as windows-1252 or as ISO 8859-1: for what it lacks a character reference
   * in decimal, `&#8364;` (WHATWG Encoding, 5.1.1 `html`), which the legacy app has hashed as it came.
   */
  cp1252: (text) => ({
    bytes: Buffer.concat([...text].map((character) => CP1252.get(character) ?? reference(character))),
    faithful: true,
  }),
};

/** The five bytes that windows-1252 leaves out are control characters to browsers, and back. */
const CP1252 = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder('windows-1252').decode(Uint8Array.of(byte)),
    Buffer.of(byte),
  ]),
);

const reference = (character: string) => Buffer.from(`&#${character.codePointAt(0)};`);
