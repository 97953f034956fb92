import type { ColumnDefinition, IndexDefinition, TableDefinition } from '../export.ts';
import { parseColumn } from './column.ts';
import type { Grammar } from './grammar.ts';
import { parseKey } from './keys.ts';
import { createTokenReader, type TokenReader } from './token-reader.ts';
import type { Token } from './tokens.ts';

/**
 * Reads `CREATE TABLE name (...) options`.
 *
 * @returns undefined where the statement is another, or makes a table out of a SELECT or of another table
 */
export function parseCreateTable(tokens: readonly Token[], grammar: Grammar): TableDefinition | undefined {
  const reader = createTokenReader(tokens);
  if (!reader.take('CREATE')) return undefined;
  reader.take('TEMPORARY|UNLOGGED|GLOBAL');
  if (!reader.take('TABLE')) return undefined;
  reader.take('IF NOT EXISTS');
  const name = reader.qualifiedName();
  if (name === undefined || !reader.symbol('(')) return undefined;
  const body = parseBody(reader, grammar);
  if (body.columns.length === 0) return undefined;
  return { ...name, ...body, ...parseTableOptions(reader) };
}

interface Body {
  readonly columns: ColumnDefinition[];
  readonly indexes: IndexDefinition[];
  primaryKey: readonly string[];
}

function parseBody(reader: TokenReader, grammar: Grammar): Body {
  const body: Body = { columns: [], indexes: [], primaryKey: [] };
  do {
    const element = reader.rest();
    const key = element[0]?.kind === 'name' ? undefined : keyIn(element, grammar);
    if (key === undefined) addColumn(body, element, grammar);
    else if (key.primary) body.primaryKey = key.index?.columns ?? [];
    else if (key.index !== undefined) body.indexes.push(key.index);
  } while (reader.symbol(','));
  reader.symbol(')');
  return body;
}

function addColumn(body: Body, element: readonly Token[], grammar: Grammar): void {
  const parsed = parseColumn(element, grammar);
  if (parsed === undefined) return;
  const { name } = parsed.column;
  body.columns.push(parsed.column);
  if (parsed.primaryKey) body.primaryKey = [name];
  if (parsed.unique) body.indexes.push({ name, columns: [name], unique: true });
}

const keyIn = (element: readonly Token[], grammar: Grammar) =>
  parseKey(createTokenReader(element), grammar.dialect === 'mysql');

/** `ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_unicode_ci` */
function parseTableOptions(reader: TokenReader): { charset?: string; collation?: string } {
  const found: { charset?: string; collation?: string } = {};
  const value = () => {
    reader.symbol('=');
    return reader.name()?.toLowerCase();
  };
  while (reader.peek() !== undefined) {
    if (reader.take('CHARSET') || reader.take('CHARACTER SET')) found.charset = value() ?? 'utf8mb4';
    else if (reader.take('COLLATE')) found.collation = value() ?? '';
    else reader.next();
  }
  const [prefix] = found.collation?.split('_') ?? [];
  return prefix === undefined || prefix === '' || found.charset !== undefined
    ? found
    : { ...found, charset: prefix };
}
