import { RecipeError } from './recipe-error.ts';

export interface Token {
  readonly kind: 'name' | 'variable' | 'literal' | 'number' | 'sign' | 'end';
  /** As written, quotes included. */
  readonly text: string;
  readonly offset: number;
}

/** Sticky and linear: each alternative is told from the others by its first character. */
const TOKEN =
  /(?<blank>\s+)|(?<name>[a-z][a-z0-9_-]*)|(?<variable>\$[a-z]+)|(?<literal>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>\d+)|(?<sign>[().,])/iy;

/** @throws RecipeError where a character has no place in a recipe */
export function tokensOf(recipe: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < recipe.length) {
    TOKEN.lastIndex = offset;
    const found = TOKEN.exec(recipe)?.groups;
    if (found === undefined) throw unexpected(recipe, offset);
    const [kind, text] = Object.entries(found).find(([, value]) => value !== undefined) as [string, string];
    if (kind !== 'blank') tokens.push({ kind: kind as Token['kind'], text, offset });
    offset += text.length;
  }
  tokens.push({ kind: 'end', text: '', offset });
  return tokens;
}

function unexpected(recipe: string, offset: number): RecipeError {
  const character = recipe[offset];
  if (character === "'" || character === '"') return new RecipeError('this quote is not closed', offset);
  if (character === '$') return new RecipeError('a variable is $pass, $salt, $username or $pepper', offset);
  if (character === '=') {
    return new RecipeError('write the key of an HMAC first: hmac_sha256(key, message)', offset);
  }
  return new RecipeError('this has no place in a recipe; literal text stands in quotes', offset);
}

const ESCAPE = /\\(?:x([0-9a-f]{2})|(.))/giu;

/**
 * The bytes of a literal: UTF-8, with `\\`, `\'`, `\"` and `\xHH` for one byte.
 *
 * @throws RecipeError at an escape that is none of these
 */
export function literalBytes({ text, offset }: Token): Buffer {
  const inner = text.slice(1, -1);
  const chunks: Buffer[] = [];
  let from = 0;
  for (const found of inner.matchAll(ESCAPE)) {
    const [whole, hex, character] = found;
    if (hex === undefined && !['\\', "'", '"'].includes(character ?? '')) {
      throw new RecipeError(`a backslash stands before \\, ' and ", or in \\xHH`, offset + 1 + found.index);
    }
    chunks.push(Buffer.from(inner.slice(from, found.index)));
    chunks.push(hex === undefined ? Buffer.from(character ?? '') : Buffer.from(hex, 'hex'));
    from = found.index + whole.length;
  }
  chunks.push(Buffer.from(inner.slice(from)));
  return Buffer.concat(chunks);
}
