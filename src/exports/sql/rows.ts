import type { ExportEvent } from '../export.ts';
import { MAX_ROW_BYTES } from '../limits.ts';
import { MALFORMED } from './literal.ts';
import type { RowTarget } from './row-target.ts';
import { NEED_MORE, skipSpace } from './space.ts';
import type { SqlState } from './state.ts';
import { statementEnd } from './tokens.ts';
import { nextFirmGround, readTuple, type Tuple } from './tuple.ts';

const [OPEN, COMMA, SEMICOLON] = [40, 44, 59];
export const TOO_LARGE = 'A row or statement is larger than 16 MiB.';
const tuple: Tuple = { values: [], count: 0, faulty: -1 };

/**
 * Reads the next row of an INSERT, or what parts it from the one before.
 *
 * @returns the event, undefined where there is none, or `NEED_MORE`
 */
export function readInsertedRow(state: SqlState, target: RowTarget): ExportEvent | undefined | -1 {
  const { window, grammar } = state;
  const at = skipSpace(window.bytes, window.at, grammar.dialect === 'mysql');
  if (at === NEED_MORE || at === window.bytes.length) return NEED_MORE;
  window.at = at;
  const byte = window.bytes[at];
  if (state.afterRow) return readSeparator(state, target, byte);
  if (byte !== OPEN) return readBroken(state, target);
  const end = readTuple(window.bytes, at, grammar, target, tuple);
  if (end === NEED_MORE) return NEED_MORE;
  if (end === MALFORMED) return readBroken(state, target);
  const { bytes } = window;
  const line = window.lineOf(at);
  window.at = end;
  state.afterRow = true;
  const raw = () => bytes.subarray(at, end);
  const reason = end - at > MAX_ROW_BYTES ? TOO_LARGE : reasonAgainst(target);
  if (reason !== undefined) return { kind: 'fault', table: target.table.name, line, reason, raw: raw() };
  return { kind: 'row', table: target.table.name, values: target.arrange(tuple.values), line, raw };
}

function reasonAgainst(target: RowTarget): string | undefined {
  if (tuple.count !== target.kinds.length) {
    return `The row has ${tuple.count} values where ${target.kinds.length} are expected.`;
  }
  if (tuple.faulty === -1) return undefined;
  return (
    `The value of ${target.columnName(tuple.faulty)} cannot be read: its bytes are not of the export's charset, or it ` +
    'is an expression that only the database can compute.'
  );
}

function readSeparator(
  state: SqlState,
  target: RowTarget,
  byte: number | undefined,
): ExportEvent | undefined | -1 {
  const { window, grammar } = state;
  if (byte === COMMA || byte === SEMICOLON) {
    window.at += 1;
    state.afterRow = false;
    if (byte === SEMICOLON) state.mode = { kind: 'statement' };
    return undefined;
  }
  // ON DUPLICATE KEY UPDATE ..., RETURNING ...: nothing that a table of its own would need.
  const word = window.bytes.toString('latin1', window.at, window.at + 12);
  if (!/^(ON|AS|RETURNING)\b/i.test(word)) return readBroken(state, target);
  const end = statementEnd(window.bytes, window.at, grammar);
  if (end === NEED_MORE) return NEED_MORE;
  window.at = end;
  state.afterRow = false;
  state.mode = { kind: 'statement' };
  return undefined;
}

/** A row that is none: all up to where reading may safely go on is rejected, in one piece. */
function readBroken(state: SqlState, target: RowTarget): ExportEvent | -1 {
  const { window } = state;
  const { bytes, at } = window;
  const ground = nextFirmGround(bytes, at);
  if (ground === undefined && !window.final) return NEED_MORE;
  const end = ground?.end ?? bytes.length;
  const line = window.lineOf(at);
  window.at = end;
  state.afterRow = false;
  if (ground?.statementEnds ?? true) state.mode = { kind: 'statement' };
  const reason = 'This is not a row of values: its quotes, commas or parentheses are not in order.';
  return { kind: 'fault', table: target.table.name, line, reason, raw: bytes.subarray(at, end) };
}
