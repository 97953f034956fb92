import { pipeline, Readable } from 'node:stream';
import { type InfoRecord, parse } from 'csv-parse';
import { BridgeError } from '../../domain/errors.ts';
import type { ExportEvent, ExportOptions } from '../export.ts';
import { MAX_COLUMNS, MAX_ROW_BYTES } from '../limits.ts';
import { decoderFor } from '../sql/charset.ts';
import { columnNames, textTable } from '../text-columns.ts';
import { findDelimiter } from './delimiter.ts';

interface Parsed {
  readonly record: string[];
  readonly info: InfoRecord & { lines: number };
  readonly raw: string;
}

const DEFAULT_NULL_WORDS = ['\\N', 'NULL'];

/**
 * Reads CSV with a header (RFC 4180, and what spreadsheets make of it). The parser is given bytes as latin1, so that
 * the charset is ours to judge, value by value. A quote in the middle of a value is part of it; one that is opened and
 * never closed ends the reading, because everything after it would be one value.
 *
 * @param start the first bytes of the file, for the delimiter
 */
export async function* readCsv(
  chunks: AsyncIterable<Buffer>,
  start: Buffer,
  tableName: string,
  options: ExportOptions,
): AsyncGenerator<ExportEvent> {
  const decode = decoderFor(options.charset ?? 'utf8');
  const nulls = new Set(options.nullWords ?? DEFAULT_NULL_WORDS);
  const parser = parse({
    delimiter: options.delimiter ?? findDelimiter(start.toString('latin1')),
    encoding: 'latin1',
    info: true,
    raw: true,
    relax_column_count: true,
    skip_empty_lines: true,
    relax_quotes: true,
    max_record_size: MAX_ROW_BYTES,
  });
  const records = pipeline(Readable.from(chunks, { objectMode: false }), parser, () => {});
  let names: string[] | undefined;
  const decoded = (text: string) => (isAscii(text) ? text : decode(Buffer.from(text, 'latin1')));
  for await (const { record, info, raw } of withSentences(records) as AsyncIterable<Parsed>) {
    if (names === undefined) {
      names = columnNames(record.map((title) => decoded(title) ?? title));
      if (names.length > MAX_COLUMNS) throw new BridgeError('invalid_request', TOO_WIDE);
      yield { kind: 'table', table: textTable(tableName, names) };
      continue;
    }
    const line = info.lines;
    const bytes = () => Buffer.from(raw, 'latin1');
    const values = record.map((text) => (nulls.has(text) ? null : decoded(text)));
    const bad = values.indexOf(undefined);
    if (record.length === names.length && bad === -1) {
      yield { kind: 'row', table: tableName, values: values as (string | null)[], line, raw: bytes };
      continue;
    }
    const reason =
      record.length === names.length
        ? `The value of ${names[bad]} is not UTF-8, or not of the charset that was named.`
        : `The line has ${record.length} values where the header has ${names.length}.`;
    yield { kind: 'fault', table: tableName, line, reason, raw: bytes() };
  }
}

const TOO_WIDE = `The header has more than ${MAX_COLUMNS} columns.`;

const isAscii = (text: string) => !/[\x80-\xff]/.test(text);

async function* withSentences(records: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* records;
  } catch (cause) {
    const code = String((cause as { code?: unknown }).code);
    if (!code.startsWith('CSV_')) throw cause;
    const what =
      code === 'CSV_MAX_RECORD_SIZE'
        ? 'A line is larger than 16 MiB: a quote may never have been closed.'
        : 'A quote is opened and never closed.';
    throw new BridgeError('invalid_request', `The CSV file cannot be read to its end. ${what}`, { cause });
  }
}
