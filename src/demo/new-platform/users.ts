import Database from 'better-sqlite3';

/** One row of the new platform's own users table. */
export interface User {
  readonly id: number;
  /** The person's `sub` at the bridge; null for somebody who registered here. */
  readonly footbridge_sub: string | null;
  readonly username: string;
  readonly email: string | null;
  readonly given_name: string | null;
  readonly family_name: string | null;
  readonly gender: string | null;
  readonly birthdate: string | null;
  /** PHC string; null while the person can log in through the bridge alone. */
  readonly password_hash: string | null;
  readonly bridge_logins: number;
  readonly own_logins: number;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  readonly arrived_at: string;
}

/** What a log-in through the bridge says about a person. */
export interface FederatedUser {
  readonly sub: string;
  readonly username: string;
  readonly email?: string | undefined;
  readonly givenName?: string | undefined;
  readonly familyName?: string | undefined;
  readonly gender?: string | undefined;
  readonly birthdate?: string | undefined;
}

export type Provisioned =
  | { readonly kind: 'provisioned'; readonly user: User }
  /** Somebody else here has that username or e-mail. An unverified e-mail proves nothing, so nothing is merged. */
  | { readonly kind: 'conflict' };

/** The new platform's own users. It belongs to the platform; the bridge's courier writes to it as any import would. */
export interface Users {
  /** Makes or refreshes the person's row at a log-in through the bridge; their password hash is left as it is. */
  provision(person: FederatedUser): Provisioned;
  /** The one person with this username or e-mail. */
  findByLogin(login: string): User | undefined;
  find(id: number): User | undefined;
  list(): User[];
  countLogin(id: number, way: 'bridge' | 'own'): void;
  close(): void;
}

const SCHEMA = `
  create table if not exists users (
    id integer primary key,
    footbridge_sub text unique,
    username text not null collate nocase unique,
    email text collate nocase unique,
    given_name text,
    family_name text,
    gender text,
    birthdate text,
    password_hash text,
    bridge_logins integer not null default 0,
    own_logins integer not null default 0,
    arrived_at text not null default current_timestamp
  )`;

/**
 * One statement, so that it does not matter whether the courier's copy or the person comes first: the unique external
 * id makes both of them mean the same row. What the bridge does not say is kept.
 */
const PROVISION = `
  insert into users (footbridge_sub, username, email, given_name, family_name, gender, birthdate)
  values (@sub, @username, @email, @givenName, @familyName, @gender, @birthdate)
  on conflict (footbridge_sub) do update set
    username = excluded.username,
    email = coalesce(excluded.email, email),
    given_name = coalesce(excluded.given_name, given_name),
    family_name = coalesce(excluded.family_name, family_name),
    gender = coalesce(excluded.gender, gender),
    birthdate = coalesce(excluded.birthdate, birthdate)
  returning *`;

const UNKNOWN = { email: null, givenName: null, familyName: null, gender: null, birthdate: null };

/** How long a write waits while the courier holds the file, in milliseconds. */
const BUSY_MS = 5_000;

export function openUsers(file: string): Users {
  const database = new Database(file, { timeout: BUSY_MS });
  // Readers of the live table and the courier's writes do not wait for each other.
  database.pragma('journal_mode = WAL');
  database.exec(SCHEMA);
  const provision = database.prepare<[Record<string, unknown>], User>(PROVISION);
  const byLogin = database.prepare<[string, string], User>(
    'select * from users where username = ? or email = ? limit 2',
  );
  const byId = database.prepare<[number], User>('select * from users where id = ?');
  const all = database.prepare<[], User>('select * from users order by id');
  const count = {
    bridge: database.prepare<[number]>('update users set bridge_logins = bridge_logins + 1 where id = ?'),
    own: database.prepare<[number]>('update users set own_logins = own_logins + 1 where id = ?'),
  };
  return {
    provision(person) {
      try {
        const user = provision.get({ ...UNKNOWN, ...withoutUndefined(person) });
        return user === undefined ? { kind: 'conflict' } : { kind: 'provisioned', user };
      } catch (error) {
        if (error instanceof Database.SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE')
          return { kind: 'conflict' };
        throw error;
      }
    },
    findByLogin(login) {
      // One person's username may be another's e-mail: then it names nobody.
      const found = byLogin.all(login, login);
      return found.length === 1 ? found[0] : undefined;
    },
    find: (id) => byId.get(id),
    list: () => all.all(),
    countLogin: (id, way) => void count[way].run(id),
    close: () => void database.close(),
  };
}

function withoutUndefined(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
}
