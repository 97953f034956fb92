import { randomBytes } from 'node:crypto';
import { type Connection, createConnection } from 'mysql2/promise';
import { inject } from 'vitest';

/** A database of its own on the test server, and accounts on it. */
export interface TestDatabase {
  readonly kind: 'mariadb' | 'mysql';
  readonly name: string;
  /** May do everything on the server. */
  readonly adminUrl: string;
  /** A connection of the administrator with this database selected; several statements at once are allowed. */
  readonly admin: Connection;
  /** Makes an account with exactly these grants on this database, e.g. `SELECT`. */
  accountWith(grants: string): Promise<string>;
  drop(): Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const { kind, adminUrl } = inject('databaseServer');
  const name = `fb_${randomBytes(6).toString('hex')}`;
  const admin = await createConnection({ uri: adminUrl, multipleStatements: true });
  await admin.query(`create database ${name} character set utf8mb4; use ${name}`);
  const accounts: string[] = [];
  const urlOf = (user: string, password: string) => {
    const url = new URL(adminUrl);
    url.username = user;
    url.password = password;
    url.pathname = `/${name}`;
    return url.href;
  };
  return {
    kind,
    name,
    adminUrl: Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href,
    admin,
    async accountWith(grants) {
      const user = `u_${randomBytes(4).toString('hex')}`;
      const password = randomBytes(12).toString('hex');
      await admin.query(`create user '${user}'@'%' identified by '${password}'`);
      await admin.query(`grant ${grants} on ${name}.* to '${user}'@'%'`);
      accounts.push(user);
      return urlOf(user, password);
    },
    async drop() {
      for (const user of accounts) await admin.query(`drop user if exists '${user}'@'%'`);
      await admin.query(`drop database if exists ${name}`);
      await admin.end();
    },
  };
}
