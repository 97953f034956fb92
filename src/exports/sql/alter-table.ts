import type { IndexDefinition, TableDefinition } from '../export.ts';
import { parseKey, parseKeyParts } from './keys.ts';
import { createTokenReader } from './token-reader.ts';
import type { Token } from './tokens.ts';

/** Keys that a dump adds after the rows, as phpMyAdmin, pg_dump and SQLite do. */
export interface AddedKeys {
  readonly schema?: string;
  readonly name: string;
  readonly primaryKey: readonly string[] | undefined;
  readonly indexes: readonly IndexDefinition[];
}

/** Reads `ALTER TABLE name ADD KEY ..., ADD ...` and `CREATE [UNIQUE] INDEX`; undefined for anything else. */
export function parseAddedKeys(tokens: readonly Token[]): AddedKeys | undefined {
  return parseAlterTable(tokens) ?? parseCreateIndex(tokens);
}

function parseAlterTable(tokens: readonly Token[]): AddedKeys | undefined {
  const reader = createTokenReader(tokens);
  if (!reader.take('ALTER TABLE')) return undefined;
  reader.take('IF EXISTS');
  reader.take('ONLY');
  const table = reader.qualifiedName();
  if (table === undefined) return undefined;
  let primaryKey: readonly string[] | undefined;
  const indexes: IndexDefinition[] = [];
  do {
    const change = createTokenReader(reader.rest());
    if (!change.take('ADD')) continue;
    const key = parseKey(change, true);
    if (key?.primary) primaryKey = key.index?.columns;
    else if (key?.index !== undefined) indexes.push(key.index);
  } while (reader.symbol(','));
  return primaryKey === undefined && indexes.length === 0 ? undefined : { ...table, primaryKey, indexes };
}

/** An index with a condition is none of the whole table. */
function parseCreateIndex(tokens: readonly Token[]): AddedKeys | undefined {
  const reader = createTokenReader(tokens);
  if (!reader.take('CREATE')) return undefined;
  const unique = reader.take('UNIQUE');
  if (!reader.take('INDEX')) return undefined;
  reader.take('CONCURRENTLY');
  reader.take('IF NOT EXISTS');
  const index = reader.qualifiedName();
  if (index === undefined || !reader.take('ON')) return undefined;
  reader.take('ONLY');
  const table = reader.qualifiedName();
  if (reader.take('USING')) reader.name();
  const parts = parseKeyParts(reader.group() ?? []);
  if (table === undefined || parts === undefined || reader.take('WHERE')) return undefined;
  const whole = parts.every(({ prefix }) => !prefix);
  const columns = parts.map(({ column }) => column);
  return {
    ...table,
    primaryKey: undefined,
    indexes: [{ name: index.name, columns, unique: unique && whole }],
  };
}

export function withKeys(table: TableDefinition, { primaryKey, indexes }: AddedKeys): TableDefinition {
  return { ...table, primaryKey: primaryKey ?? table.primaryKey, indexes: [...table.indexes, ...indexes] };
}
