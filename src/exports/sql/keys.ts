import type { IndexDefinition } from '../export.ts';
import type { TokenReader } from './token-reader.ts';
import { createTokenReader } from './token-reader.ts';
import type { Token } from './tokens.ts';

export interface ParsedKey {
  readonly primary: boolean;
  /** Undefined for keys that say nothing about look-ups: foreign keys, checks, full text. */
  readonly index: IndexDefinition | undefined;
}

/**
 * Reads `PRIMARY KEY (...)`, `UNIQUE KEY name (...)`, `KEY name (...)`, `CONSTRAINT name ...`.
 *
 * @param plainKeys whether KEY and INDEX begin a key: in MySQL alone, elsewhere they are names of columns
 * @returns undefined where no key stands here
 */
export function parseKey(reader: TokenReader, plainKeys: boolean): ParsedKey | undefined {
  const named = reader.take('CONSTRAINT');
  const constraint = named && !startsKey(reader) ? reader.name() : undefined;
  if (reader.take('PRIMARY KEY')) return keyOf(reader, { primary: true, unique: true, name: 'primary' });
  if (reader.take('UNIQUE')) {
    reader.take('KEY|INDEX');
    return keyOf(reader, { primary: false, unique: true, name: constraint });
  }
  if (reader.take('FOREIGN KEY') || reader.take('CHECK') || reader.take('EXCLUDE') || named) return NO_LOOKUP;
  if (plainKeys && (reader.take('FULLTEXT|SPATIAL|VECTOR') || reader.take('PERIOD FOR'))) return NO_LOOKUP;
  if (plainKeys && reader.take('KEY|INDEX'))
    return keyOf(reader, { primary: false, unique: false, name: undefined });
  return undefined;
}

const NO_LOOKUP: ParsedKey = { primary: false, index: undefined };

function startsKey(reader: TokenReader): boolean {
  const token = reader.peek();
  return token?.kind === 'word' && /^(PRIMARY|UNIQUE|FOREIGN|CHECK)$/i.test(token.text);
}

function keyOf(
  reader: TokenReader,
  { primary, unique, name }: { primary: boolean; unique: boolean; name: string | undefined },
): ParsedKey {
  let given = name;
  if (!isOpen(reader.peek()) && !reader.take('USING')) given = reader.name() ?? name;
  while (reader.peek() !== undefined && !isOpen(reader.peek())) reader.next();
  const parts = parseKeyParts(reader.group() ?? []);
  if (parts === undefined) return { primary, index: undefined };
  const columns = parts.map(({ column }) => column);
  const whole = parts.every(({ prefix }) => !prefix);
  return { primary, index: { name: given ?? columns.join('_'), columns, unique: unique && whole } };
}

/** `email`, `email(20)`, `email DESC`, `email COLLATE x`; undefined where a part is an expression. */
export function parseKeyParts(tokens: readonly Token[]): { column: string; prefix: boolean }[] | undefined {
  const reader = createTokenReader(tokens);
  const parts: { column: string; prefix: boolean }[] = [];
  do {
    const column = reader.name();
    if (column === undefined) return undefined;
    parts.push({ column, prefix: reader.group() !== undefined });
    reader.rest();
  } while (reader.symbol(','));
  return parts;
}

function isOpen(token: Token | undefined): boolean {
  return token?.kind === 'symbol' && token.text === '(';
}
