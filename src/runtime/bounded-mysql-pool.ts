import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import type { Pool, PoolConnection } from 'mysql2';

/**
 * A pool whose connections answer within a time or are thrown away: a database that hangs must not hold a login or a courier.
 * Every connection is set to
 * - strict mode, so that a hash is refused rather than cut, with backslash escapes as mysql2 writes them,
 * - UTC,
 * - a lock wait shorter than the time, so that one locked row reads as that and not as an outage.
 *
 * @param timeoutMs for connecting and for each statement
 * @param asError what the caller is told instead of the driver's error
 */
export function boundedPool(
  pool: Pool,
  timeoutMs: number,
  asError: (error: Error) => Error = (error) => error,
): MysqlPool {
  const ready = new WeakMap<PoolConnection, MysqlPoolConnection>();
  const lockWaitSeconds = Math.max(1, Math.floor(timeoutMs / 2_000));
  const session =
    "set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', " +
    `innodb_lock_wait_timeout = ${lockWaitSeconds}`;

  return {
    getConnection(callback) {
      pool.getConnection((error, raw) => {
        // Kysely looks at the error first; mysql2 gives no connection with one.
        if (error) return callback(asError(error), undefined as never);
        const known = ready.get(raw);
        if (known !== undefined) return callback(undefined, known);
        const connection = bounded(raw, timeoutMs, asError);
        connection.query(session, [], (failure) => {
          if (failure) {
            raw.destroy();
            return callback(failure, undefined as never);
          }
          ready.set(raw, connection);
          callback(undefined, connection);
        });
      });
    },
    end: (callback) => pool.end(callback),
  };
}

function bounded(
  raw: PoolConnection,
  timeout: number,
  asError: (error: Error) => Error,
): MysqlPoolConnection {
  return {
    config: raw.config,
    threadId: raw.threadId,
    connect: (callback) => callback?.(undefined),
    release: () => raw.release(),
    destroy: () => raw.destroy(),
    query(sql, values, callback) {
      raw.query({ sql, values, timeout }, (error, result) => {
        // Whoever asked next on this connection would wait for the old answer, without a limit.
        if (error?.code === 'PROTOCOL_SEQUENCE_TIMEOUT') raw.destroy();
        callback?.(error ? asError(error) : undefined, result as never);
      });
      return { stream: () => [][Symbol.iterator]() as never };
    },
  };
}
