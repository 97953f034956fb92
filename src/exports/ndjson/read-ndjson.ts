import { isUtf8 } from 'node:buffer';
import { BridgeError } from '../../domain/errors.ts';
import type { ExportEvent, TableDefinition } from '../export.ts';
import { MAX_COLUMNS, MAX_NAME, MAX_ROW_BYTES } from '../limits.ts';
import { textColumn, textTable } from '../text-columns.ts';

/** Reads one JSON object a line. A member that appears later adds its column. All values are text, as written. */
export async function* readNdjson(
  chunks: AsyncIterable<Buffer>,
  tableName: string,
): AsyncGenerator<ExportEvent> {
  let table: TableDefinition | undefined;
  for await (const { text, line } of linesOf(chunks)) {
    if (text.toString('latin1').trim() === '') continue;
    const object = parseLine(text, line);
    const reason = typeof object === 'string' ? object : faultOf(object, table);
    if (typeof object === 'string' || reason !== undefined) {
      yield { kind: 'fault', table: tableName, line, reason: reason ?? '', raw: text };
      continue;
    }
    const event = tableEvent(tableName, newColumns(object, table), table);
    if (event !== undefined) yield event;
    table = event?.table ?? (table as TableDefinition);
    const values = table.columns.map(({ name }) => object.get(name) ?? null);
    yield { kind: 'row', table: tableName, values, line, raw: () => text };
  }
}

/** What a line's members that no line had before do to the table. */
function tableEvent(name: string, fresh: readonly string[], table: TableDefinition | undefined) {
  if (table === undefined) return { kind: 'table' as const, table: textTable(name, fresh) };
  if (fresh.length === 0) return undefined;
  const columns = [...table.columns, ...fresh.map(textColumn)];
  return { kind: 'altered' as const, table: { ...table, columns } };
}

const OPENING_BRACKET = 91;
const ARRAY =
  'The file is one JSON array, not one object a line. Rewrite it: jq -c ".[]" users.json > users.ndjson';

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<{ text: Buffer; line: number }> {
  let parts: Buffer[] = [];
  let size = 0;
  let line = 1;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const rest = chunk.subarray(from, end);
      yield { text: parts.length === 0 ? rest : Buffer.concat([...parts, rest]), line };
      parts = [];
      size = 0;
      line += 1;
      from = end + 1;
    }
    size += chunk.length - from;
    if (size > MAX_ROW_BYTES) throw new BridgeError('invalid_request', `Line ${line} is larger than 16 MiB.`);
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (size > 0) yield { text: Buffer.concat(parts), line };
}

function parseLine(line: Buffer, number: number): Map<string, string | null> | string {
  if (number === 1 && line[0] === OPENING_BRACKET) throw new BridgeError('invalid_request', ARRAY);
  if (!isUtf8(line)) return 'The line is not UTF-8.';
  try {
    const value: unknown = JSON.parse(line.toString(), asWritten);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return new Map(Object.entries(value).map(([name, member]) => [name, textOf(member)]));
    }
  } catch {
    return 'The line is not JSON.';
  }
  return 'The line is not a JSON object.';
}

/** A number as the digits that stand in the file: JavaScript's would change those of more than 15. */
class WrittenNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toJSON(): unknown {
    return JSON_RAW(this.text);
  }
}
const JSON_RAW = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

function asWritten(this: unknown, _: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined
    ? new WrittenNumber(context.source)
    : value;
}

function textOf(member: unknown): string | null {
  if (member === null || member === undefined) return null;
  if (typeof member === 'string') return member;
  return member instanceof WrittenNumber ? member.text : JSON.stringify(member);
}

function newColumns(object: ReadonlyMap<string, unknown>, table: TableDefinition | undefined): string[] {
  const known = new Set(table?.columns.map(({ name }) => name));
  return [...object.keys()].filter((name) => !known.has(name));
}

function faultOf(
  object: ReadonlyMap<string, unknown>,
  table: TableDefinition | undefined,
): string | undefined {
  const fresh = newColumns(object, table);
  if (fresh.length === 0)
    return object.size === 0 && table === undefined ? 'The object is empty.' : undefined;
  const names = [...(table?.columns.map(({ name }) => name) ?? []), ...fresh];
  if (names.length > MAX_COLUMNS) return `The objects have more than ${MAX_COLUMNS} different members.`;
  if (fresh.some((name) => name === '' || name.length > MAX_NAME))
    return 'The name of a member is empty or too long.';
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) {
    return 'The names of two members differ in case alone, which no table can hold.';
  }
  return undefined;
}
