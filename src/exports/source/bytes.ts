import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BridgeError } from '../../domain/errors.ts';
import { CHUNK_BYTES } from '../limits.ts';

/** The bytes of an export, unpacked. */
export interface Source {
  /** Without its folder and `.gz`; empty for a stream. */
  readonly name: string;
  readonly chunks: AsyncIterable<Buffer>;
  bytesRead(): number;
  readonly bytesTotal: number | undefined;
  close(): void;
}

/**
 * @param from a file's path, or a stream such as standard input
 * @throws BridgeError `invalid_request` when there is no such file; while reading, when it is damaged
 */
export function openSource(from: string | Readable): Source {
  const size = typeof from === 'string' ? sizeOf(from) : undefined;
  const raw = typeof from === 'string' ? createReadStream(from, { highWaterMark: CHUNK_BYTES }) : from;
  let bytesRead = 0;
  return {
    name: typeof from === 'string' ? basename(from).replace(/\.gz$/i, '') : '',
    chunks: translated(unpacked(raw, (count) => (bytesRead += count))),
    bytesRead: () => bytesRead,
    bytesTotal: size,
    close: () => void raw.destroy(),
  };
}

function sizeOf(file: string): number {
  try {
    const stat = statSync(file);
    if (stat.isFile()) return stat.size;
  } catch (cause) {
    throw new BridgeError('invalid_request', `There is no file ${file}, or it may not be read.`, { cause });
  }
  throw new BridgeError('invalid_request', `${file} is not a file.`);
}

/** gzip is known by its first two bytes (RFC 1952), whatever the file is called. */
async function* unpacked(raw: Readable, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  const iterator = counted(raw, count);
  const first = await iterator.next();
  if (first.done) return;
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield first.value;
    yield* iterator;
    return;
  }
  const packed = new PassThrough({ highWaterMark: CHUNK_BYTES });
  void feed(packed, first.value, iterator);
  yield* pipeline(packed, createGunzip({ chunkSize: CHUNK_BYTES }), () => {});
}

async function* counted(raw: Readable, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of raw) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    count(bytes.length);
    if (bytes.length > 0) yield bytes;
  }
}

async function feed(packed: PassThrough, first: Buffer, rest: AsyncIterable<Buffer>): Promise<void> {
  try {
    packed.write(first);
    for await (const chunk of rest) {
      if (packed.destroyed) return;
      if (!packed.write(chunk)) await new Promise((done) => packed.once('drain', done).once('close', done));
    }
    packed.end();
  } catch (error) {
    packed.destroy(error as Error);
  }
}

/** Errors as sentences; UTF-16 (a spreadsheet's "Unicode text") as UTF-8; no byte order mark. */
async function* translated(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let utf16: InstanceType<typeof TextDecoder> | undefined;
  let start = true;
  try {
    for await (const chunk of chunks) {
      if (start) utf16 = utf16Of(chunk);
      const bytes = start && utf16 === undefined ? withoutMark(chunk) : chunk;
      start = false;
      yield utf16 === undefined ? bytes : Buffer.from(utf16.decode(bytes, { stream: true }));
    }
  } catch (cause) {
    if (cause instanceof BridgeError) throw cause;
    const packed = String((cause as { code?: unknown }).code).startsWith('Z_');
    throw new BridgeError(
      'invalid_request',
      packed
        ? 'The gzip file is damaged or not complete. Copy it again, or unpack what there is with `gzip -dc`.'
        : 'The export could not be read to its end.',
      { cause },
    );
  }
}

function utf16Of(chunk: Buffer): InstanceType<typeof TextDecoder> | undefined {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return new TextDecoder('utf-16le');
  return chunk[0] === 0xfe && chunk[1] === 0xff ? new TextDecoder('utf-16be') : undefined;
}

function withoutMark(chunk: Buffer): Buffer {
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk;
}
