import { Readable } from 'node:stream';
import type { ExportEvent, ExportOptions, TableDefinition } from '../../../src/exports/export.ts';
import { openExport } from '../../../src/exports/open-export.ts';

/** All that an export says, read from memory in chunks of so many bytes. */
export async function readExport(
  content: string | Buffer,
  options: ExportOptions & { chunk?: number } = {},
): Promise<ExportEvent[]> {
  const bytes = Buffer.from(content);
  const size = options.chunk ?? bytes.length + 1;
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  const reader = await openExport(Readable.from(chunks, { objectMode: false }), options);
  const events: ExportEvent[] = [];
  for await (const event of reader.events) events.push(event);
  return events;
}

export const readSql = (text: string | Buffer, options: ExportOptions & { chunk?: number } = {}) =>
  readExport(text, { format: 'sql', ...options });

export function rowsOf(events: readonly ExportEvent[]): unknown[][] {
  return events.flatMap((event) =>
    event.kind === 'row'
      ? [
          event.values.map((value) =>
            value instanceof Uint8Array ? `0x${Buffer.from(value).toString('hex')}` : value,
          ),
        ]
      : [],
  );
}

export function faultsOf(events: readonly ExportEvent[]): { line: number; reason: string; raw: string }[] {
  return events.flatMap((event) =>
    event.kind === 'fault'
      ? [{ line: event.line, reason: event.reason, raw: event.raw.toString('latin1') }]
      : [],
  );
}

/** The last word on the first table. */
export function tableOf(events: readonly ExportEvent[]): TableDefinition | undefined {
  return events
    .flatMap((event) => (event.kind === 'table' || event.kind === 'altered' ? [event.table] : []))
    .at(-1);
}
