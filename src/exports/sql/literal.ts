import type { Grammar } from './grammar.ts';
import { quoted, walkQuoted } from './quoted.ts';
import { isDigit, isWordByte, NEED_MORE, skipSpace } from './space.ts';

/** What stands here is no value. */
export const MALFORMED = -2;

export const LITERAL = { null: 0, text: 1, number: 2, hex: 3, bits: 4, word: 5, expression: 6 } as const;

/** The value that was read last; one object for all, because there are hundreds of millions. */
export const literal = {
  kind: 0 as number,
  /** Without quotes and `0x`. */
  from: 0,
  to: 0,
  quote: 0,
  escaped: false,
  high: false,
  backslash: false,
  /** Marked `_binary`. */
  binary: false,
};

const [QUOTE, DOUBLE, OPEN, CLOSE, PLUS, MINUS, DOT, ZERO, UNDERSCORE] = [39, 34, 40, 41, 43, 45, 46, 48, 95];

/** @returns the place after the value, `NEED_MORE` or `MALFORMED`. Fills `literal`. */
export function readLiteral(bytes: Buffer, at: number, grammar: Grammar): number {
  literal.binary = false;
  const byte = bytes[at];
  if (byte === undefined) return NEED_MORE;
  if (byte === QUOTE || (byte === DOUBLE && grammar.dialect === 'mysql')) {
    return readText(bytes, at, grammar, grammar.backslash);
  }
  if (isDigit(byte) || byte === MINUS || byte === PLUS || byte === DOT) return readNumber(bytes, at, grammar);
  return isWordByte(byte) ? readWord(bytes, at, grammar) : MALFORMED;
}

function readText(bytes: Buffer, at: number, grammar: Grammar, backslash: boolean): number {
  const quote = bytes[at] as number;
  if (!walkQuoted(bytes, at + 1, quote, backslash, grammar.final)) return NEED_MORE;
  literal.kind = LITERAL.text;
  literal.from = at + 1;
  literal.to = quoted.end;
  literal.quote = quote;
  literal.escaped = quoted.escaped;
  literal.high = quoted.high;
  literal.backslash = backslash;
  return quoted.end + 1;
}

function set(kind: number, from: number, to: number): void {
  literal.kind = kind;
  literal.from = from;
  literal.to = to;
}

function readNumber(bytes: Buffer, from: number, grammar: Grammar): number {
  let at = from;
  if (bytes[at] === ZERO && ((bytes[at + 1] ?? 0) | 32) === 120) {
    at += 2;
    while (isWordByte(bytes[at])) at += 1;
    set(LITERAL.hex, from + 2, at);
  } else {
    while (isNumberByte(bytes[at])) at += 1;
    set(LITERAL.number, from, at);
  }
  return at === bytes.length && !grammar.final ? NEED_MORE : at;
}

function isNumberByte(byte: number | undefined): boolean {
  return isDigit(byte) || byte === DOT || byte === MINUS || byte === PLUS || ((byte ?? 0) | 32) === 101;
}

function readWord(bytes: Buffer, from: number, grammar: Grammar): number {
  let at = from;
  while (isWordByte(bytes[at])) at += 1;
  if (at === bytes.length && !grammar.final) return NEED_MORE;
  if (at - from === 4 && /^null$/i.test(bytes.toString('latin1', from, at))) {
    set(LITERAL.null, from, at);
    return at;
  }
  if (bytes[from] === UNDERSCORE) return readIntroduced(bytes, from, at, grammar);
  if (at - from === 1 && bytes[at] === QUOTE) return readPrefixed(bytes, from, at, grammar);
  if (bytes[at] === OPEN) return readCall(bytes, from, at, grammar);
  set(LITERAL.word, from, at);
  return at;
}

/** `_binary '...'`, `_utf8mb4 0x...` */
function readIntroduced(bytes: Buffer, from: number, to: number, grammar: Grammar): number {
  const binary = /^_binary$/i.test(bytes.toString('latin1', from, to));
  const at = skipSpace(bytes, to, grammar.dialect === 'mysql');
  if (at === NEED_MORE || at === bytes.length) return NEED_MORE;
  const end = bytes[at] === UNDERSCORE ? MALFORMED : readLiteral(bytes, at, grammar);
  literal.binary = binary;
  return end;
}

/** `x'00ff'`, `b'0101'`, `N'...'`, PostgreSQL's `E'...'` */
function readPrefixed(bytes: Buffer, from: number, at: number, grammar: Grammar): number {
  const prefix = bytes.toString('latin1', from, from + 1).toLowerCase();
  if (!'xbne'.includes(prefix)) return MALFORMED;
  const end = readText(bytes, at, grammar, grammar.backslash || prefix === 'e');
  if (end >= 0 && prefix === 'x') literal.kind = LITERAL.hex;
  if (end >= 0 && prefix === 'b') literal.kind = LITERAL.bits;
  return end;
}

function readCall(bytes: Buffer, from: number, open: number, grammar: Grammar): number {
  const end = skipParentheses(bytes, open, grammar);
  if (end >= 0) set(LITERAL.expression, from, end);
  return end;
}

/** @returns the place after the parenthesis that closes the one at `open`, or `NEED_MORE` */
export function skipParentheses(bytes: Buffer, open: number, grammar: Grammar): number {
  let depth = 0;
  for (let at = open; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === OPEN) depth += 1;
    else if (byte === CLOSE) {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (byte === QUOTE || byte === DOUBLE) {
      if (!walkQuoted(bytes, at + 1, byte, grammar.backslash, grammar.final)) return NEED_MORE;
      at = quoted.end;
    }
  }
  return NEED_MORE;
}
