import bcrypt from 'bcryptjs';
import { type Connection, createConnection, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise';

const BCRYPT_COST = 4;

export type LegacyRow = Record<string, string | number | null>;

/**
 * An app of old that goes on using its own table: it reads a row, verifies the hash itself, and writes. It keeps in
 * memory what the table must hold if nobody else writes to it.
 */
export interface OldApp {
  /** What it did so far, and how long each took, in milliseconds. */
  readonly deeds: readonly { what: string; ms: number }[];
  /** Logs somebody in its own way. */
  login(username: string, password: string): Promise<boolean>;
  changePassword(username: string, password: string): Promise<void>;
  /** Writes to everybody's row and keeps all of them locked until `end`, as a nightly job does. */
  beginNightlyJob(): Promise<{ end(): Promise<void> }>;
  /** The table as it has to be. */
  expected(): LegacyRow[];
  /** The table as it is. */
  actual(): Promise<LegacyRow[]>;
  close(): Promise<void>;
}

/** @param url an account that may read and write `be_users` */
export async function openOldApp(url: string): Promise<OldApp> {
  const connection = await createConnection({ uri: url, dateStrings: true });
  // Whatever keeps a row locked for a second fails the app instead of slowing it down.
  await connection.query("set session innodb_lock_wait_timeout = 1, time_zone = '+00:00'");
  const model = new Map((await readAll(connection)).map((row) => [String(row.username), row]));
  const deeds: { what: string; ms: number }[] = [];
  let seconds = 0;

  async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const result = await work();
    deeds.push({ what, ms: performance.now() - begun });
    return result;
  }

  /** A time of the app's own, later with every write. */
  function nextMoment(): string {
    seconds += 1;
    return new Date(Date.UTC(2026, 0, 1, 8, 0, seconds)).toISOString().slice(0, 19).replace('T', ' ');
  }

  async function write(username: string, changes: LegacyRow): Promise<void> {
    const row = model.get(username);
    if (row === undefined) throw new Error(`The app knows nobody called ${username}.`);
    const set = Object.keys(changes).map((column) => `${column} = ?`);
    const [{ affectedRows }] = await connection.execute<ResultSetHeader>(
      `update be_users set ${set.join(', ')} where username = ?`,
      [...Object.values(changes), username],
    );
    if (affectedRows !== 1) throw new Error(`The app wrote ${affectedRows} rows of ${username}.`);
    Object.assign(row, changes);
  }

  return {
    deeds,
    async login(username, password) {
      const [rows] = await timed('read', () =>
        connection.execute<RowDataPacket[]>('select * from be_users where username = ?', [username]),
      );
      if (!(await bcrypt.compare(password, String(rows[0]?.password)))) return false;
      await timed('write', () => write(username, { is_logged: 1, updated_at: nextMoment() }));
      return true;
    },
    async changePassword(username, password) {
      const encoded = await bcrypt.hash(password, BCRYPT_COST);
      await timed('change of password', () =>
        write(username, { password: encoded, updated_at: nextMoment() }),
      );
    },
    async beginNightlyJob() {
      await connection.beginTransaction();
      for (const username of model.keys()) await write(username, { is_logged: 0, updated_at: nextMoment() });
      return { end: () => connection.commit() };
    },
    expected: () => [...model.values()],
    actual: () => readAll(connection),
    close: () => connection.end(),
  };
}

async function readAll(connection: Connection): Promise<LegacyRow[]> {
  const [rows] = await connection.query<RowDataPacket[]>('select * from be_users order by id');
  return rows.map((row) => ({ ...row }));
}
