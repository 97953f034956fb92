/** A unit runs past the bytes that are in memory. */
export const NEED_MORE = -1;

const [TAB, NEWLINE, SPACE, HASH, STAR, DASH, SLASH, BANG] = [9, 10, 32, 35, 42, 45, 47, 33];
const [ZERO, NINE, CAPITAL_M] = [48, 57, 77];
/** MariaDB hides commands of its client from servers behind a version that will never be. */
const NO_VERSION = 999_999;

/**
 * Skips white space and comments. What stands in an executable comment (`/*!40101 ... *` + `/`) is text like any
 * other: its opening and its end are skipped alone.
 *
 * @param hash whether `#` begins a comment (MySQL)
 * @returns the place of the first byte that says something, `bytes.length` where there is none, or `NEED_MORE` when a
 *   comment or its beginning runs past the end
 */
export function skipSpace(bytes: Buffer, from: number, hash: boolean): number {
  let at = from;
  for (;;) {
    const byte = bytes[at];
    if (byte === undefined) return at;
    if (byte === SPACE || (byte >= TAB && byte <= 13)) {
      at += 1;
      continue;
    }
    const after = commentEnd(bytes, at, byte, hash);
    if (after === at) return at;
    if (after === NEED_MORE) return NEED_MORE;
    at = after;
  }
}

/** Where the comment that begins here ends; `at` itself where none does. */
function commentEnd(bytes: Buffer, at: number, byte: number, hash: boolean): number {
  const next = bytes[at + 1];
  if (byte === HASH) return hash ? lineEnd(bytes, at) : at;
  if (byte !== DASH && byte !== SLASH && byte !== STAR) return at;
  if (next === undefined) return NEED_MORE;
  if (byte === DASH) return next === DASH ? lineEnd(bytes, at) : at;
  if (byte === STAR) return next === SLASH ? at + 2 : at;
  return next === STAR ? slashComment(bytes, at) : at;
}

function slashComment(bytes: Buffer, at: number): number {
  let place = at + 2;
  if (bytes[place] === CAPITAL_M) place += 1;
  if (bytes[place] === undefined) return NEED_MORE;
  if (bytes[place] === BANG) {
    const digits = place + 1;
    place = digits;
    while (isDigit(bytes[place])) place += 1;
    if (bytes[place] === undefined) return NEED_MORE;
    const version = Number(bytes.toString('latin1', digits, place));
    if (version < NO_VERSION) return place;
  }
  const end = bytes.indexOf('*/', at + 2, 'latin1');
  return end === -1 ? NEED_MORE : end + 2;
}

function lineEnd(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(NEWLINE, at);
  return end === -1 ? NEED_MORE : end + 1;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

/** A byte of a name that is not quoted: letters, digits, `_`, `$`, and everything beyond ASCII. */
export function isWordByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const lower = byte | 32;
  return (
    (lower >= 97 && lower <= 122 && byte < 128) || isDigit(byte) || byte === 95 || byte === 36 || byte >= 128
  );
}
