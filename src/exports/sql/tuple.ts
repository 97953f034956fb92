import type { ColumnKind, ExportValue } from '../export.ts';
import type { Decode } from './charset.ts';
import { convertLiteral } from './convert.ts';
import type { Grammar } from './grammar.ts';
import { MALFORMED, readLiteral } from './literal.ts';
import { NEED_MORE, skipSpace } from './space.ts';

const [CLOSE, COMMA, SPACE] = [41, 44, 32];

/** Where rows go to: the kinds of the columns that the statement names, in its order. */
export interface TupleShape {
  readonly kinds: readonly ColumnKind[];
  readonly decode: Decode;
}

export interface Tuple {
  values: ExportValue[];
  /** How many values there were, those without a column included. */
  count: number;
  /** The index of the first value that could not be read as its column's kind; -1 where there is none. */
  faulty: number;
}

/**
 * Reads `(value, ...)`.
 *
 * @param at the place of the opening parenthesis
 * @param into filled; its values are a new array each time
 * @returns the place after the closing parenthesis, `NEED_MORE` or `MALFORMED`
 */
export function readTuple(
  bytes: Buffer,
  at: number,
  grammar: Grammar,
  shape: TupleShape,
  into: Tuple,
): number {
  const hash = grammar.dialect === 'mysql';
  into.values = new Array(shape.kinds.length).fill(null);
  into.faulty = -1;
  let place = at + 1;
  for (let index = 0; ; index += 1) {
    if (isSpace(bytes[place])) place = skipSpace(bytes, place, hash);
    const end = place === NEED_MORE ? NEED_MORE : readLiteral(bytes, place, grammar);
    if (end < 0) return end;
    keepValue(bytes, index, shape, into);
    place = isSpace(bytes[end]) ? skipSpace(bytes, end, hash) : end;
    const byte = bytes[place];
    if (byte === COMMA) {
      place += 1;
      continue;
    }
    into.count = index + 1;
    if (byte === CLOSE) return place + 1;
    return byte === undefined ? NEED_MORE : MALFORMED;
  }
}

/** What `literal` holds; values that are one too many are counted alone. */
function keepValue(bytes: Buffer, index: number, { kinds, decode }: TupleShape, into: Tuple): void {
  const kind = kinds[index];
  if (kind === undefined) return;
  const value = convertLiteral(kind, bytes, decode);
  if (value !== undefined) into.values[index] = value;
  else if (into.faulty === -1) into.faulty = index;
}

/** White space, or what may begin a comment. */
function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && (byte <= SPACE || byte === 47 || byte === 35 || byte === 45 || byte === 42);
}

/**
 * Where reading may go on after a row that is none, because its quotes are broken: before the next row that begins a line, or after a
 * statement's end that ends one. A newline is asked for, because text that somebody typed into a user table cannot
 * bring one along: MySQL's dumps write it as `\n`.
 */
export function nextFirmGround(
  bytes: Buffer,
  at: number,
): { end: number; statementEnds: boolean } | undefined {
  const text = bytes.toString('latin1', at, bytes.length);
  const found = /\)[ \t]*,[ \t]*\r?\n[ \t]*(?=\()|;[ \t]*\r?\n/.exec(text);
  if (found === null) return undefined;
  return { end: at + found.index + found[0].length, statementEnds: found[0].startsWith(';') };
}
