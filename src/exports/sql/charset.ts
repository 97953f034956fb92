import { isUtf8 } from 'node:buffer';
import { BridgeError } from '../../domain/errors.ts';

/** @returns undefined where the bytes are not of this charset */
export type Decode = (bytes: Buffer) => string | undefined;

const decodeUtf8: Decode = (bytes) => (isUtf8(bytes) ? bytes.toString('utf8', 0, bytes.length) : undefined);

/** What windows-1252 has where ISO 8859-1 has control characters; MySQL's `latin1` is windows-1252. */
const CP1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const decodeCp1252: Decode = (bytes) =>
  bytes
    .toString('latin1', 0, bytes.length)
    .replaceAll(/[\x80-\x9f]/g, (character) => CP1252[character.charCodeAt(0) - 128] ?? character);

/** MySQL's names of charsets of one byte a character, and the names of the WHATWG. */
const SINGLE_BYTE: Record<string, string> = {
  cp1250: 'windows-1250',
  cp1251: 'windows-1251',
  cp1256: 'windows-1256',
  cp1257: 'windows-1257',
  cp866: 'ibm866',
  greek: 'iso-8859-7',
  hebrew: 'iso-8859-8',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
  latin2: 'iso-8859-2',
  latin5: 'windows-1254',
  latin7: 'iso-8859-13',
  tis620: 'windows-874',
};

/**
 * @param name as MySQL or PostgreSQL spells it, e.g. `utf8mb4`, `latin1`, `LATIN1`, `WIN1251`
 * @throws BridgeError `invalid_request` for a charset that cannot be read: one whose characters may hold the byte of a
 *   backslash or a quote (GBK, Shift JIS, Big5, UTF-16)
 */
export function decoderFor(name: string): Decode {
  const key = name
    .toLowerCase()
    .replaceAll(/[-_]/g, '')
    .replace(/^(win|windows)(?=\d)/, 'cp');
  if (/^(utf8(mb[34])?|ascii|usascii|unicode|sqlascii)$/.test(key)) return decodeUtf8;
  if (/^(latin1|cp1252|iso88591)$/.test(key)) return decodeCp1252;
  const label = SINGLE_BYTE[key];
  if (label === undefined) {
    throw new BridgeError(
      'invalid_request',
      `The export is in the charset "${name}", which cannot be read. Make it again in UTF-8 ` +
        '(mysqldump --default-character-set=utf8mb4), or name the right one with --charset.',
    );
  }
  const decoder = new TextDecoder(label, { fatal: true });
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      return undefined;
    }
  };
}
