import { createHmac } from 'node:crypto';
import { type MysqlPool, sql } from 'kysely';
import {
  type RateLimiterAbstract,
  RateLimiterMySQL,
  RateLimiterRes,
  RateLimiterSQLite,
} from 'rate-limiter-flexible';
import type { Store } from './store.ts';

/** Counts events of a key in a window, over all instances. */
export interface RateLimiter {
  /** Counts one event, atomically; `waitMs` is 0 when it is within the limit, else how long until the window ends. */
  take(key: string): Promise<{ waitMs: number }>;
  /** Takes one event back that should not have counted. */
  giveBack(key: string): Promise<void>;
  /** Forgets a key. */
  forget(key: string): Promise<void>;
}

export interface RateLimit {
  /** Keeps the keys of different limits apart. */
  readonly name: string;
  readonly events: number;
  readonly seconds: number;
}

/**
 * A limiter on the store's `rate_limit` table. Keys are written as keyed digests: they hold names and addresses.
 *
 * @param digestKey 32 bytes, the same in every instance
 */
export async function createRateLimiter(
  store: Store,
  digestKey: Uint8Array,
  limit: RateLimit,
): Promise<RateLimiter> {
  const limiter = await openLimiter(store, limit);
  const digest = (key: string) => createHmac('sha256', digestKey).update(key, 'utf8').digest('base64url');
  return {
    async take(key) {
      try {
        await limiter.consume(digest(key));
        return { waitMs: 0 };
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return { waitMs: Math.max(refusal.msBeforeNext, 1) };
        throw refusal;
      }
    },
    async giveBack(key) {
      await limiter.reward(digest(key));
    },
    async forget(key) {
      await limiter.delete(digest(key));
    },
  };
}

async function openLimiter(store: Store, { name, events, seconds }: RateLimit): Promise<RateLimiterAbstract> {
  const options = {
    keyPrefix: name,
    points: events,
    duration: seconds,
    tableName: 'rate_limit',
    tableCreated: true,
  };
  if (store.driver.kind === 'sqlite') {
    return new RateLimiterSQLite({
      ...options,
      storeClient: store.driver.database,
      storeType: 'better-sqlite3',
    });
  }
  const dbName = await databaseName(store);
  return new RateLimiterMySQL({
    ...options,
    storeClient: asLibraryPool(store.driver.pool),
    storeType: 'pool',
    dbName,
  });
}

type Answer = (error: unknown, result?: unknown) => void;

/** The library brings its own SQL, but no time limit: it gets connections that keep ours. */
function asLibraryPool(pool: MysqlPool) {
  return {
    getConnection(callback: (error: unknown, connection?: object) => void) {
      pool.getConnection((error, connection) => {
        if (error) return callback(error);
        const query = (statement: string, ...rest: [Answer] | [unknown[], Answer]) => {
          const [values, answer] = rest.length === 1 ? [[], rest[0]] : rest;
          connection.query(statement, values, (failure, result) => answer(failure ?? null, result));
        };
        callback(null, {
          query,
          rollback: () => query('ROLLBACK', () => {}),
          release: () => connection.release(),
        });
      });
    },
  };
}

async function databaseName(store: Store): Promise<string> {
  const { rows } = await sql<{ name: string }>`select database() as name`.execute(store.db);
  return String(rows[0]?.name);
}
