import type { ExportEvent, ExportValue } from '../export.ts';
import { convertText } from './convert.ts';
import type { RowTarget } from './row-target.ts';
import { NEED_MORE } from './space.ts';
import type { SqlState } from './state.ts';

const NO_TABLE = 'The COPY that this line belongs to does not fit the table that it names.';
const [NEWLINE, TAB, BACKSLASH] = [10, 9, 92];

/**
 * Reads one line of PostgreSQL's COPY text format (https://www.postgresql.org/docs/current/sql-copy.html).
 *
 * @param target undefined where the statement does not fit its table: every line is a fault
 */
export function readCopiedRow(state: SqlState, target: RowTarget | undefined): ExportEvent | undefined | -1 {
  const { window } = state;
  const { bytes, at } = window;
  const newline = bytes.indexOf(NEWLINE, at);
  if (newline === -1 && (!window.final || at === bytes.length)) return NEED_MORE;
  const end = newline === -1 ? bytes.length : newline;
  const line = window.lineOf(at);
  window.at = Math.min(end + 1, bytes.length);
  const text = bytes.subarray(at, bytes[end - 1] === 13 && end > at ? end - 1 : end);
  if (text.length === 2 && text.toString('latin1', 0, 2) === '\\.') {
    state.mode = { kind: 'statement' };
    return undefined;
  }
  if (target === undefined) return { kind: 'fault', line, reason: NO_TABLE, raw: text };
  const values = splitCopied(text, target);
  if (typeof values !== 'string') {
    return { kind: 'row', table: target.table.name, values: target.arrange(values), line, raw: () => text };
  }
  return { kind: 'fault', table: target.table.name, line, reason: values, raw: text };
}

function splitCopied(line: Buffer, target: RowTarget): ExportValue[] | string {
  const values: ExportValue[] = [];
  let from = 0;
  for (let index = 0; from <= line.length; index += 1) {
    const tab = line.indexOf(TAB, from);
    const field = line.subarray(from, tab === -1 ? line.length : tab);
    from = tab === -1 ? line.length + 1 : tab + 1;
    const value = convertField(field, index, target);
    if (value === undefined)
      return `The value of ${target.columnName(index)} is not of the export's charset.`;
    values.push(value);
  }
  if (values.length === target.kinds.length) return values;
  return `The line has ${values.length} values where ${target.kinds.length} are expected.`;
}

function convertField(field: Buffer, index: number, target: RowTarget): ExportValue | undefined {
  if (field.length === 2 && field[0] === BACKSLASH && field[1] === 78) return null;
  const text = field.includes(BACKSLASH) ? unescapeCopied(field) : field;
  return convertText(target.kinds[index] ?? 'text', text, target.decode);
}

const ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function unescapeCopied(field: Buffer): Buffer {
  const text = field
    .toString('latin1', 0, field.length)
    .replaceAll(
      /\\(?:x([0-9a-f]{1,2})|([0-7]{1,3})|([\s\S]))/gi,
      (_, hex?: string, octal?: string, letter?: string) => {
        if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
        if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
        return ESCAPES[letter ?? ''] ?? letter ?? '';
      },
    );
  return Buffer.from(text, 'latin1');
}
