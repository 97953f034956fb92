import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bcrypt from 'bcryptjs';
import type { LedgerCount } from '../../src/ledger/ledger.ts';
import { type BeUser, createBeUsers } from './be-users.ts';
import { type BridgeProcess, serveFootbridge, spawnFootbridge } from './bridge-process.ts';
import { type Browser, createBrowser, fetchVia, type Page } from './browser.ts';
import { footbridge } from './command-line.ts';
import { freePort } from './database-server.ts';
import { CALLBACK, SECRET } from './oidc-world.ts';
import { createPlatformUsers, type PlatformUsers } from './platform-users.ts';
import { type LoginResult, logIn, type RelyingParty, relyingParty } from './relying-party.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { until } from './until.ts';

/** Cheap, so that a test of many logins measures the bridge and not bcrypt. */
const BCRYPT_COST = 4;

export interface RealPerson extends Partial<Omit<BeUser, 'password'>> {
  readonly username: string;
  readonly password: string;
  /** What the legacy row holds, where it is not bcrypt of the password. */
  readonly encoded?: string;
}

export interface RealSetupOptions {
  readonly people: readonly RealPerson[];
  /** The mode of the client `rp`; `lazy` unless said otherwise. */
  readonly mode?: 'off' | 'lazy';
  /** Where the bridge keeps its own records; an SQLite file unless said otherwise. */
  readonly store?: 'sqlite' | 'mysql';
  /** Ports through which the bridge reaches the databases instead of the server's own: those of a `TcpProxy`. */
  readonly legacyPort?: number;
  readonly targetPort?: number;
  /** The same for a store in MySQL; an SQLite file takes no notice. */
  readonly storePort?: number;
  /** Replaces whole sections of the configuration. */
  readonly config?: Record<string, unknown>;
}

export interface Status {
  readonly clients: readonly { client_id: string; mode: string; target: string | null }[];
  readonly ledger: readonly LedgerCount[];
  readonly oldestWaitingSeconds: number | null;
  readonly targets: readonly { target: string; closedForSeconds: number; failures: number }[];
  readonly unverifiable: readonly { shape: string; people: number }[];
}

/**
 * The first real setup: a legacy `be_users` table, a table of users at the new platform, and a bridge between them that
 * is a process of its own, configured by a file and the environment as an operator would.
 */
export interface RealSetup {
  readonly issuer: string;
  readonly port: number;
  readonly folder: string;
  readonly configFile: string;
  /** What the configuration takes from the environment: every secret of the setup. */
  readonly env: Readonly<Record<string, string>>;
  readonly legacy: TestDatabase;
  readonly target: TestDatabase;
  /** Starts `footbridge serve`; `close` ends it. */
  serve(options?: { args?: readonly string[]; env?: Record<string, string> }): Promise<BridgeProcess>;
  /** Starts another command, e.g. `worker`; `close` ends it. */
  spawn(args: readonly string[], env?: Record<string, string>): BridgeProcess;
  /** Runs a command to its end. */
  run(...args: string[]): Promise<{ code: number | string; output: string; result: string }>;
  status(): Promise<Status>;
  /** Waits until so many people are in these states of the ledger, and nobody in another, as the operator sees it. */
  untilLedger(counts: Record<string, number>): Promise<Status>;
  relyingParty(): Promise<RelyingParty>;
  browser(): Browser;
  /** Logs in over the page and exchanges the code; fails unless that leads to the client. */
  login(username: string, password?: string): Promise<LoginResult>;
  /** Tries to log in and stays at the page that this leads to: the client's callback has status 0. */
  tryLogin(username: string, password?: string): Promise<Page>;
  readonly targetRows: PlatformUsers['rows'];
  readonly targetWrites: PlatformUsers['writes'];
  readonly opensAtTarget: PlatformUsers['opens'];
  /** Ends every process, drops the databases, removes the folder. */
  close(): Promise<void>;
}

