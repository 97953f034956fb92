import type { Grammar } from './grammar.ts';
import { quoted, unescapeQuoted, walkQuoted } from './quoted.ts';
import { isWordByte, NEED_MORE, skipSpace } from './space.ts';

/** A piece of a statement that is not rows. A `name` was quoted, a `word` was not. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'symbol';
  readonly text: string;
  /** For parts of a statement as it was written. */
  readonly from: number;
  readonly to: number;
}

const [QUOTE, DOUBLE, BACKTICK, BRACKET, BRACKET_END] = [39, 34, 96, 91, 93];

/** @returns undefined where the statement's quotes are not closed */
export function tokenize(bytes: Buffer, from: number, to: number, grammar: Grammar): Token[] | undefined {
  const statement = bytes.subarray(from, to);
  const whole = { ...grammar, final: true };
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at = skipSpace(statement, at, grammar.dialect === 'mysql');
    if (at === NEED_MORE || at >= statement.length) return tokens;
    const token = tokenAt(statement, at, whole);
    if (token === undefined) return undefined;
    tokens.push(token);
    at = token.to;
  }
}

/** The token that begins here, all of which must be in memory. */
export function tokenAt(bytes: Buffer, at: number, grammar: Grammar): Token | undefined {
  const byte = bytes[at] as number;
  const isName = byte === BACKTICK || byte === DOUBLE || (byte === BRACKET && grammar.dialect === 'sqlite');
  if (isName || byte === QUOTE) {
    const quote = byte === BRACKET ? BRACKET_END : byte;
    const backslash = grammar.backslash && byte === QUOTE;
    if (!walkQuoted(bytes, at + 1, quote, backslash, grammar.final)) return undefined;
    const text = decodeName(unescapeQuoted(bytes, at + 1, quoted.end, quote, backslash));
    return { kind: isName ? 'name' : 'text', text, from: at, to: quoted.end + 1 };
  }
  let end = at + 1;
  if (!isWordByte(byte)) return { kind: 'symbol', text: String.fromCharCode(byte), from: at, to: end };
  while (isWordByte(bytes[end])) end += 1;
  return { kind: 'word', text: decodeName(bytes.subarray(at, end)), from: at, to: end };
}

/** Names are in the dump's charset; nearly always they are ASCII. */
function decodeName(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? bytes.toString('latin1') : text;
}

const DOLLAR = 36;

/** @returns the place after the statement's delimiter, or `NEED_MORE` */
export function statementEnd(bytes: Buffer, from: number, grammar: Grammar): number {
  const hash = grammar.dialect === 'mysql';
  const delimiter = Buffer.from(grammar.delimiter);
  let at = from;
  while (at < bytes.length) {
    at = skipSpace(bytes, at, hash);
    if (at === NEED_MORE) break;
    if (bytes[at] === delimiter[0] && bytes.subarray(at, at + delimiter.length).equals(delimiter)) {
      return at + delimiter.length;
    }
    at = skipPiece(bytes, at, grammar);
    if (at === NEED_MORE) break;
  }
  return grammar.final ? bytes.length : NEED_MORE;
}

function skipPiece(bytes: Buffer, at: number, grammar: Grammar): number {
  const byte = bytes[at];
  if (byte === QUOTE || byte === DOUBLE || byte === BACKTICK) {
    const backslash = grammar.backslash && byte !== BACKTICK;
    return walkQuoted(bytes, at + 1, byte, backslash, grammar.final) ? quoted.end + 1 : NEED_MORE;
  }
  if (byte === DOLLAR && grammar.dialect === 'postgres') return skipDollarQuoted(bytes, at);
  return at + 1;
}

/** `$$ ... $$` and `$tag$ ... $tag$` of PostgreSQL's functions. */
function skipDollarQuoted(bytes: Buffer, at: number): number {
  const [tag] = /^\$[A-Za-z_0-9]*\$/.exec(bytes.toString('latin1', at, at + 80)) ?? [];
  if (tag === undefined) return at + 1;
  const end = bytes.indexOf(tag, at + tag.length, 'latin1');
  return end === -1 ? NEED_MORE : end + tag.length;
}
