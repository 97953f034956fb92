import { readFileSync, statSync } from 'node:fs';
import { textOf } from '../domain/cell.ts';
import { BridgeError } from '../domain/errors.ts';
import { openExport } from '../exports/open-export.ts';

/** One person's row is a thousandth of it. */
const MOST_JSON_BYTES = 1024 * 1024;

/**
 * One person's row out of a file: a JSON object over as many lines as it likes, or an export (CSV with its header,
 * NDJSON, a dump) that holds one row.
 *
 * @returns column -> text, NULL as nothing
 * @throws BridgeError `invalid_request`, with nothing of the row
 */
export async function readRowFile(file: string): Promise<Record<string, string>> {
  return readObject(file) ?? (await readOnlyRow(file));
}

function readObject(file: string): Record<string, string> | undefined {
  try {
    if (statSync(file).size > MOST_JSON_BYTES) return undefined;
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(
      Object.entries(value).map(([column, cell]: [string, unknown]) => [
        column,
        cell === null || typeof cell === 'object' ? '' : String(cell),
      ]),
    );
  } catch {
    // Whatever is wrong with it, the export's reader says it better.
    return undefined;
  }
}

async function readOnlyRow(file: string): Promise<Record<string, string>> {
  const reader = await openExport(file);
  let columns: readonly string[] = [];
  let row: Record<string, string> | undefined;
  for await (const event of reader.events) {
    if (event.kind === 'table' || event.kind === 'altered')
      columns = event.table.columns.map(({ name }) => name);
    if (event.kind === 'fault')
      throw new BridgeError('invalid_request', `Line ${event.line} of ${file}: ${event.reason}`);
    if (event.kind !== 'row') continue;
    if (row !== undefined) throw new BridgeError('invalid_request', ONE_ROW);
    const { values } = event;
    row = Object.fromEntries(columns.map((column, index) => [column, textOf(values[index]) ?? '']));
  }
  if (row === undefined) throw new BridgeError('invalid_request', ONE_ROW);
  return row;
}

const ONE_ROW =
  'The file of --row holds one row, of the person whose password it is: a JSON object, or CSV with a header and one line.';
