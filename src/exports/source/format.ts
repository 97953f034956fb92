import type { ExportFormat } from '../export.ts';

const EXTENSIONS: Record<string, ExportFormat> = {
  sql: 'sql',
  dump: 'sql',
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
};

const SQL_START =
  /^(--|\/\*|#|\\(connect|restrict)|(SET|CREATE|INSERT|REPLACE|DROP|USE|BEGIN|START|PRAGMA|LOCK|ALTER|COPY|SELECT|DELIMITER)\s)/i;

/** @param name without `.gz`; empty for a stream */
export function formatOf(name: string, firstBytes: Buffer): ExportFormat {
  const [, extension = ''] = /\.([a-z]+)$/i.exec(name) ?? [];
  const known = EXTENSIONS[extension.toLowerCase()];
  if (known !== undefined) return known;
  const text = firstBytes.toString('latin1').trimStart();
  if (text.startsWith('{') || text.startsWith('[')) return 'ndjson';
  return SQL_START.test(text) ? 'sql' : 'csv';
}
