import Database from 'better-sqlite3';
import type { Connection } from 'mysql2/promise';
import { type LegacyOptions, legacyOptions } from '../../src/legacy/options.ts';

/** A legacy table as they are found: `be_users`, with the columns and collations of a PHP application of its time. */
export interface BeUser {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly gender?: 'M' | 'F';
  readonly birthday?: string;
  readonly accept_personal_data?: number;
  readonly is_logged?: number;
  readonly updated_at?: string;
}

/** Not one of these verifies: what they look like is all that the directory needs. */
export const BE_USERS: readonly BeUser[] = [
  {
    id: 1,
    username: 'anna',
    email: 'Anna@example.com',
    password: '$2y$10$anna-anna-anna-anna-anna',
    first_name: 'Anna',
    last_name: 'Ångström',
    gender: 'F',
    birthday: '1980-02-29 00:00:00',
    accept_personal_data: 1,
    updated_at: '2024-03-01 12:00:00',
  },
  {
    id: 2,
    username: 'bob',
    email: 'bob@example.com',
    password: 'md5-of-bob',
    first_name: 'Bob',
    gender: 'M',
  },
  // Calls himself by somebody else's address.
  { id: 3, username: 'bob@example.com', email: 'mallory@example.com', password: 'md5-of-mallory' },
  { id: 4, username: 'admin', email: 'root@example.com', password: 'md5-of-admin' },
  // Username and e-mail address are the same: still one person.
  { id: 5, username: 'eve@example.com', email: 'eve@example.com', password: 'md5-of-eve' },
  { id: 6, username: 'frank', email: 'frank@example.com', password: 'md5-of-frank', accept_personal_data: 0 },
  { id: 28774, username: '28774', email: 'number@example.com', password: '' },
];

const COLUMNS = [
  'id',
  'first_name',
  'last_name',
  'username',
  'email',
  'password',
  'gender',
  'birthday',
  'accept_personal_data',
  'is_logged',
  'updated_at',
] as const;

/** Makes the table with these people in the connection's database. */
export async function createBeUsers(admin: Connection, people: readonly BeUser[] = BE_USERS): Promise<void> {
  await admin.query(`
    CREATE TABLE be_users (
      id int(10) UNSIGNED NOT NULL AUTO_INCREMENT,
      first_name varchar(255) DEFAULT NULL,
      last_name varchar(255) DEFAULT NULL,
      username varchar(255) NOT NULL,
      email varchar(255) NOT NULL,
      password varchar(60) NOT NULL,
      gender enum('M','F') NOT NULL,
      birthday datetime DEFAULT NULL,
      accept_notifications tinyint(1) DEFAULT NULL,
      accept_sharing tinyint(1) DEFAULT NULL,
      accept_personal_data tinyint(1) DEFAULT NULL,
      remember_token varchar(100) DEFAULT NULL,
      is_logged tinyint(1) NOT NULL DEFAULT '0',
      created_at timestamp NULL DEFAULT NULL,
      updated_at timestamp NULL DEFAULT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY be_users_username_unique (username),
      UNIQUE KEY be_users_email_unique (email)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci`);
  await admin.query("SET time_zone = '+00:00'");
  for (const person of people) {
    await admin.query(
      `INSERT INTO be_users (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`,
      valuesOf(person),
    );
  }
}

/** Makes the same table and people in PostgreSQL. */
export async function createBeUsersInPostgres(
  run: (sql: string, values?: unknown[]) => Promise<unknown>,
  people: readonly BeUser[] = BE_USERS,
): Promise<void> {
  await run("CREATE TYPE be_gender AS ENUM ('M', 'F')");
  await run(`
    CREATE TABLE be_users (
      id integer PRIMARY KEY,
      first_name varchar(255) DEFAULT NULL,
      last_name varchar(255) DEFAULT NULL,
      username varchar(255) NOT NULL UNIQUE,
      email varchar(255) NOT NULL UNIQUE,
      password varchar(60) NOT NULL,
      gender be_gender NOT NULL,
      birthday timestamp DEFAULT NULL,
      accept_notifications smallint DEFAULT NULL,
      accept_sharing smallint DEFAULT NULL,
      accept_personal_data smallint DEFAULT NULL,
      remember_token varchar(100) DEFAULT NULL,
      is_logged smallint NOT NULL DEFAULT 0,
      created_at timestamptz DEFAULT NULL,
      updated_at timestamptz DEFAULT NULL
    )`);
  for (const person of people) {
    await run(
      `INSERT INTO be_users (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((_, index) => `$${index + 1}`).join(', ')})`,
      valuesOf(person),
    );
  }
}

/** Makes an SQLite file with the same table and people. */
export function createBeUsersFile(file: string, people: readonly BeUser[] = BE_USERS): void {
  const database = new Database(file);
  database.exec(`
    CREATE TABLE be_users (
      id integer PRIMARY KEY,
      first_name varchar(255) DEFAULT NULL,
      last_name varchar(255) DEFAULT NULL,
      username varchar(255) NOT NULL UNIQUE collate nocase,
      email varchar(255) NOT NULL UNIQUE COLLATE NOCASE,
      password varchar(60) NOT NULL,
      gender text NOT NULL,
      birthday datetime DEFAULT NULL,
      accept_notifications tinyint(1) DEFAULT NULL,
      accept_sharing tinyint(1) DEFAULT NULL,
      accept_personal_data tinyint(1) DEFAULT NULL,
      remember_token varchar(100) DEFAULT NULL,
      is_logged tinyint(1) NOT NULL DEFAULT 0,
      created_at timestamp NULL DEFAULT NULL,
      updated_at timestamp NULL DEFAULT NULL
    )`);
  const insert = database.prepare(
    `INSERT INTO be_users (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`,
  );
  for (const person of people) insert.run(valuesOf(person));
  database.close();
}

/** The options of the first real setup, with whatever a test needs otherwise. */
export function beUsersOptions(
  kind: 'mysql' | 'postgres' | 'sqlite',
  url: string,
  changes: Record<string, unknown> = {},
): LegacyOptions {
  return legacyOptions.parse({
    kind,
    url,
    table: 'be_users',
    id: 'id',
    login: ['username', 'email'],
    updatedAt: 'updated_at',
    password: { column: 'password' },
    profile: {
      preferred_username: 'username',
      email: 'email',
      given_name: 'first_name',
      family_name: 'last_name',
      gender: { column: 'gender', map: { M: 'male', F: 'female' } },
      birthdate: { column: 'birthday', format: 'date' },
    },
    timeoutMs: 2_000,
    connections: 2,
    ...changes,
  });
}

function valuesOf(person: BeUser): (string | number | null)[] {
  return COLUMNS.map((column) => {
    const fallback = { gender: 'M', is_logged: 0 }[column as string] ?? null;
    return person[column] ?? fallback;
  });
}
