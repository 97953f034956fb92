import type { ColumnDefinition, ExportEvent, TableDefinition } from '../export.ts';
import { parseAddedKeys, withKeys } from './alter-table.ts';
import { parseCreateTable } from './create-table.ts';
import { type InsertHead, readInsertHead } from './insert-head.ts';
import { createRowTarget } from './row-target.ts';
import { applySession } from './session.ts';
import { isWordByte, NEED_MORE, skipSpace } from './space.ts';
import type { SqlState } from './state.ts';
import { createTokenReader } from './token-reader.ts';
import { statementEnd, type Token, tokenize } from './tokens.ts';

const [NEWLINE, BACKSLASH] = [10, 92];

/** Reads the next statement; of one that holds rows, what stands before the first. */
export function readStatement(state: SqlState): ExportEvent | undefined | -1 {
  const { window, grammar } = state;
  const at = skipSpace(window.bytes, window.at, grammar.dialect === 'mysql');
  if (at === NEED_MORE) return NEED_MORE;
  window.at = at;
  if (at === window.bytes.length) return NEED_MORE;
  if (window.bytes[at] === BACKSLASH) return readClientLine(state, 'a command of the client');
  const word = wordAt(window.bytes, at, window.final);
  if (word === undefined) return NEED_MORE;
  if (word === 'DELIMITER') return readClientLine(state, 'DELIMITER');
  if (word === 'INSERT' || word === 'REPLACE') {
    const head = readInsertHead(window.bytes, at, grammar);
    if (head === NEED_MORE) return NEED_MORE;
    if (head !== undefined) return beginRows(state, head);
  }
  const end = statementEnd(window.bytes, at, grammar);
  return end === NEED_MORE ? NEED_MORE : readWhole(state, at, end);
}

function wordAt(bytes: Buffer, from: number, final: boolean): string | undefined {
  let at = from;
  while (isWordByte(bytes[at])) at += 1;
  return at === bytes.length && !final ? undefined : bytes.toString('latin1', from, at).toUpperCase();
}

/** `DELIMITER ;;` and psql's `\connect` end with their line. */
function readClientLine({ window, grammar }: SqlState, what: string): ExportEvent | -1 {
  const newline = window.bytes.indexOf(NEWLINE, window.at);
  if (newline === -1 && !window.final) return NEED_MORE;
  const end = newline === -1 ? window.bytes.length : newline;
  const text = window.bytes.toString('latin1', window.at, end).trim();
  const line = window.lineOf(window.at);
  window.at = end;
  const [, delimiter] = /^DELIMITER\s+(\S+)/i.exec(text) ?? [];
  if (delimiter !== undefined) grammar.delimiter = delimiter;
  const [, database] = /^\\connect\s+(?:-\S+\s+)*"?([^"\s]+)/.exec(text) ?? [];
  if (database !== undefined) grammar.schema = database;
  return { kind: 'skipped', what, line };
}

function beginRows(state: SqlState, head: InsertHead): ExportEvent | undefined | -1 {
  const { window, grammar, tables } = state;
  const schema = head.schema ?? grammar.schema;
  const known = tables.find(schema, head.name) ?? tables.find(undefined, head.name);
  if (known !== undefined) {
    const target = createRowTarget(known, head.columns, grammar);
    if (typeof target === 'string') return refuse(state, target, known.name);
    state.mode = { kind: 'rows', target };
    window.at = head.rowsAt;
    state.afterRow = false;
    return undefined;
  }
  if (head.columns === undefined) {
    return refuse(
      state,
      `Rows of ${head.name}, of which neither CREATE TABLE nor the columns are in the export.`,
    );
  }
  const added = tables.add(tableOf(schema, head.name, head.columns));
  return typeof added === 'string' ? refuse(state, added) : { kind: 'table', table: added };
}

/** A dump of rows alone says no types: all is text, as it is written. */
function tableOf(schema: string | undefined, name: string, columns: readonly string[]): TableDefinition {
  const column = (own: string): ColumnDefinition => ({
    name: own,
    type: '',
    kind: 'text',
    nullable: true,
    generated: false,
  });
  const place = schema === undefined ? {} : { schema };
  return { ...place, name, columns: columns.map(column), primaryKey: [], indexes: [] };
}

