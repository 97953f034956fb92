import type { ColumnDefinition } from '../export.ts';
import { kindOf } from './column-type.ts';
import type { Grammar } from './grammar.ts';
import { createTokenReader, type TokenReader } from './token-reader.ts';
import type { Token } from './tokens.ts';

/** What ends the type of a column and begins its attributes. */
const ATTRIBUTES = new Set(
  (
    'NOT NULL DEFAULT COLLATE CHARACTER CHARSET COMMENT AUTO_INCREMENT AUTOINCREMENT PRIMARY UNIQUE KEY GENERATED AS ' +
    'ON CHECK REFERENCES CONSTRAINT VIRTUAL STORED PERSISTENT INVISIBLE VISIBLE STORAGE COLUMN_FORMAT SRID ' +
    'COMPRESSED REF_SYSTEM_ID'
  ).split(' '),
);

export interface ParsedColumn {
  readonly column: ColumnDefinition;
  readonly primaryKey: boolean;
  readonly unique: boolean;
}

/** Reads `name type attributes ...`, where nothing else follows. */
export function parseColumn(tokens: readonly Token[], grammar: Grammar): ParsedColumn | undefined {
  const reader = createTokenReader(tokens);
  const name = reader.name();
  if (name === undefined) return undefined;
  const attributesAt = tokens.findIndex(
    ({ kind, text }, index) => index > 0 && kind === 'word' && ATTRIBUTES.has(text.toUpperCase()),
  );
  const typeTokens = tokens.slice(1, attributesAt === -1 ? undefined : attributesAt);
  const attributes = parseAttributes(attributesAt === -1 ? [] : tokens.slice(attributesAt));
  const { charset, collation } = attributes;
  const type = typeText(typeTokens);
  return {
    column: {
      name,
      type,
      kind: kindOf(type, grammar.dialect, charset),
      nullable: attributes.nullable,
      generated: attributes.generated,
      ...(charset === undefined ? {} : { charset }),
      ...(collation === undefined ? {} : { collation }),
    },
    primaryKey: attributes.primaryKey,
    unique: attributes.unique,
  };
}

/** `int(10) UNSIGNED`, `enum('M','F')`: a space between words, none elsewhere. */
function typeText(tokens: readonly Token[]): string {
  return tokens
    .map((token, index) => {
      const before = tokens[index - 1];
      const text = token.kind === 'text' ? `'${token.text.replaceAll("'", "''")}'` : token.text;
      const apart = before !== undefined && token.kind === 'word' && /\w|\)/.test(before.text.slice(-1));
      return apart && before.text !== '(' ? ` ${text}` : text;
    })
    .join('');
}

const takeCharset = (reader: TokenReader) => reader.take('CHARACTER SET') || reader.take('CHARSET');

/** An attribute that says nothing here, with what stands in parentheses. */
function passOver(reader: TokenReader): void {
  if (reader.group() === undefined) reader.next();
}

function parseAttributes(tokens: readonly Token[]) {
  const reader = createTokenReader(tokens);
  const found = {
    nullable: true,
    generated: false,
    primaryKey: false,
    unique: false,
    charset: undefined as string | undefined,
    collation: undefined as string | undefined,
  };
  while (reader.peek() !== undefined) {
    if (reader.take('NOT NULL')) found.nullable = false;
    else if (reader.take('PRIMARY KEY')) found.primaryKey = true;
    else if (reader.take('UNIQUE')) found.unique = true;
    else if (reader.take('COLLATE')) found.collation = reader.name();
    else if (takeCharset(reader)) found.charset = reader.name()?.toLowerCase();
    else if (reader.take('AS') && reader.group() !== undefined) found.generated = true;
    else passOver(reader);
  }
  return found;
}
