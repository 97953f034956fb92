import type { Token } from './tokens.ts';

/** Walks over the tokens of one statement. */
export interface TokenReader {
  peek(): Token | undefined;
  next(): Token | undefined;
  /** Takes these words, case being the same, if they all stand here; `|` parts alternatives. */
  take(words: string): boolean;
  symbol(text: string): boolean;
  /** A name, quoted or not. */
  name(): string | undefined;
  /** `schema.table`, `table`; of three parts the last two. */
  qualifiedName(): { schema?: string; name: string } | undefined;
  /** Takes everything up to the comma or the closing parenthesis at this depth, which stays. */
  rest(): Token[];
  /** `(...)`: all tokens within, or undefined where no parenthesis stands here. */
  group(): Token[] | undefined;
}

export function createTokenReader(tokens: readonly Token[]): TokenReader {
  let at = 0;
  const isSymbol = (token: Token | undefined, text: string) =>
    token?.kind === 'symbol' && token.text === text;
  const reader: TokenReader = {
    peek: () => tokens[at],
    next: () => tokens[at++],
    take(words) {
      const wanted = words.split(' ');
      const found = wanted.every((word, index) => {
        const token = tokens[at + index];
        return token?.kind === 'word' && word.split('|').includes(token.text.toUpperCase());
      });
      if (found) at += wanted.length;
      return found;
    },
    symbol(text) {
      const found = isSymbol(tokens[at], text);
      if (found) at += 1;
      return found;
    },
    name() {
      const token = tokens[at];
      if (token === undefined || token.kind === 'symbol') return undefined;
      at += 1;
      return token.text;
    },
    qualifiedName() {
      const parts: string[] = [];
      do {
        const part = reader.name();
        if (part === undefined) return undefined;
        parts.push(part);
      } while (reader.symbol('.'));
      const [name, schema] = parts.reverse();
      if (name === undefined) return undefined;
      return schema === undefined ? { name } : { schema, name };
    },
    rest() {
      const from = at;
      for (let depth = 0; at < tokens.length; at += 1) {
        const token = tokens[at];
        if (depth === 0 && (isSymbol(token, ',') || isSymbol(token, ')') || isSymbol(token, ';'))) break;
        if (isSymbol(token, '(')) depth += 1;
        else if (isSymbol(token, ')')) depth -= 1;
      }
      return tokens.slice(from, at);
    },
    group() {
      if (!reader.symbol('(')) return undefined;
      const from = at;
      for (let depth = 1; at < tokens.length; at += 1) {
        if (isSymbol(tokens[at], '(')) depth += 1;
        else if (isSymbol(tokens[at], ')') && --depth === 0) break;
      }
      const within = tokens.slice(from, at);
      at += 1;
      return within;
    },
  };
  return reader;
}