export async function createRealSetup({
  people,
  mode = 'lazy',
  store = 'sqlite',
  legacyPort,
  targetPort,
  storePort,
  config = {},
}: RealSetupOptions): Promise<RealSetup> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-setup-'));
  const [legacy, target] = [await createTestDatabase(), await createTestDatabase()];
  const own = store === 'mysql' ? await createTestDatabase() : undefined;
  await createBeUsers(legacy.admin, await Promise.all(people.map(asBeUser)));
  const users = await createPlatformUsers(target);

  const env = {
    FOOTBRIDGE_SECRET_KEY: randomBytes(32).toString('base64'),
    STORE_URL:
      (own && throughPort(await own.accountWith('ALL'), storePort)) ??
      `sqlite:${join(folder, 'footbridge.sqlite')}`,
    LEGACY_DATABASE_URL: throughPort(await legacy.accountWith('SELECT'), legacyPort),
    TARGET_DATABASE_URL: throughPort(await target.accountWith('SELECT, INSERT, UPDATE'), targetPort),
    RP_CLIENT_SECRET: SECRET,
  };
  const configFile = join(folder, 'footbridge.yaml');
  // JSON is YAML.
  writeFileSync(configFile, JSON.stringify({ ...configuration(issuer, port, mode), ...config }, null, 2));

  const processes = new Set<BridgeProcess>();
  const kept = (process: BridgeProcess) => {
    processes.add(process);
    void process.ended.then(() => processes.delete(process));
    return process;
  };
  const passwords = new Map(people.map(({ username, password }) => [username, password]));
  const passwordOf = (username: string) => passwords.get(username) ?? 'there is nobody of this name';
  let client: Promise<RelyingParty> | undefined;

  const setup: RealSetup = {
    issuer,
    port,
    folder,
    configFile,
    env,
    legacy,
    target,
    serve: async ({ args = [], env: more = {} } = {}) =>
      kept(await serveFootbridge(configFile, issuer, { args, env: { ...env, ...more } })),
    spawn: (args, more = {}) => kept(spawnFootbridge(['--config', configFile, ...args], { ...env, ...more })),
    async run(...args) {
      const command = setup.spawn(args);
      return { code: await command.ended, output: command.output(), result: command.result() };
    },
    async status() {
      const { code, printed, complained } = await footbridge(['--config', configFile, 'status', '--json'], {
        env,
      });
      if (code !== 0) throw new Error(`"footbridge status" ended with ${code}:\n${complained}`);
      return JSON.parse(printed) as Status;
    },
    async untilLedger(counts) {
      let last = '';
      return until(`the ledger says ${JSON.stringify(counts)}`, async () => {
        const status = await setup.status();
        last = JSON.stringify(status.ledger);
        return same(peopleByState(status), counts) && status;
      }).catch((error: unknown) => {
        throw new Error(`${String(error)} It says ${last}.`);
      });
    },
    relyingParty() {
      client ??= relyingParty({ issuer, fetch: fetchVia({}) });
      return client;
    },
    browser: () => createBrowser({}, (url) => url.origin !== issuer),
    login: async (username, password = passwordOf(username)) =>
      (await setup.relyingParty()).login(setup.browser(), {}, username, password),
    async tryLogin(username, password = passwordOf(username)) {
      const { url } = await (await setup.relyingParty()).request();
      const browser = setup.browser();
      return logIn(browser, await browser.open(url), username, password);
    },
    targetRows: users.rows,
    targetWrites: users.writes,
    opensAtTarget: users.opens,
    async close() {
      for (const { child } of processes) child.kill('SIGKILL');
      await Promise.all([...processes].map(({ ended }) => ended));
      for (const database of [legacy, target, own]) await database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return setup;
}

/** How many people are in which state of the ledger, whatever the reason. */
export function peopleByState({ ledger }: Status): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state, count } of ledger) counts[state] = (counts[state] ?? 0) + count;
  return counts;
}

const same = (one: Record<string, number>, other: Record<string, number>) =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

async function asBeUser({ password, encoded, ...person }: RealPerson, index: number): Promise<BeUser> {
  return {
    id: 1001 + index,
    email: `${person.username}@example.com`,
    first_name: person.username,
    updated_at: '2024-03-01 12:00:00',
    ...person,
    password: encoded ?? (await bcrypt.hash(password, BCRYPT_COST)),
  };
}

function throughPort(url: string, port: number | undefined): string {
  return port === undefined ? url : Object.assign(new URL(url), { port: String(port) }).href;
}

function configuration(issuer: string, port: number, mode: string) {
  return {
    issuer,
    server: { host: '127.0.0.1', port },
    store: '${STORE_URL}',
    secretKey: '${FOOTBRIDGE_SECRET_KEY}',
    legacy: {
      kind: 'mysql',
      url: '${LEGACY_DATABASE_URL}',
      table: 'be_users',
      id: 'id',
      login: ['username', 'email'],
      match: 'case-insensitive',
      updatedAt: 'updated_at',
      password: { column: 'password', scheme: 'auto' },
      profile: {
        preferred_username: 'username',
        email: 'email',
        email_verified: false,
        given_name: 'first_name',
        family_name: 'last_name',
        gender: { column: 'gender', map: { M: 'male', F: 'female' } },
        birthdate: { column: 'birthday', format: 'date' },
      },
      timeoutMs: 2_000,
    },
    targets: {
      'new-platform': {
        kind: 'sql',
        url: '${TARGET_DATABASE_URL}',
        table: 'users',
        externalId: 'footbridge_sub',
        password: { column: 'password_hash' },
        columns: {
          username: 'preferred_username',
          email: 'email',
          first_name: 'given_name',
          last_name: 'family_name',
        },
        timeoutMs: 2_000,
      },
    },
    clients: [
      {
        client_id: 'rp',
        client_name: 'New platform',
        client_secret: '${RP_CLIENT_SECRET}',
        redirect_uris: [CALLBACK],
        migration: { target: 'new-platform', mode },
      },
    ],
    worker: { pollMs: 100, leaseSeconds: 5 },
  };
}
