import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from './database-server.ts';
import { installFromDebian } from './debian-package.ts';
import { until } from './until.ts';

/** A PostgreSQL server that a test may do with as it likes, and the superuser's connection to it. */
export interface PostgresServer {
  readonly folder: string;
  readonly port: number;
  readonly admin: Client;
  run(sql: string, values?: unknown[]): Promise<unknown>;
  /** Makes a role that may log in, and grants it this; returns its URL. */
  accountWith(grants: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * A private server in a temporary folder on a free port of 127.0.0.1, from this machine's programs or Debian's
 * package.
 *
 * @param settings of postgresql.conf
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const programs = programsOfPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-postgres-'));
  const owner = ownerOf(folder);
  const [data, port] = [join(folder, 'data'), await freePort()];
  const locale = ['--encoding=UTF8', '--locale=C.UTF-8'];
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', ...locale],
    {
      stdio: 'pipe',
      cwd: folder,
      ...owner,
    },
  );
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: folder,
    fsync: 'off',
    timezone: 'UTC',
    ...settings,
  };
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: folder,
    ...owner,
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  process.once('exit', () => server.kill('SIGKILL'));

  let admin: Client;
  try {
    admin = await until('the private PostgreSQL server answers', async () => {
      if (server.exitCode !== null) throw new Error(`It ended:\n${output.slice(-4000)}`);
      const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
      return client.connect().then(
        () => client,
        () => undefined,
      );
    });
  } catch (error) {
    server.kill('SIGKILL');
    throw error;
  }
  admin.on('error', () => {});
  return {
    folder,
    port,
    admin,
    run: (sql, values) => admin.query(sql, values),
    async accountWith(grants) {
      const user = `u_${randomBytes(4).toString('hex')}`;
      await admin.query(`CREATE ROLE ${user} LOGIN PASSWORD 'secret'`);
      await admin.query(`GRANT ${grants} ON ALL TABLES IN SCHEMA public TO ${user}`);
      await admin.query(`ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ${grants} ON TABLES TO ${user}`);
      return `postgres://${user}:secret@127.0.0.1:${port}/postgres`;
    },
    async stop() {
      await admin.end().catch(() => {});
      if (server.exitCode === null) server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Debian keeps them outside of PATH, one folder a version. */
function programsOfPostgres(): string {
  const found = foldersOfPostgres();
  if (found !== undefined) return found;
  installFromDebian('postgresql', 'initdb and postgres');
  const installed = foldersOfPostgres();
  if (installed === undefined)
    throw new Error('The package postgresql was installed, but brought no server.');
  return installed;
}

function foldersOfPostgres(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(root, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ];
  return folders.find((path) => existsSync(join(path, 'initdb')) && existsSync(join(path, 'postgres')));
}

/** PostgreSQL refuses to run as root: then as the user of the package, else as nobody, to whom the folder is given. */
export function ownerOf(path: string): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const entry = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  const [, , uid, gid] = entry ?? [];
  if (uid === undefined || gid === undefined)
    throw new Error('This machine has neither postgres nor nobody.');
  const owner = { uid: Number(uid), gid: Number(gid) };
  chownSync(path, owner.uid, owner.gid);
  return owner;
}
