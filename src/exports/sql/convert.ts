import type { ColumnKind, ExportValue } from '../export.ts';
import type { Decode } from './charset.ts';
import { LITERAL, literal } from './literal.ts';
import { unescapeQuoted } from './quoted.ts';

/** Integers of so many digits are exact as JavaScript numbers. */
const SAFE_DIGITS = 15;
const INTEGER = /^[+-]?\d+$/;

/**
 * The value that `literal` holds, as its column wants it.
 *
 * @returns undefined where it cannot be: bytes that are not of the charset, an expression, a word such as DEFAULT
 */
export function convertLiteral(kind: ColumnKind, bytes: Buffer, decode: Decode): ExportValue | undefined {
  switch (literal.kind) {
    case LITERAL.null:
      return null;
    case LITERAL.text:
      if (kind === 'text' && !literal.binary && !literal.escaped && !literal.high) {
        return bytes.toString('latin1', literal.from, literal.to);
      }
      return convertText(literal.binary && kind === 'text' ? 'bytes' : kind, contents(bytes), decode);
    case LITERAL.number:
      return convertNumber(kind, bytes.toString('latin1', literal.from, literal.to));
    case LITERAL.hex:
      return convertHex(kind, bytes.toString('latin1', literal.from, literal.to), decode);
    case LITERAL.bits:
      return convertBits(kind, bytes.toString('latin1', literal.from, literal.to));
    case LITERAL.word:
      return convertWord(kind, bytes.toString('latin1', literal.from, literal.to).toLowerCase());
    default:
      // Shapes on a map are written as a call, e.g. ST_GeomFromText('POINT(1 2)').
      return kind === 'bytes' ? decode(bytes.subarray(literal.from, literal.to)) : undefined;
  }
}

function contents(bytes: Buffer): Buffer {
  const { from, to, quote, escaped, backslash } = literal;
  return escaped ? unescapeQuoted(bytes, from, to, quote, backslash) : bytes.subarray(from, to);
}

/** What a quoted text, a field of COPY, says in a column of this kind. */
export function convertText(kind: ColumnKind, text: Buffer, decode: Decode): ExportValue | undefined {
  if (kind === 'bytes') return Buffer.from(text);
  if (kind === 'bits') return bitsOf(text);
  const decoded = decode(text);
  return decoded === undefined || kind === 'text' ? decoded : convertNumber(kind, decoded);
}

function convertNumber(kind: ColumnKind, text: string): ExportValue {
  switch (kind) {
    case 'integer':
    case 'bits':
      if (!INTEGER.test(text)) return text;
      return text.length <= SAFE_DIGITS ? Number(text) : BigInt(text.replace('+', ''));
    case 'real':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
    case 'bytes':
      return Buffer.from(text, 'latin1');
    case 'text':
      return text;
  }
}

function convertHex(kind: ColumnKind, digits: string, decode: Decode): ExportValue | undefined {
  if (!/^[0-9a-f]*$/i.test(digits)) return undefined;
  const value = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  if (kind === 'bytes' || literal.binary) return value;
  return kind === 'text' ? (decode(value) ?? value) : bitsOf(value);
}

function convertBits(kind: ColumnKind, digits: string): ExportValue | undefined {
  if (!/^[01]{0,64}$/.test(digits)) return undefined;
  if (kind === 'text') return digits;
  return narrow(BigInt.asIntN(64, BigInt(`0b0${digits}`)));
}

function bitsOf(value: Buffer): ExportValue | undefined {
  if (value.length > 8) return undefined;
  return narrow(BigInt.asIntN(64, BigInt(`0x0${value.toString('hex')}`)));
}

function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function convertWord(kind: ColumnKind, word: string): ExportValue | undefined {
  if (word !== 'true' && word !== 'false') return undefined;
  return kind === 'text' ? word : Number(word === 'true');
}
