import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { MAX_REJECT_BYTES } from '../limits.ts';

/** What was rejected: place, reason and the raw text, one JSON object a line. It holds the operator's own data. */
export interface Rejects {
  readonly count: number;
  add(reject: { table?: string | undefined; line: number; reason: string; raw: Buffer }): void;
  close(): void;
  remove(): void;
}

/** The file is made at the first reject, readable for its owner alone. */
export function createRejects(file: string): Rejects {
  let handle: number | undefined;
  let count = 0;
  rmSync(file, { force: true });
  const close = () => {
    if (handle !== undefined) closeSync(handle);
    handle = undefined;
  };
  return {
    get count() {
      return count;
    },
    add({ table, line, reason, raw }) {
      handle ??= openSync(file, 'wx', 0o600);
      count += 1;
      writeSync(handle, `${JSON.stringify({ table, line, reason, ...rawText(raw) })}\n`);
    },
    close,
    remove() {
      close();
      rmSync(file, { force: true });
    },
  };
}

function rawText(raw: Buffer): Record<string, unknown> {
  const kept = raw.subarray(0, MAX_REJECT_BYTES);
  const text = isUtf8(kept) ? { raw: kept.toString('utf8') } : { rawBase64: kept.toString('base64') };
  return kept.length < raw.length ? { ...text, cutAtBytes: MAX_REJECT_BYTES, ofBytes: raw.length } : text;
}
