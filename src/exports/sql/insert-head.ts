import type { Grammar } from './grammar.ts';
import { NEED_MORE, skipSpace } from './space.ts';
import { createTokenReader } from './token-reader.ts';
import { type Token, tokenAt } from './tokens.ts';

/** `INSERT INTO name (columns) VALUES`, up to the first row. */
export interface InsertHead {
  readonly schema?: string;
  readonly name: string;
  readonly columns: readonly string[] | undefined;
  /** The place of the first row's parenthesis. */
  readonly rowsAt: number;
}

/** @returns `NEED_MORE`, or undefined where no rows follow: `INSERT ... SELECT`, `INSERT ... SET` */
export function readInsertHead(bytes: Buffer, from: number, grammar: Grammar): InsertHead | undefined | -1 {
  const tokens: Token[] = [];
  let at = from;
  for (;;) {
    const token = wholeToken(bytes, at, grammar);
    if (token === undefined) return NEED_MORE;
    at = token.to;
    if (isWord(token, /^VALUES?$/i)) break;
    if (token.text === ';' || isWord(token, /^(SELECT|SET|WITH)$/i)) return undefined;
    tokens.push(token);
  }
  at = skipSpace(bytes, at, grammar.dialect === 'mysql');
  if (at === NEED_MORE || at === bytes.length) return NEED_MORE;
  const head = parseHead(tokens);
  return head === undefined || bytes[at] !== OPEN ? undefined : { ...head, rowsAt: at };
}

/** The next token, if its end is sure to be in memory. */
function wholeToken(bytes: Buffer, from: number, grammar: Grammar): Token | undefined {
  const at = skipSpace(bytes, from, grammar.dialect === 'mysql');
  if (at === NEED_MORE || at === bytes.length) return undefined;
  const token = tokenAt(bytes, at, grammar);
  return token?.to === bytes.length && !grammar.final ? undefined : token;
}

const isWord = ({ kind, text }: Token, pattern: RegExp) => kind === 'word' && pattern.test(text);

const OPEN = 40;

function parseHead(tokens: readonly Token[]): Omit<InsertHead, 'rowsAt'> | undefined {
  const reader = createTokenReader(tokens);
  if (!reader.take('INSERT|REPLACE')) return undefined;
  reader.take('LOW_PRIORITY|DELAYED|HIGH_PRIORITY');
  reader.take('IGNORE');
  reader.take('OR REPLACE|IGNORE');
  reader.take('INTO');
  const table = reader.qualifiedName();
  if (table === undefined) return undefined;
  return { ...table, columns: columnsOf(reader.group()) };
}

function columnsOf(tokens: readonly Token[] | undefined): string[] | undefined {
  if (tokens === undefined) return undefined;
  return tokens.filter(({ kind }) => kind !== 'symbol').map(({ text }) => text);
}
