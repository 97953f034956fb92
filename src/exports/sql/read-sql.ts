import type { ExportEvent, ExportOptions } from '../export.ts';
import { MAX_REJECT_BYTES, MAX_ROW_BYTES } from '../limits.ts';
import { decoderFor } from './charset.ts';
import { readCopiedRow } from './copy.ts';
import { readInsertedRow, TOO_LARGE } from './rows.ts';
import { MYSQL } from './session.ts';
import { NEED_MORE } from './space.ts';
import type { SqlState } from './state.ts';
import { readStatement } from './statement.ts';
import { createTables } from './tables.ts';
import { createWindow } from './window.ts';

/** Reads a dump as it comes, chunk by chunk. */
export interface SqlReader {
  /** Bytes that wait for more before they can be read. */
  readonly waiting: number;
  push(chunk: Buffer): Iterable<ExportEvent>;
  end(): Iterable<ExportEvent>;
}

/** @throws BridgeError `invalid_request` for a charset that cannot be read, also in the middle of the dump */
export function createSqlReader(options: Pick<ExportOptions, 'charset'>): SqlReader {
  const window = createWindow();
  const state: SqlState = {
    window,
    grammar: {
      ...MYSQL,
      delimiter: ';',
      decode: options.charset === undefined ? undefined : decoderFor(options.charset),
      schema: undefined,
      final: false,
    },
    tables: createTables(),
    fixedCharset: options.charset !== undefined,
    mode: { kind: 'statement' },
    afterRow: false,
  };

  function* read(): Generator<ExportEvent> {
    for (;;) {
      const event = step(state);
      if (event === NEED_MORE) break;
      if (event !== undefined) yield event;
    }
    const waiting = window.bytes.length - window.at;
    if (waiting > MAX_ROW_BYTES) yield giveUp(state, TOO_LARGE);
  }
  return {
    get waiting() {
      return window.bytes.length - window.at;
    },
    *push(chunk) {
      window.append(chunk);
      yield* read();
    },
    *end() {
      window.final = true;
      state.grammar.final = true;
      yield* read();
      const leftOver = window.bytes.subarray(window.at).toString('latin1').trim();
      if (leftOver !== '' && !/^(--|#)/.test(leftOver)) yield giveUp(state, 'The export ends in the middle.');
      else if (state.mode.kind === 'rows' || state.mode.kind === 'copy') {
        yield giveUp(state, 'The export ends before its last statement does.');
      }
    },
  };
}

function step(state: SqlState): ExportEvent | undefined | -1 {
  switch (state.mode.kind) {
    case 'rows':
      return readInsertedRow(state, state.mode.target);
    case 'copy':
      return readCopiedRow(state, state.mode.target);
    case 'lost':
      return findGround(state);
    case 'statement':
      return readStatement(state);
  }
}

/** Drops what lies before the next statement that begins a line; nothing of it may be kept in memory. */
function findGround(state: SqlState): -1 | undefined {
  const { window } = state;
  const found = /;[ \t]*\r?\n/.exec(window.bytes.toString('latin1', window.at, window.bytes.length));
  window.at = found === null ? window.bytes.length : window.at + found.index + found[0].length;
  if (found === null) return NEED_MORE;
  state.mode = { kind: 'statement' };
  return undefined;
}

function giveUp(state: SqlState, reason: string): ExportEvent {
  const { window } = state;
  const { bytes, at } = window;
  const line = window.lineOf(at);
  const table = state.mode.kind === 'rows' ? { table: state.mode.target.table.name } : {};
  window.at = bytes.length;
  state.mode = { kind: 'lost' };
  state.afterRow = false;
  return { kind: 'fault', ...table, line, reason, raw: bytes.subarray(at, at + MAX_REJECT_BYTES) };
}
