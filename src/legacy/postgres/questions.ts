import type { Socket } from 'node:net';
import { type Client, Pool, type PoolClient } from 'pg';
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

/** Too many callers wait already. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
  readonly code = 'QUEUE_FULL';
}

/**
 * Connects when first asked, so that the bridge starts while the legacy database is down. Times in milliseconds.
 *
 * @param settings more of the session's settings
 */
export function createQuestions(
  address: Address,
  { timeoutMs, connections }: { timeoutMs: number; connections: number },
  settings: Readonly<Record<string, string>> = {},
): Questions {
  const pool = new Pool({
    ...address,
    // As a function: an empty password would be taken from the environment or from a file of the home folder.
    password: () => address.password,
    application_name: 'footbridge',
    max: connections,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: timeoutMs,
    allowExitOnIdle: true,
    types: { getTypeParser: parserOf as never },
    options: sessionOptions({
      default_transaction_read_only: 'on',
      // Others may put functions and operators of their own into the schemas of the usual path (CVE-2018-1058).
      search_path: 'pg_catalog',
      statement_timeout: String(timeoutMs),
      datestyle: 'ISO',
      bytea_output: 'hex',
      ...settings,
    }),
  });
  const sockets = new Set<Socket>();
  pool.on('connect', (client) => {
    const socket = socketOf(client);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // A connection that breaks while nobody uses it; the pool has dropped it already.
  pool.on('error', () => {});

  async function ask(sql: string, texts: readonly string[] = []): Promise<Cell[][]> {
    for (const text of texts) requireText(text, 'A parameter of an SQL statement');
    const deadline = createDeadline(timeoutMs);
    try {
      for (let lost = 1; ; lost += 1) {
        const client = await take(deadline);
        try {
          return await askOn(client, deadline, sql, texts);
        } catch (error) {
          if (!isConnectionLost(error) || lost > MAX_LOST_CONNECTIONS) throw error;
        }
      }
    } finally {
      deadline.cancel();
    }
  }

  async function take(deadline: Deadline): Promise<PoolClient> {
    if (pool.waitingCount >= connections * WAITING_PER_CONNECTION) throw new QueueFullError();
    const pending = pool.connect();
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
  client: PoolClient,
  deadline: Deadline,
  sql: string,
  texts: readonly string[],
): Promise<Cell[][]> {
  // An error that comes while nobody listens would end the process.
  const broken = () => {};
  client.on('error', broken);
  try {
    const answer = client.query<Cell[]>({ text: sql, values: [...texts], rowMode: 'array' });
    const { rows } = await Promise.race([answer, deadline.passed]);
    client.off('error', broken);
    client.release();
    return rows;
  } catch (error) {
    const cutOff = error instanceof TimeoutError || isConnectionLost(error);
    if (!cutOff) client.off('error', broken);
    client.release(cutOff);
    if (cutOff) socketOf(client).destroy();
    throw error;
  }
}

/** Each value in a form of its own, blanks and backslashes escaped (libpq, "options"). */
function sessionOptions(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, '\\$&')}`)
    .join(' ');
}

const BOOL = 16;
const BYTEA = 17;

/** Everything as the server writes it: nothing passes through Date or a double. */
function parserOf(oid: number): (text: string) => Cell {
  if (oid === BOOL) return (text) => text === 't';
  if (oid === BYTEA) return (text) => Buffer.from(text.slice('\\x'.length), 'hex');
  return (text) => text;
}

/** The driver's types do not show its socket. */
function socketOf(client: Client | PoolClient): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}
