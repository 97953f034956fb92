import type { PutResult } from '../target.ts';
import type { Trouble } from './engine.ts';
import { columnOf, sameName, type Table } from './table.ts';

/**
 * An error of the database as an answer. Only names of columns of the table are passed on: messages of databases hold
 * values, and values are people's data or hashes.
 */
export function asResult(error: unknown, trouble: Trouble | undefined, table: Table | undefined): PutResult {
  switch (trouble?.kind) {
    case 'retry':
    case 'unavailable':
      return { kind: trouble.kind, reason: trouble.what };
    case 'refused':
      return { kind: 'rejected', reason: `${trouble.what}: ${columnsNamed(trouble.names, table)}.` };
    case 'duplicate':
      return {
        kind: 'conflict',
        reason: `Another row has the same value in ${columnsNamed(trouble.names, table)}.`,
      };
    case undefined:
      return { kind: 'retry', reason: `The database failed with ${codeOf(error)}.` };
  }
}

/** The columns behind the names of columns or of unique indexes that a message gave. */
function realColumns(names: readonly string[], table: Table | undefined): string[] {
  return names.flatMap((name) => {
    const column = table && columnOf(table, name);
    if (column) return [column.name];
    const index = table?.uniqueIndexes.find((candidate) => sameName(candidate.name, name));
    return index?.columns ?? [];
  });
}

function columnsNamed(names: readonly string[], table: Table | undefined): string {
  const columns = realColumns(names, table);
  return columns.length === 0 ? 'a column that the database does not name' : columns.join(', ');
}

/** An error's code, if it looks like one. */
export function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : 'an unknown error';
}
