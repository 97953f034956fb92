import { changed, type Part } from './part.ts';
import { RecipeError } from './recipe-error.ts';
import type { RecipeFunction } from './recipe-function.ts';

/** The fewest bytes of a digest that say anything about a password: 64 bits. */
export const FEWEST_BYTES = 8;

/** What legacy apps do to a text before they hash it, and to a digest before they store it; by PHP's names. */
export const TEXT_FUNCTIONS: readonly (readonly [string, RecipeFunction])[] = [
  ['substr', { signature: 'substr(digest, start, length)', expressions: 1, numbers: 2, make: substr }],
  ['trim', { ...textFunction('trim', 1, trimmed), make: ([inner]) => trim(inner as Part) }],
  ['htmlspecialchars', textFunction('htmlspecialchars', 6, (bytes) => replaced(bytes, ENTITIES))],
  [
    'htmlspecialchars_quotes',
    textFunction('htmlspecialchars_quotes', 6, (bytes) => replaced(bytes, ENTITIES_AND_QUOTES)),
  ],
  ['addslashes', textFunction('addslashes', 2, (bytes) => replaced(bytes, SLASHES))],
];

/** The same, and the case functions, as they change bytes; for the search of an unknown recipe. */
export const changedText: readonly (readonly [string, (bytes: Uint8Array) => Uint8Array])[] = [
  ['trim', trimmed],
  ['lower', (bytes) => inLatin1(bytes, (text) => text.replaceAll(/[A-Z]+/g, (found) => found.toLowerCase()))],
  ['upper', (bytes) => inLatin1(bytes, (text) => text.replaceAll(/[a-z]+/g, (found) => found.toUpperCase()))],
  ['htmlspecialchars', (bytes) => replaced(bytes, ENTITIES)],
  ['htmlspecialchars_quotes', (bytes) => replaced(bytes, ENTITIES_AND_QUOTES)],
  ['addslashes', (bytes) => replaced(bytes, SLASHES)],
];

const inLatin1 = (bytes: Uint8Array, change: (text: string) => string) =>
  Buffer.from(change(Buffer.from(bytes).toString('latin1')), 'latin1');

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const ENTITIES_AND_QUOTES: Record<string, string> = { ...ENTITIES, "'": '&#039;' };
const SLASHES: Record<string, string> = { "'": "\\'", '"': '\\"', '\\': '\\\\', '\0': '\\0' };

/** Every character that is replaced is ASCII, and no byte of another UTF-8 character is. */
function replaced(bytes: Uint8Array, by: Record<string, string>): Buffer {
  const text = Buffer.from(bytes).toString('latin1');
  return Buffer.from(
    text.replaceAll(/[&<>"'\\\0]/g, (found) => by[found] ?? found),
    'latin1',
  );
}

/** PHP's `trim`: blank, tab, line feed, carriage return, NUL and vertical tab, byte by byte. */
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d, 0x00, 0x0b]);

export function trimmed(bytes: Uint8Array): Uint8Array {
  let [start, end] = [0, bytes.length];
  while (start < end && BLANKS.has(bytes[start] ?? -1)) start += 1;
  while (end > start && BLANKS.has(bytes[end - 1] ?? -1)) end -= 1;
  return bytes.subarray(start, end);
}

function textFunction(
  name: string,
  growth: number,
  change: (bytes: Uint8Array) => Uint8Array,
): RecipeFunction {
  return {
    signature: `${name}(value)`,
    expressions: 1,
    numbers: 0,
    make([inner]) {
      const part = inner as Part;
      return {
        ...changed(part),
        evaluate: (inputs) => change(part.evaluate(inputs)),
        maxBytes: part.maxBytes * growth,
      };
    },
  };
}

function trim(inner: Part): Part {
  const { output: _, ...rest } = inner;
  return {
    ...rest,
    evaluate: (inputs) => trimmed(inner.evaluate(inputs)),
    trims: rest.trims || rest.pass === 'bare',
  };
}

/** A part of a digest's text or bytes, which a narrow column kept or the legacy app cut out. */
function substr(
  [inner]: readonly Part[],
  call: { offset: number },
  [start = 0, length = 0]: readonly number[],
): Part {
  const { output, ...rest } = inner as Part;
  if (output === undefined || output.encoding === 'base64') {
    throw new RecipeError('substr is of a digest such as md5(...) or md5_bin(...)', call.offset);
  }
  const perByte = output.encoding === 'hex' ? 2 : 1;
  if (length < 1 || start + length > output.bytes * perByte) {
    throw new RecipeError(`the digest has ${output.bytes * perByte} characters, from 0 on`, call.offset);
  }
  const bytes = length / perByte;
  const isDigest = start % perByte === 0 && Number.isInteger(bytes) && bytes >= FEWEST_BYTES;
  return {
    ...rest,
    evaluate: (inputs) => (inner as Part).evaluate(inputs).subarray(start, start + length),
    ...(isDigest ? { output: { encoding: output.encoding, bytes } } : {}),
    maxBytes: length,
    passBytes: 0,
  };
}
