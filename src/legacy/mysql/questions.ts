import type { Socket } from 'node:net';
import { createPool, type PoolConnection } from 'mysql2/promise';
import type { Cell } from '../../domain/cell.ts';
import { createDeadline, type Deadline, TimeoutError } from '../asking/deadline.ts';
import type { Questions } from '../asking/questions.ts';
import { requireText } from '../matching/login-name.ts';
import type { Address } from './address.ts';
import { isConnectionLost } from './faults.ts';

/** How many callers may wait for a connection, for each connection there is; one more is refused at once. */
const WAITING_PER_CONNECTION = 50;
/** Every pooled connection may have been closed by a restart of the server; each is noticed at its next use. */
const MAX_LOST_CONNECTIONS = 3;
const CLOSE_WITHIN_MS = 1_000;

/** Connects when first asked, so that the bridge starts while the legacy database is down. Times in milliseconds. */
export function createQuestions(
  address: Address,
  { timeoutMs, connections }: { timeoutMs: number; connections: number },
): Questions {
  const pool = createPool({
    ...address,
    charset: 'utf8mb4_bin',
    connectionLimit: connections,
    queueLimit: connections * WAITING_PER_CONNECTION,
    connectTimeout: timeoutMs,
    enableKeepAlive: true,
    keepAliveInitialDelay: 10_000,
    multipleStatements: false,
    flags: ['-LOCAL_FILES'],
    rowsAsArray: true,
    // Dates as they stand in the table, and integers in full: nothing passes through Date or a double.
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    jsonStrings: true,
  });
  const sockets = new Set<Socket>();
  pool.on('connection', (connection) => {
    const socket = socketOf(connection);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  async function ask(sql: string, texts: readonly string[] = []): Promise<Cell[][]> {
    for (const text of texts) requireText(text, 'A parameter of an SQL statement');
    const deadline = createDeadline(timeoutMs);
    try {
      for (let lost = 1; ; lost += 1) {
        const connection = await take(deadline);
        try {
          return await askOn(connection, deadline, sql, texts);
        } catch (error) {
          if (!isConnectionLost(error) || lost > MAX_LOST_CONNECTIONS) throw error;
        }
      }
    } finally {
      deadline.cancel();
    }
  }

  async function take(deadline: Deadline): Promise<PoolConnection> {
    const pending = pool.getConnection();
    try {
      return await Promise.race([pending, deadline.passed]);
    } catch (error) {
      pending.then(
        (late) => late.release(),
        () => {},
      );
      throw error;
    }
  }

  return {
    ask,
    async close() {
      const deadline = createDeadline(CLOSE_WITHIN_MS);
      await Promise.race([pool.end(), deadline.passed]).catch(() => {});
      deadline.cancel();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function askOn(
  connection: PoolConnection,
  deadline: Deadline,
  sql: string,
  texts: readonly string[],
): Promise<Cell[][]> {
  try {
    // Prepared statements only: escaping in the driver would depend on the server's sql_mode (NO_BACKSLASH_ESCAPES).
    const answer = texts.length === 0 ? connection.query(sql) : connection.execute(sql, [...texts]);
    const [rows] = await Promise.race([answer, deadline.passed]);
    connection.release();
    return rows as unknown as Cell[][];
  } catch (error) {
    if (error instanceof TimeoutError || isConnectionLost(error)) cutOff(connection);
    else connection.release();
    throw error;
  }
}

/** `destroy` alone says goodbye to a server that may never answer, and keeps the socket until it does. */
function cutOff(connection: PoolConnection): void {
  connection.destroy();
  socketOf(connection.connection).destroy();
}

/** The driver's types do not show its socket. */
function socketOf(connection: unknown): Socket {
  return (connection as { stream: Socket }).stream;
}
