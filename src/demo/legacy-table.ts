import Database from 'better-sqlite3';
import type { Random } from '../runtime/random.ts';
import { type LegacyHash, legacyHash } from './legacy-hash.ts';
import type { LegacyScheme, Person } from './people.ts';

/** The old system's users, as its own software would have left them. */
export interface LegacyTable {
  /** What stands in a person's password column, told without giving it away. */
  shapeOf(username: string): string | undefined;
  /** Everything in the table as one text: two equal texts mean that nobody wrote to it. */
  contents(): string;
}

/** What the `hash_type` column holds. Rows that say how they were hashed are all of one type. */
export const HASH_TYPES: Readonly<Record<string, string>> = {
  md5: 'md5($pass)',
  'md5-salt-first': 'md5($salt.$pass)',
  'md5-salt-last': 'md5($pass.$salt)',
  sha1: 'sha1($pass)',
  'sha1-salt-first': 'sha1($salt.$pass)',
  sha256: 'sha256($pass)',
  'sha256-salt-first': 'sha256($salt.$pass)',
  modern: 'auto',
};

const TABLE = `
  create table users (
    id integer primary key,
    first_name text,
    last_name text,
    username text not null collate nocase unique,
    email text not null collate nocase unique,
    password text not null,
    salt text,
    hash_type text not null,
    gender text check (gender in ('M', 'F')),
    birthday text,
    is_logged integer not null default 0,
    created_at text not null default '2009-05-04 09:00:00',
    updated_at text not null default '2019-11-30 17:45:00'
  )`;

const INSERT = `
  insert into users (id, first_name, last_name, username, email, password, salt, hash_type, gender, birthday)
  values (@id, @givenName, @familyName, @username, @email, @encoded, @salt, @hashType, @gender, @birthday)`;

/** Numbers begin where an old table might have got to, so that nobody takes them for the new platform's. */
const FIRST_ID = 28_701;

/** Makes the table in a new SQLite file and hashes everybody's password as the old system did. */
export async function createLegacyTable(
  file: string,
  people: readonly Person[],
  random: Random,
): Promise<LegacyTable> {
  const hashes = new Map<string, LegacyHash>();
  for (const { username, scheme, password } of people)
    hashes.set(username, await legacyHash(scheme, password, random));

  const database = new Database(file);
  database.exec(TABLE);
  const insert = database.prepare(INSERT);
  people.forEach((person, index) => {
    const { password: _, ...row } = person;
    insert.run({
      ...row,
      ...hashes.get(person.username),
      id: FIRST_ID + index,
      hashType: hashType(person.scheme),
    });
  });
  database.close();

  return {
    shapeOf(username) {
      const hash = hashes.get(username);
      return hash && shape(hash);
    },
    contents() {
      const reader = new Database(file, { readonly: true });
      try {
        return JSON.stringify(reader.prepare('select * from users order by id').all());
      } finally {
        reader.close();
      }
    },
  };
}

function hashType(scheme: LegacyScheme): string {
  return Object.entries(HASH_TYPES).find(([, name]) => name === scheme)?.[0] ?? 'modern';
}

function shape({ encoded, salt }: LegacyHash): string {
  const prefix = /^\$[a-z0-9]+\$/i.exec(encoded)?.[0];
  if (prefix !== undefined) return `${prefix}… ${encoded.length} characters`;
  return `${encoded.length} hex digits${salt === null ? ', no salt' : ' + salt'}`;
}
