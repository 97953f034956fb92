import { copyFileSync, rmSync } from 'node:fs';
import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createMysqlDirectory } from '../../../src/legacy/mysql/create-mysql-directory.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { beUsersOptions, createBeUsers } from '../../support/be-users.ts';
import { type Certificates, createCertificates } from '../../support/certificates.ts';
import { type DatabaseServer, freePort, startPrivate } from '../../support/database-server.ts';

const { kind } = inject('databaseServer');
const logger = createLogger('silent');

let certificates: Certificates;
let server: DatabaseServer;
let admin: Connection;
let port: string;

beforeAll(async () => {
  certificates = createCertificates('DNS:localhost');
  const { ca, cert, key } = certificates;
  server = await startPrivate(kind, [`--ssl-ca=${ca}`, `--ssl-cert=${cert}`, `--ssl-key=${key}`]);
  port = new URL(server.address.adminUrl).port;
  admin = await createConnection({ uri: server.address.adminUrl, multipleStatements: true });
  await admin.query('CREATE DATABASE house CHARACTER SET utf8mb4; USE house');
  await createBeUsers(admin);
  await admin.query(
    "CREATE USER 'reader'@'%' IDENTIFIED BY 'secret'; GRANT SELECT ON house.* TO 'reader'@'%'",
  );
});
afterAll(async () => {
  await admin?.end();
  await server?.stop();
  rmSync(certificates.folder, { recursive: true, force: true });
});

const urlTo = (host: string, query = '', user = 'reader') =>
  `mysql://${user}:secret@${host}:${port}/house${query}`;

async function anna(url: string | string[], changes: Record<string, unknown> = {}) {
  const directory = createMysqlDirectory(beUsersOptions('mysql', url as string, changes), {
    logger,
    clock: systemClock,
  });
  const result = await directory.find('anna');
  await directory.close();
  return result.kind === 'unavailable' ? (result.cause as Error).message : result.kind;
}

test('TLS works by a CA of its own, and is refused for a wrong CA and a wrong host.', async () => {
  const { ca, otherCa } = certificates;
  await admin.query("ALTER USER 'reader'@'%' REQUIRE SSL");
  expect(await anna(urlTo('localhost', `?tls-ca=${ca}`))).toBe('found');
  expect(await anna(urlTo('localhost', `?tls-ca=${otherCa}`))).toMatch(/not trusted/);
  expect(await anna(urlTo('localhost', '?tls=true'))).toMatch(/not trusted/);
  expect(await anna(urlTo('127.0.0.1', `?tls=verify-ca&tls-ca=${ca}`))).toBe('found');
  expect(await anna(urlTo('127.0.0.1', `?tls=verify-ca&tls-ca=${otherCa}`))).toMatch(/not trusted/);
  expect(await anna(urlTo('127.0.0.1', '?tls=unverified'))).toBe('found');
  expect(await anna(urlTo('127.0.0.1'))).toMatch(/refused the account/);
  await admin.query("ALTER USER 'reader'@'%' REQUIRE NONE");

  copyFileSync(certificates.certOfAnotherHost, certificates.cert);
  await admin.query(kind === 'mariadb' ? 'FLUSH SSL' : 'ALTER INSTANCE RELOAD TLS');
  expect(await anna(urlTo('localhost', `?tls-ca=${ca}`))).toMatch(/of another host/);
  expect(await anna(urlTo('localhost', `?tls=verify-ca&tls-ca=${ca}`))).toBe('found');
});

test('Of several servers the first that answers is asked, and check names those that do not.', async () => {
  const dead = urlTo('127.0.0.1').replace(`:${port}/`, `:${await freePort()}/`);
  expect(await anna([dead, urlTo('127.0.0.1')])).toBe('found');
  expect(await anna([urlTo('127.0.0.1'), dead])).toBe('found');
  expect(await anna([dead, dead])).toMatch(/refused the connection/);
  const directory = createMysqlDirectory(
    beUsersOptions('mysql', [dead, urlTo('127.0.0.1')] as unknown as string),
    { logger, clock: systemClock },
  );
  const results = await directory.check();
  await directory.close();
  expect(results.filter(({ level }) => level !== 'ok').map(({ about }) => about)).toEqual(['legacy.url[0]']);
});

test('An account of caching_sha2_password logs in by TLS, and without TLS by the public key of the server.', async () => {
  if (kind === 'mariadb') {
    // MariaDB has no such account; that the plain one goes both ways is all there is to see here.
    expect(await anna(urlTo('127.0.0.1'))).toBe('found');
    return;
  }
  await admin.query(
    "CREATE USER 'sha2'@'%' IDENTIFIED WITH caching_sha2_password BY 'secret'; GRANT SELECT ON house.* TO 'sha2'@'%'",
  );
  const ways = [
    urlTo('localhost', `?tls=verify-ca&tls-ca=${certificates.ca}`, 'sha2'),
    urlTo('127.0.0.1', '', 'sha2'),
  ];
  for (const way of ways) {
    // Without what the server remembers of earlier logins, the password itself has to be carried over.
    await admin.query('FLUSH PRIVILEGES');
    expect(await anna(way)).toBe('found');
    expect(await anna(way), 'and again, by the fast way').toBe('found');
  }
  expect(await anna(urlTo('127.0.0.1', '', 'sha2').replace(':secret@', ':wrong@'))).toMatch(
    /refused the account/,
  );
});

test('Names are found and read rightly in columns of every usual character set.', async () => {
  for (const charset of ['utf8mb3', 'utf8mb4', 'latin1', 'ucs2', 'cp1250']) {
    const name = charset === 'cp1250' ? 'Žofie Dvořák' : 'Zoë Müller-Åß';
    await admin.query(
      `CREATE TABLE in_${charset} (id int PRIMARY KEY, name varchar(50) UNIQUE, pw varchar(50)) CHARACTER SET ${charset}`,
    );
    await admin.query(`INSERT INTO in_${charset} VALUES (1, ?, 'hash of ë'), (2, 'plain', 'x')`, [name]);
    for (const match of ['exact', 'case-insensitive'] as const) {
      const directory = createMysqlDirectory(
        beUsersOptions('mysql', urlTo('127.0.0.1'), {
          table: `in_${charset}`,
          login: ['name'],
          match,
          password: { column: 'pw' },
          profile: { name: 'name' },
          updatedAt: undefined,
        }),
        { logger, clock: systemClock },
      );
      expect(await directory.find(name), `${charset}, ${match}`).toMatchObject({
        user: { profile: { name } },
      });
      const upper = await directory.find(name.toUpperCase().replace('SS', 'ß'));
      expect(upper.kind, `${charset}, ${match}`).toBe(match === 'exact' ? 'none' : 'found');
      expect((await directory.find('漢字😀')).kind).toBe('none');
      expect((await directory.scan(undefined, 10)).rows.map(({ profile }) => profile.name)).toEqual([
        name,
        'plain',
      ]);
      await directory.close();
    }
  }
});
