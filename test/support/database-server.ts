import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { findProgram, mayInstall, programFromDebian } from './debian-package.ts';

/** A MySQL or MariaDB server that the tests may do with as they like. */
export interface DatabaseServer {
  readonly address: { readonly kind: 'mariadb' | 'mysql'; readonly adminUrl: string };
  stop(): Promise<void>;
}

/**
 * Gives the tests a real server, never a skip: the one that `LEGACY_TEST_URL` names, else a private one in a
 * temporary folder on a free port of 127.0.0.1. MariaDB by default, from this machine's `mariadbd` or `mysqld`, else
 * installed from Debian, else in a container; MySQL when `TEST_SERVER=mysql`.
 */
export async function startDatabaseServer(): Promise<DatabaseServer> {
  const given = process.env.LEGACY_TEST_URL;
  if (given !== undefined) return useGiven(given);
  return process.env.TEST_SERVER === 'mysql' ? startPrivate('mysql') : startPrivate('mariadb');
}

async function useGiven(adminUrl: string): Promise<DatabaseServer> {
  const connection = await createConnection(adminUrl);
  const [rows] = await connection.query('select version() as version');
  await connection.end();
  const { version } = (rows as { version: string }[])[0] ?? { version: '' };
  return {
    address: { kind: /mariadb/i.test(version) ? 'mariadb' : 'mysql', adminUrl },
    stop: async () => {},
  };
}

/** @param options more of the server's own command line */
export async function startPrivate(
  wanted: 'mariadb' | 'mysql',
  options: readonly string[] = [],
): Promise<DatabaseServer> {
  const folder = mkdtempSync(join(tmpdir(), `footbridge-${wanted}-`));
  const port = await freePort();
  const paths = { data: join(folder, 'data'), socket: join(folder, 'server.sock'), port };
  const {
    kind,
    command: [command, ...args],
  } = wanted === 'mysql' ? mysqlFromDebian(paths) : anyServer(paths);
  const server = spawn(command, [...args, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise<void>((done) => server.once('exit', () => done()));

  const stop = async () => {
    if (server.exitCode === null) server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const onExit = () => server.kill('SIGKILL');
  process.once('exit', onExit);

  const adminUrl = `mysql://root@127.0.0.1:${port}/`;
  try {
    await untilReachable(adminUrl, () => server.exitCode !== null);
  } catch (error) {
    await stop();
    throw new Error(`The private ${kind} server did not start: ${String(error)}\n${output.slice(-4000)}`);
  }
  return { address: { kind, adminUrl }, stop };
}

interface Paths {
  readonly data: string;
  readonly socket: string;
  readonly port: number;
}

interface PrivateServer {
  readonly kind: 'mariadb' | 'mysql';
  readonly command: [string, ...string[]];
}

function anyServer(paths: Paths): PrivateServer {
  const [mariadbd, mysqld] = [findProgram('mariadbd'), findProgram('mysqld')];
  if (mariadbd !== undefined) return mariadb(mariadbd, paths);
  if (mysqld !== undefined) return mysql(mysqld, paths);
  if (mayInstall()) return mariadb(programFromDebian('mariadbd', 'mariadb-server'), paths);
  if (spawnSync('docker', ['info']).status === 0) return mariadbInContainer(paths);
  throw new Error(
    'The tests need a real MariaDB or MySQL server. Install one (Debian: apt-get install mariadb-server), start ' +
      'Docker, or name one that they may use: LEGACY_TEST_URL=mysql://root:password@127.0.0.1:3306/',
  );
}

function mariadbInContainer({ port }: Paths): PrivateServer {
  const options = ['--rm', '--init', '-p', `127.0.0.1:${port}:3306`];
  const settings = ['-e', 'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1', '-e', 'MARIADB_ROOT_HOST=%'];
  return {
    kind: 'mariadb',
    command: ['docker', 'run', ...options, ...settings, 'docker.io/library/mariadb:11'],
  };
}

function mysql(mysqld: string, { data, socket, port }: Paths): PrivateServer {
  const user = process.getuid?.() === 0 ? ['--user=mysql'] : [];
  mkdirSync(data, { recursive: true });
  if (user.length > 0) for (const folder of [data, join(data, '..')]) giveTo('mysql', folder);
  const common = ['--no-defaults', ...user, `--datadir=${data}`];
  execFileSync(mysqld, [...common, '--initialize-insecure'], { stdio: 'pipe' });
  const places = [`--socket=${socket}`, `--port=${port}`, '--bind-address=127.0.0.1', '--mysqlx=OFF'];
  return { kind: 'mysql', command: [mysqld, ...common, ...places, '--innodb-flush-log-at-trx-commit=2'] };
}

function mariadb(mariadbd: string, { data, socket, port }: Paths): PrivateServer {
  const user = process.getuid?.() === 0 ? ['--user=mysql'] : [];
  mkdirSync(data, { recursive: true });
  if (user.length > 0) for (const folder of [data, join(data, '..')]) giveTo('mysql', folder);
  execFileSync(
    'mariadb-install-db',
    [
      '--no-defaults',
      ...user,
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ],
    { stdio: 'pipe' },
  );
  return {
    kind: 'mariadb',
    command: [
      mariadbd,
      '--no-defaults',
      ...user,
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--innodb-flush-log-at-trx-commit=2',
    ],
  };
}

/** Unpacked once by the project's script, which prints the start script's path. */
function mysqlFromDebian({ data, socket, port }: Paths): PrivateServer {
  const script = resolve(import.meta.dirname, '../../scripts/mysql-from-debian.sh');
  const start = execFileSync('bash', [script], { encoding: 'utf8' }).trim();
  return {
    kind: 'mysql',
    command: [start, data, socket, String(port), '--innodb-flush-log-at-trx-commit=2'],
  };
}

function giveTo(user: string, folder: string): void {
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`${user}:`));
  const [, , uid, gid] = entry?.split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new Error(`This machine has no user called ${user}.`);
  chownSync(folder, Number(uid), Number(gid));
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function untilReachable(url: string, gone: () => boolean): Promise<void> {
  for (let waited = 0; ; waited += 100) {
    try {
      const connection = await createConnection(url);
      await connection.end();
      return;
    } catch (error) {
      if (gone() || waited > 90_000) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
