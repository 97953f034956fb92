import type { Trouble } from '../engine.ts';
import { codeOf } from '../explain.ts';

const REFUSED: Record<string, string> = {
  SQLITE_CONSTRAINT_NOTNULL: 'A value is needed',
  SQLITE_CONSTRAINT_DATATYPE: 'The value does not fit the type',
  SQLITE_CONSTRAINT_CHECK: 'A check constraint refuses the row',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'A foreign key refuses the row',
  SQLITE_CONSTRAINT_TRIGGER: 'A trigger refuses the row',
  SQLITE_MISMATCH: 'The value does not fit the type',
  SQLITE_TOOBIG: 'The value is too long',
};

const UNAVAILABLE: Record<string, string> = {
  SQLITE_CANTOPEN: 'The SQLite file cannot be opened: it must be there already.',
  SQLITE_READONLY: 'The SQLite file is read-only.',
  SQLITE_FULL: 'The disk of the SQLite file is full.',
  SQLITE_IOERR: 'The disk of the SQLite file fails.',
  SQLITE_CORRUPT: 'The SQLite file is damaged.',
  SQLITE_NOTADB: 'The file is not a SQLite database.',
  SQLITE_PERM: 'The SQLite file may not be used.',
  SQLITE_AUTH: 'The SQLite file may not be used.',
};

export function explainSqlite(error: unknown): Trouble | undefined {
  const code = codeOf(error);
  const message = String((error as Error | undefined)?.message);
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return { kind: 'duplicate', names: columnsIn(message) };
  }
  const refused = REFUSED[code];
  if (refused !== undefined) return { kind: 'refused', what: refused, names: columnsIn(message) };
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return { kind: 'retry', what: 'The SQLite file is locked by somebody else.' };
  }
  // Extended codes begin with the plain one: SQLITE_IOERR_WRITE, SQLITE_READONLY_DIRECTORY.
  const plain = code.split('_').slice(0, 2).join('_');
  const out = UNAVAILABLE[plain] ?? missingPart(message) ?? closedBefore(error, message);
  return out === undefined ? undefined : { kind: 'unavailable', what: out };
}

function missingPart(message: string): string | undefined {
  if (/^no such table/.test(message)) return 'There is no such table.';
  return /^no such column|has no column named/.test(message) ? 'The table lacks a mapped column.' : undefined;
}

/** better-sqlite3 throws a plain TypeError for a folder that is not there, and for a database that was closed. */
function closedBefore(error: unknown, message: string): string | undefined {
  const known = /directory does not exist|connection is not open/.test(message);
  return error instanceof TypeError && known ? 'The SQLite file cannot be opened.' : undefined;
}

/** `UNIQUE constraint failed: users.tenant, users.email`; `cannot store TEXT value in INTEGER column users.age`. */
function columnsIn(message: string): string[] {
  const list = /(?:failed: |column )(.+)$/.exec(message)?.[1] ?? '';
  return list.split(', ').flatMap((name) => name.split('.').at(-1) ?? []);
}
