import argon2 from 'argon2';
import type { RowDataPacket } from 'mysql2';
import type { TestDatabase } from './test-database.ts';

export interface PlatformUser {
  readonly footbridge_sub: string;
  readonly username: string | null;
  readonly email: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly password_hash: string | null;
  /** When anything in the row last changed, as text with microseconds. */
  readonly changed_at: string;
}

/** The table of users that a new platform owns, with a diary of all that is written to it. */
export interface PlatformUsers {
  rows(): Promise<PlatformUser[]>;
  /** Every write so far, also one that changed nothing, in order. */
  writes(): Promise<{ sub: string; kind: 'insert' | 'update' }[]>;
  /** Whether the new platform, asked by itself, would let this person in. */
  opens(username: string, password: string): Promise<boolean>;
}

export async function createPlatformUsers({ admin }: TestDatabase): Promise<PlatformUsers> {
  await admin.query(`
    create table users (
      id int unsigned not null auto_increment primary key,
      footbridge_sub varchar(255) character set ascii collate ascii_bin not null unique,
      username varchar(255), email varchar(255) unique, first_name varchar(255), last_name varchar(255),
      password_hash varchar(255),
      changed_at timestamp(6) not null default current_timestamp(6) on update current_timestamp(6)
    );
    create table users_writes (
      id int unsigned not null auto_increment primary key,
      sub varchar(255) not null, kind varchar(10) not null
    );
    create trigger users_inserted after insert on users
      for each row insert into users_writes (sub, kind) values (new.footbridge_sub, 'insert');
    create trigger users_updated after update on users
      for each row insert into users_writes (sub, kind) values (new.footbridge_sub, 'update')`);
  return {
    async rows() {
      const [rows] = await admin.query(
        'select *, cast(changed_at as char) as changed_at from users order by id',
      );
      return rows as PlatformUser[];
    },
    async writes() {
      const [rows] = await admin.query('select sub, kind from users_writes order by id');
      return rows as { sub: string; kind: 'insert' | 'update' }[];
    },
    async opens(username, password) {
      const [rows] = await admin.execute<RowDataPacket[]>(
        'select password_hash from users where username = ?',
        [username],
      );
      if (rows.length > 1) throw new Error(`There are ${rows.length} rows of ${username} at the target.`);
      const encoded: unknown = rows[0]?.password_hash;
      return typeof encoded === 'string' && (await argon2.verify(encoded, password));
    },
  };
}
