import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { BridgeError } from '../../domain/errors.ts';
import type { Clock } from '../../runtime/clock.ts';

/** The database file, opened read-only when first needed. */
export interface SqliteFile {
  readonly path: string;
  /**
   * Runs a read. Waits for a writer without holding up the process, up to the timeout.
   *
   * @throws the driver's errors; an error with the code `ENOENT` when there is no such file
   */
  read<T>(work: (database: Database.Database) => T): Promise<T>;
  close(): void;
}

const RETRY_EVERY_MS = 20;

/**
 * @param url `sqlite:./file.sqlite`
 * @param timeoutMs how long a read waits for a writer of a legacy app
 * @throws BridgeError `configuration_invalid`
 */
export function createSqliteFile(url: string, timeoutMs: number, clock: Clock): SqliteFile {
  const [, path] = /^sqlite:(?:\/\/)?(.+)$/s.exec(url) ?? [];
  if (path === undefined || path === ':memory:') {
    throw new BridgeError('configuration_invalid', 'legacy.url: it must look like sqlite:./file.sqlite.');
  }
  let open: { readonly database: Database.Database; readonly identity: string } | undefined;

  /** A dump that was loaded anew often replaces the file: the old one would go on being read. */
  function database(file: string): Database.Database {
    const { dev, ino } = statSync(file);
    const identity = `${dev}:${ino}`;
    if (open?.identity === identity) return open.database;
    open?.database.close();
    open = undefined;
    const opened = new Database(file, { readonly: true, fileMustExist: true, timeout: 0 });
    opened.defaultSafeIntegers(true);
    opened.function('lower_unicode', { deterministic: true }, (text: unknown) =>
      typeof text === 'string' ? text.toLowerCase() : null,
    );
    open = { database: opened, identity };
    return opened;
  }

  return {
    path,
    async read(work) {
      const deadline = clock() + timeoutMs;
      for (;;) {
        try {
          return work(database(path));
        } catch (error) {
          if (!isBusy(error) || clock() >= deadline) throw error;
          await new Promise((done) => setTimeout(done, RETRY_EVERY_MS));
        }
      }
    },
    close() {
      open?.database.close();
      open = undefined;
    },
  };
}

function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(String((error as { code?: unknown } | null)?.code));
}
