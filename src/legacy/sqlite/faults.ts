import { BridgeError } from '../../domain/errors.ts';

/** By the beginning of SQLite's result code (https://sqlite.org/rescode.html). `%f` is the file, `%t` the table. */
const SENTENCES: readonly [string, string][] = [
  ['ENOENT', 'There is no file %f. Correct legacy.url.'],
  ['EACCES', 'The file %f may not be read. Give the bridge the right to read it.'],
  ['SQLITE_CANTOPEN', 'The file %f cannot be opened. Give the bridge the right to read it and its folder.'],
  [
    'SQLITE_READONLY',
    'The file %f is in write-ahead mode, which wants its folder to be writable or its -shm file to exist.',
  ],
  ['SQLITE_NOTADB', 'The file %f is not an SQLite database. Correct legacy.url.'],
  ['SQLITE_CORRUPT', 'The database in %f is damaged. Restore it, or load the dump again.'],
  ['SQLITE_BUSY', 'Another program kept the database in %f locked for longer than legacy.timeoutMs.'],
  ['SQLITE_LOCKED', 'Another program kept the database in %f locked for longer than legacy.timeoutMs.'],
  ['SQLITE_IOERR', 'The file %f could not be read: the disk reports an error.'],
  [
    'SQLITE_ERROR',
    'The database in %f did not understand the look-up in %t. `footbridge check` says what to correct.',
  ],
];

/** The driver's error as a sentence for the operator; its own text, which quotes SQL, is dropped. */
export function toFault(error: unknown, place: { file: string; table: string }): BridgeError {
  if (error instanceof BridgeError) return error;
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const [, sentence] = SENTENCES.find(([start]) => code.startsWith(start)) ?? [
    '',
    'The database in %f could not be read.',
  ];
  return new BridgeError(
    'legacy_unavailable',
    sentence.replaceAll('%f', () => place.file).replaceAll('%t', () => place.table),
  );
}
