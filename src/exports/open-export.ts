import type { Readable } from 'node:stream';
import { readCsv } from './csv/read-csv.ts';
import type { ExportEvent, ExportFormat, ExportOptions, ExportReader } from './export.ts';
import { CHUNK_BYTES, MAX_NAME } from './limits.ts';
import { readNdjson } from './ndjson/read-ndjson.ts';
import { openSource } from './source/bytes.ts';
import { formatOf } from './source/format.ts';
import { createSqlReader } from './sql/read-sql.ts';

const START_BYTES = 64 * 1024;

/**
 * Opens an exported user table: a dump, CSV or NDJSON; gzip is unpacked. Memory stays bounded by `limits.ts`, however
 * large the file.
 *
 * @param from a file's path or a stream of bytes
 * @throws BridgeError `invalid_request` when there is no such file. The walk over `events` throws the same code when
 *   the file is damaged (gzip), in a charset that cannot be read, or ends in an open quote (CSV)
 */
export async function openExport(
  from: string | Readable,
  options: ExportOptions = {},
): Promise<ExportReader> {
  const source = openSource(from);
  const iterator = source.chunks[Symbol.asyncIterator]();
  const start = await readStart(iterator);
  const format = options.format ?? formatOf(source.name, start);
  const chunks = resumed(start, iterator);
  return {
    format,
    events: flattened(
      batchesOf(format, chunks, start, tableNameOf(source.name, options), options),
      source.close,
    ),
    progress: () => ({
      bytesRead: source.bytesRead(),
      ...(source.bytesTotal === undefined ? {} : { bytesTotal: source.bytesTotal }),
    }),
    close: async () => source.close(),
  };
}

type Batch = Iterable<ExportEvent>;

function batchesOf(
  format: ExportFormat,
  chunks: AsyncIterable<Buffer>,
  start: Buffer,
  tableName: string,
  options: ExportOptions,
): AsyncGenerator<Batch> {
  switch (format) {
    case 'sql':
      return readSql(chunks, options);
    case 'csv':
      return oneByOne(readCsv(chunks, start, tableName, options));
    case 'ndjson':
      return oneByOne(readNdjson(chunks, tableName));
  }
}

/** Waits for as much again as already waits, so that a row of many chunks is not tried again at every one. */
async function* readSql(chunks: AsyncIterable<Buffer>, options: ExportOptions): AsyncGenerator<Batch> {
  const reader = createSqlReader(options);
  let gathered: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    gathered.push(chunk);
    size += chunk.length;
    if (reader.waiting > CHUNK_BYTES && size < reader.waiting) continue;
    yield reader.push(gathered.length === 1 ? chunk : Buffer.concat(gathered));
    gathered = [];
    size = 0;
  }
  yield reader.push(Buffer.concat(gathered));
  yield reader.end();
}

/** Events of other formats come one by one. */
async function* oneByOne(events: AsyncIterable<ExportEvent>): AsyncGenerator<Batch> {
  for await (const event of events) yield [event];
}

/** Enough of it to see the format and a header, however small the pieces of a stream are. */
async function readStart(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let size = 0; size < START_BYTES; ) {
    const next = await chunks.next();
    if (next.done) break;
    parts.push(next.value);
    size += next.value.length;
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}

async function* resumed(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/** Hands the events of many batches over one by one, by hand: a generator would wait several times for each. */
function flattened(batches: AsyncGenerator<Batch>, close: () => void): AsyncIterable<ExportEvent> {
  let current: Iterator<ExportEvent> = [][Symbol.iterator]();
  const finish = async (): Promise<IteratorReturnResult<undefined>> => {
    await batches.return(undefined);
    close();
    return { done: true, value: undefined };
  };
  const advance = async (): Promise<IteratorResult<ExportEvent, undefined>> => {
    try {
      for (;;) {
        const batch = await batches.next();
        if (batch.done) return await finish();
        current = batch.value[Symbol.iterator]();
        const event = current.next();
        if (!event.done) return event;
      }
    } catch (error) {
      close();
      throw error;
    }
  };
  const next = async (): Promise<IteratorResult<ExportEvent, undefined>> => {
    try {
      const event = current.next();
      return event.done ? advance() : event;
    } catch (error) {
      close();
      throw error;
    }
  };
  return { [Symbol.asyncIterator]: () => ({ next, return: finish }) };
}

/** `users-2024.csv` is the table `users-2024`. */
function tableNameOf(file: string, options: ExportOptions): string {
  const name = options.tableName ?? file.replace(/\.[a-z]+$/i, '');
  return name.replaceAll('.', '_').slice(0, MAX_NAME) || 'users';
}
