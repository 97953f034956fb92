import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, MysqlDialect, SqliteDialect, sql } from 'kysely';
import { createPool } from 'mysql2';
import { BridgeError } from '../domain/errors.ts';
import { boundedPool } from '../runtime/bounded-mysql-pool.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Secret } from '../runtime/secret.ts';
import { asStoreError } from './outage.ts';
import type { StoreSchema } from './schema.ts';
import { reportingOutages } from './sqlite-outage.ts';
import type { Store } from './store.ts';
import { upgradeStore } from './upgrade.ts';

/** How long a write waits for another process that holds the SQLite file, in milliseconds. */
const SQLITE_BUSY_MS = 5_000;
/** For connecting to a MySQL store and for each statement, in milliseconds. */
const MYSQL_TIMEOUT_MS = 10_000;

/**
 * Opens a store that is there already, for looking at it: SQLite then refuses every write.
 *
 * @throws BridgeError as `openStore` does
 */
export function openStoreToRead(url: Secret, clock: Clock): Store {
  const file = url.reveal().match(/^sqlite:(.+)$/)?.[1];
  if (file === undefined || file === ':memory:') return openStore(url, clock);
  const database = new Database(file, { timeout: SQLITE_BUSY_MS, fileMustExist: true });
  // A connection that is opened as read-only would leave the files of the write-ahead log behind.
  database.pragma('query_only = ON');
  return storeIn(database, clock);
}

/**
 * Opens the store; makes no tables (see `Store.upgrade`).
 *
 * @param url `sqlite:./file.sqlite`, `sqlite::memory:` or `mysql://user:password@host/database`
 * @param clock the time on SQLite; a MySQL store is asked for its own
 * @throws BridgeError `configuration_invalid` for another kind of URL
 */
export function openStore(url: Secret, clock: Clock): Store {
  const address = url.reveal();
  if (address.startsWith('sqlite:')) return openSqlite(address.slice('sqlite:'.length), clock);
  if (/^(mysql|mariadb):/.test(address)) return openMysql(address);
  throw new BridgeError(
    'configuration_invalid',
    'store: the URL must begin with "sqlite:" or "mysql:", e.g. sqlite:./data/footbridge.sqlite.',
  );
}

function openSqlite(file: string, clock: Clock): Store {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file, { timeout: SQLITE_BUSY_MS });
  // A lost last transaction after a power cut is harmless by design (a capture is repeated by the next login, a put
  // is idempotent), so the log need not be synced at every commit: https://sqlite.org/pragma.html#pragma_synchronous
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = ON');
  return storeIn(database, clock);
}

function storeIn(file: Database.Database, clock: Clock): Store {
  const database = reportingOutages(file);
  const db = new Kysely<StoreSchema>({ dialect: new SqliteDialect({ database }) });
  return {
    kind: 'sqlite',
    db,
    driver: { kind: 'sqlite', database },
    now: async () => clock(),
    upgrade: () => upgradeStore(db, 'sqlite'),
    close: () => db.destroy(),
  };
}

function openMysql(uri: string): Store {
  // How many rows matched, not how many changed, is what compare-and-set needs: mysql2's default (FOUND_ROWS).
  const pool = createPool({
    uri: uri.replace(/^mariadb:/, 'mysql:'),
    charset: 'utf8mb4_bin',
    connectionLimit: 10,
    maxIdle: 10,
    connectTimeout: MYSQL_TIMEOUT_MS,
    queueLimit: 1_000,
    enableKeepAlive: true,
  });
  const bounded = boundedPool(pool, MYSQL_TIMEOUT_MS, asStoreError);
  const db = new Kysely<StoreSchema>({ dialect: new MysqlDialect({ pool: bounded }) });
  return {
    kind: 'mysql',
    db,
    driver: { kind: 'mysql', pool: bounded },
    async now() {
      const { rows } = await sql<{ now: number }>`
        select cast(unix_timestamp(now(3)) * 1000 as unsigned) as now`.execute(db);
      return Number(rows[0]?.now);
    },
    upgrade: () => upgradeStore(db, 'mysql'),
    close: () => db.destroy(),
  };
}
