import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { BridgeError } from '../../domain/errors.ts';

/** A database under a temporary name, which takes its own name when it is complete. */
export interface LoadingFile {
  readonly database: Database.Database;
  /** Commits, and puts the file in its place. */
  finish(): void;
  /** Removes what was made so far. */
  discard(): void;
}

/**
 * Opens `<file>.loading` for its owner alone; what a killed load left there is replaced.
 *
 * @throws BridgeError `invalid_request` when the file is there and may not be replaced, or another load makes it at this
 *   moment, or when its folder cannot be written
 */
export function openLoadingFile(file: string, replace: boolean): LoadingFile {
  if (existsSync(file) && !replace) {
    throw new BridgeError('invalid_request', `${file} is there already. Give --replace to replace it.`);
  }
  const path = `${file}.loading`;
  const database = openFresh(path);
  database.pragma('cache_size = -16000');
  database.exec('BEGIN');
  const close = () => {
    if (database.open) database.close();
  };
  return {
    database,
    finish() {
      if (database.inTransaction) database.exec('COMMIT');
      close();
      flush(path);
      renameSync(path, file);
      flush(dirname(file));
    },
    discard() {
      close();
      rmSync(path, { force: true });
    },
  };
}

function openFresh(path: string): Database.Database {
  try {
    refuseIfInUse(path);
    for (const left of [path, `${path}-journal`]) rmSync(left, { force: true });
    closeSync(openSync(path, 'wx', 0o600));
    return openLocked(path);
  } catch (cause) {
    if (cause instanceof BridgeError) throw cause;
    throw new BridgeError(
      'invalid_request',
      `${path} cannot be written: is its folder there, and writable?`,
      {
        cause,
      },
    );
  }
}

/** A load that runs holds the file's lock until it ends. */
function refuseIfInUse(path: string): void {
  if (!existsSync(path)) return;
  try {
    openLocked(path).close();
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) return;
    throw new BridgeError('invalid_request', `Another load is writing ${path}. Wait for it, or stop it.`);
  }
}

/** The file is thrown away when anything goes wrong: the journal is there for an index that cannot be made, alone. */
function openLocked(path: string): Database.Database {
  const database = new Database(path, { timeout: 0 });
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = MEMORY');
    database.pragma('synchronous = OFF');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function flush(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
