import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LegacyId } from '../../../src/domain/ids.ts';
import { createMysqlDirectory } from '../../../src/legacy/mysql/create-mysql-directory.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { beUsersOptions, createBeUsers } from '../../support/be-users.ts';
import { freePort } from '../../support/database-server.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

/** The way to the server, which a test can interrupt in each way that networks and servers do. */
interface Line {
  readonly url: string;
  /** The server is gone: connections break, new ones are refused. */
  down(): Promise<void>;
  /** The server hangs: it accepts connections and says nothing. */
  hang(): void;
  up(): Promise<void>;
  /** How many sockets the line itself has. */
  sockets(): number;
}

const TIMEOUT_MS = 400;
let database: TestDatabase;
let url: string;
beforeAll(async () => {
  database = await createTestDatabase();
  await createBeUsers(database.admin);
  url = await database.accountWith('SELECT');
});
afterAll(() => database.drop());

const open = (to: string, connections = 2) =>
  createMysqlDirectory(beUsersOptions('mysql', to, { timeoutMs: TIMEOUT_MS, connections }), {
    logger: createLogger('silent'),
    clock: systemClock,
  });

async function createLine(): Promise<Line> {
  const target = new URL(url);
  const port = await freePort();
  const sockets = new Set<Socket>();
  let hanging = false;
  let server: Server;
  const listen = () =>
    new Promise<void>((done) => {
      server = createServer({ allowHalfOpen: true }, (near) => {
        const far = connect(Number(target.port), target.hostname);
        for (const socket of [near, far]) {
          sockets.add(socket);
          socket.on('error', () => {}).on('close', () => [near, far].forEach((end) => void end.destroy()));
        }
        // A server that hangs does not even say goodbye.
        near.on('end', () => hanging || near.destroy());
        far.on('data', (data) => hanging || near.write(data));
        near.on('data', (data) => hanging || far.write(data));
      }).listen(port, '127.0.0.1', done);
    });
  await listen();
  return {
    url: Object.assign(new URL(url), { port: String(port) }).href,
    async down() {
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    hang() {
      hanging = true;
    },
    async up() {
      hanging = false;
      if (!server.listening) await listen();
    },
    sockets: () => sockets.size,
  };
}

async function timed<T>(work: Promise<T>): Promise<{ answer: T; ms: number }> {
  const start = performance.now();
  const answer = await work;
  return { answer, ms: performance.now() - start };
}

test('A database that is down when the bridge starts is unavailable, and works once it is up.', async () => {
  const line = await createLine();
  await line.down();
  const directory = open(line.url);
  const { answer, ms } = await timed(directory.find('anna'));
  expect(answer).toMatchObject({ kind: 'unavailable', cause: { code: 'legacy_unavailable' } });
  expect(answer.kind === 'unavailable' && (answer.cause as Error).message).toMatch(
    /refused the connection\. Start it/,
  );
  expect(ms).toBeLessThan(TIMEOUT_MS);
  await expect(directory.findById('1' as LegacyId)).rejects.toMatchObject({ code: 'legacy_unavailable' });
  await expect(directory.ping()).rejects.toMatchObject({ code: 'legacy_unavailable' });
  expect(await directory.check()).toMatchObject([{ level: 'error', about: 'legacy.reachable' }]);
  await line.up();
  await directory.ping();
  expect(await directory.find('anna')).toMatchObject({ kind: 'found' });
  await directory.close();
  await line.down();
});

test('A restart of the database costs no more than the logins during it.', async () => {
  const line = await createLine();
  const directory = open(line.url, 3);
  const several = () => Promise.all(['anna', 'bob', 'admin', 'frank'].map((name) => directory.find(name)));
  expect((await several()).map(({ kind }) => kind)).toEqual(Array(4).fill('found'));
  await line.down();
  expect((await several()).map(({ kind }) => kind)).toEqual(Array(4).fill('unavailable'));
  await line.up();
  expect((await several()).map(({ kind }) => kind)).toEqual(Array(4).fill('found'));
  await directory.close();
  await line.down();
});

test('Connections that the server closed while they were idle are replaced within the look-up.', async () => {
  const directory = open(url, 3);
  await Promise.all(['anna', 'bob', 'admin'].map((name) => directory.find(name)));
  const user = decodeURIComponent(new URL(url).username);
  const [rows] = await database.admin.query('SELECT id FROM information_schema.processlist WHERE user = ?', [
    user,
  ]);
  const ids = (rows as { id?: number; ID?: number }[]).map((row) => row.id ?? row.ID);
  expect(ids.length).toBeGreaterThan(1);
  for (const id of ids) await database.admin.query(`KILL ${id}`);
  const results = await Promise.all(['anna', 'bob', 'admin'].map((name) => directory.find(name)));
  expect(results.map(({ kind }) => kind)).toEqual(Array(3).fill('found'));
  await directory.close();
});

test('A server that hangs is unavailable in time for everybody who waits, and works once it answers again.', async () => {
  const line = await createLine();
  const directory = open(line.url, 1);
  expect(await directory.find('anna')).toMatchObject({ kind: 'found' });
  const ours = () =>
    process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length - line.sockets();
  const before = ours();
  line.hang();
  const waiting = await Promise.all(Array.from({ length: 10 }, () => timed(directory.find('anna'))));
  for (const { answer, ms } of waiting) {
    expect(answer).toMatchObject({ kind: 'unavailable' });
    expect(ms).toBeLessThan(TIMEOUT_MS + 300);
  }
  // Nothing is left behind that waits for the server's goodbye.
  await expect.poll(ours).toBeLessThan(before + 1);
  await line.up();
  await expect.poll(() => directory.find('anna'), { timeout: 5_000 }).toMatchObject({ kind: 'found' });
  const { ms } = await timed(directory.close());
  expect(ms).toBeLessThan(1_500);
  await line.down();
});

test('A server that never says a word is unavailable in time.', async () => {
  const port = await freePort();
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(port, '127.0.0.1');
  const directory = open(`mysql://u:p@127.0.0.1:${port}/x`);
  const { answer, ms } = await timed(directory.find('anna'));
  expect(answer).toMatchObject({
    kind: 'unavailable',
    cause: { message: expect.stringMatching(/did not answer in time/) },
  });
  expect(ms).toBeLessThan(TIMEOUT_MS + 300);
  await directory.close();
  for (const socket of sockets) socket.destroy();
  silent.close();
});

test('A table that is locked is unavailable in time, and the queue for it has an end.', async () => {
  const directory = open(url, 1);
  await directory.find('anna');
  await database.admin.query('LOCK TABLES be_users WRITE');
  const results = await Promise.all(Array.from({ length: 100 }, () => timed(directory.find('anna'))));
  await database.admin.query('UNLOCK TABLES');
  for (const { answer, ms } of results) {
    expect(answer).toMatchObject({ kind: 'unavailable' });
    expect(ms).toBeLessThan(TIMEOUT_MS + 500);
  }
  const refused = results.filter(
    ({ answer }) =>
      answer.kind === 'unavailable' && /Too many look-ups wait/.test((answer.cause as Error).message),
  );
  expect(refused.length).toBeGreaterThan(0);
  await expect.poll(() => directory.find('anna'), { timeout: 5_000 }).toMatchObject({ kind: 'found' });
  await directory.close();
});

test('A refused account and a missing database are unavailable, with what to correct and without the password.', async () => {
  const wrong = Object.assign(new URL(url), { password: 'canary-password' });
  const elsewhere = Object.assign(new URL(database.adminUrl), { pathname: '/no_such_database' });
  for (const [address, sentence] of [
    [wrong, /refused the account\. Correct the user and password/],
    [elsewhere, /The database that legacy\.url names does not exist/],
  ] as const) {
    const directory = open(address.href);
    const result = await directory.find('anna');
    const message = result.kind === 'unavailable' ? (result.cause as Error).message : '';
    expect(message).toMatch(sentence);
    expect(message).not.toContain('canary-password');
    await directory.close();
  }
});