/** A statement whose rows have no place: all of it is rejected. */
function refuse(state: SqlState, reason: string, table?: string): ExportEvent | -1 {
  const { window, grammar } = state;
  const from = window.at;
  const end = statementEnd(window.bytes, from, grammar);
  if (end === NEED_MORE) return NEED_MORE;
  const line = window.lineOf(from);
  window.at = end;
  const raw = window.bytes.subarray(from, end);
  return { kind: 'fault', ...(table === undefined ? {} : { table }), line, reason, raw };
}

function readWhole(state: SqlState, from: number, end: number): ExportEvent | undefined {
  const { window, grammar } = state;
  const line = window.lineOf(from);
  const raw = window.bytes.subarray(from, end);
  window.at = end;
  const complete = raw.subarray(-grammar.delimiter.length).toString('latin1') === grammar.delimiter;
  const tokens = tokenize(raw, 0, raw.length - (complete ? grammar.delimiter.length : 0), grammar);
  if (!complete && (tokens === undefined || isOpen(tokens))) {
    return { kind: 'fault', line, reason: 'The export ends in the middle of a statement.', raw };
  }
  if (tokens?.length === 0) return undefined;
  applySession(statementText(raw), grammar, state.fixedCharset);
  // What has no tokens is the body of a function, in quotes of its own.
  if (tokens === undefined) return { kind: 'skipped', what: 'a function', line };
  return readTable(state, tokens, line, raw) ?? { kind: 'skipped', what: kindOfStatement(tokens), line };
}

function isOpen(tokens: readonly Token[]): boolean {
  const count = (symbol: string) =>
    tokens.filter(({ kind, text }) => kind === 'symbol' && text === symbol).length;
  return count('(') !== count(')');
}

/** Enough of it for what `SET` says. */
const statementText = (raw: Buffer) => raw.toString('latin1', 0, Math.min(raw.length, 2_000));

function readTable(
  state: SqlState,
  tokens: readonly Token[],
  line: number,
  raw: Buffer,
): ExportEvent | undefined {
  const { tables, grammar } = state;
  const created = parseCreateTable(tokens, grammar);
  if (created !== undefined) {
    const schema = created.schema ?? grammar.schema;
    const added = tables.add(schema === undefined ? created : { ...created, schema });
    if (typeof added !== 'string') return { kind: 'table', table: added };
    return { kind: 'fault', table: created.name, line, reason: added, raw };
  }
  const keys = parseAddedKeys(tokens);
  const table = keys && tables.find(keys.schema ?? grammar.schema, keys.name);
  if (keys !== undefined && table !== undefined) {
    const altered = withKeys(table, keys);
    tables.replace(altered);
    return { kind: 'altered', table: altered };
  }
  return beginCopy(state, tokens);
}

/** `COPY schema.table (columns) FROM stdin` */
function beginCopy(state: SqlState, tokens: readonly Token[]): ExportEvent | undefined {
  const reader = createTokenReader(tokens);
  if (!reader.take('COPY')) return undefined;
  const name = reader.qualifiedName();
  const columns = reader
    .group()
    ?.filter(({ kind }) => kind !== 'symbol')
    .map(({ text }) => text);
  if (name === undefined || !reader.take('FROM STDIN')) return undefined;
  const { window } = state;
  const newline = window.bytes.indexOf(NEWLINE, window.at);
  if (newline !== -1) window.at = newline + 1;
  const schema = name.schema ?? state.grammar.schema;
  const known = state.tables.find(schema, name.name);
  const table = known ?? state.tables.add(tableOf(schema, name.name, columns ?? []));
  const target = typeof table === 'string' ? table : createRowTarget(table, columns, state.grammar);
  state.mode = { kind: 'copy', target: typeof target === 'string' ? undefined : target };
  if (known === undefined && typeof table !== 'string') return { kind: 'table', table };
  return { kind: 'skipped', what: 'COPY', line: window.lineOf(window.at) };
}

/** The first words: statements are counted by them. They name no table. */
function kindOfStatement(tokens: readonly Token[]): string {
  const words: string[] = [];
  for (const { kind, text } of tokens) {
    if (kind !== 'word' || words.length === 2) break;
    words.push(text.toUpperCase());
  }
  const [first = 'a statement', second] = words;
  const [known] = /^(CREATE|DROP|ALTER|LOCK|UNLOCK|START|BEGIN|COMMENT)$/.exec(first) ?? [];
  return known === undefined || second === undefined ? first.slice(0, 30) : `${first} ${second}`.slice(0, 40);
}
