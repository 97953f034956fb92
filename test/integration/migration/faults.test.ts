import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Worker } from '../../../src/migration/worker.ts';
import { type Clock, systemClock } from '../../../src/runtime/clock.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createHttpPlatform, HTTP_FAULTS, type HttpPlatform } from '../../support/http-target.ts';
import { createTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import {
  courierOn,
  type FakeDirectory,
  fakeDirectory,
  legacyUser,
  loginOf,
} from '../../support/test-courier.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { ledgerOn, person } from '../../support/test-ledger.ts';
import { until } from '../../support/until.ts';

const PEOPLE = 12;

describe.each(['sqlite', 'mysql'] as const)('With its ledger in %s, everybody is copied once', (kind) => {
  let database: TestDatabase | undefined;
  let way: TcpProxy | undefined;
  let folder: string;
  let storeUrl: string;
  let store: Store;
  let directory: FakeDirectory;
  let platform: HttpPlatform;
  const closing: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'footbridge-faults-'));
    storeUrl = `sqlite:${join(folder, 'store.sqlite')}`;
    if (kind === 'mysql') {
      database = await createTestDatabase();
      const url = new URL(database.adminUrl);
      way = await createTcpProxy(Number(url.port));
      url.port = String(way.port);
      storeUrl = url.href;
    }
    store = open();
    await store.upgrade();
    directory = fakeDirectory();
    platform = await createHttpPlatform();
    for (let id = 1; id <= PEOPLE; id += 1) {
      directory.users.set(String(id), legacyUser(id));
      await ledgerOn(store).capture(loginOf(legacyUser(id)));
    }
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    await platform.close();
    await way?.cut();
    await database?.drop();
    rmSync(folder, { recursive: true });
  });

  function open(clock: Clock = systemClock): Store {
    const opened = openStore(new Secret(storeUrl), clock);
    closing.push(() => opened.close());
    return opened;
  }
  function courier(clock: Clock = systemClock): Worker {
    const own = open(clock);
    const options = { maxAttempts: 3, leaseSeconds: 5, concurrency: 2 };
    const { worker } = courierOn({ store: own, target: platform.target, directory, clock, options });
    closing.push(worker.stop);
    worker.start();
    return worker;
  }
  const counts = async (): Promise<Record<string, number>> =>
    Object.fromEntries((await ledgerOn(store).counts()).map(({ state, count }) => [state, count]));
  async function expectEverybodyOnce(): Promise<void> {
    await until(
      'everybody has arrived',
      async () => (await counts().catch((): Record<string, number> => ({}))).copied === PEOPLE,
    );
    expect([...platform.people.values()].map(({ created }) => created)).toEqual(Array(PEOPLE).fill(1));
  }

  test.each(HTTP_FAULTS)('although the target fails by: %s.', async (fault) => {
    platform.fail(fault, fault);
    courier();
    await expectEverybodyOnce();
    expect(platform.early(), 'nobody is sent before the time that was asked for').toBe(0);
    for (let id = 1; id <= PEOPLE; id += 1) {
      expect((await ledgerOn(store).find('new', person(id)))?.attempts, 'no attempt is spent').toBe(1);
    }
  });

  test('by couriers whose clocks are five minutes apart, and one whose clock jumps.', async () => {
    let jump = 0;
    courier(() => Date.now() + 300_000);
    courier(() => Date.now() - 300_000);
    courier(() => Date.now() + jump);
    jump = -3_600_000;
    await until('some have arrived', async () => ((await counts()).copied ?? 0) > 0);
    jump = 3_600_000;
    await expectEverybodyOnce();
  });

  test('although the store cannot be written for longer than a write waits.', async () => {
    courier();
    await until('some have arrived', async () => ((await counts()).copied ?? 0) > 0);
    if (kind === 'mysql') {
      await way?.cut();
      const [before] = [performance.now()];
      await until('a second has passed', () => performance.now() - before > 1_000);
      await way?.mend();
    } else {
      const other = new Database(join(folder, 'store.sqlite'), { timeout: 5_000 });
      other.exec('begin exclusive');
      // SQLite waits in the thread: as long as a write waits for the lock, the whole process does.
      const [before] = [performance.now()];
      await until('the courier has met the lock', () => performance.now() - before > 100);
      other.exec('rollback');
      other.close();
    }
    await expectEverybodyOnce();
  });
});

test('A full disk under an SQLite store keeps nobody from arriving once there is room again.', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-full-'));
  const store = openStore(new Secret(`sqlite:${join(folder, 'store.sqlite')}`), systemClock);
  await store.upgrade();
  const platform = await createHttpPlatform();
  const directory = fakeDirectory();
  const { worker, ledger } = courierOn({ store, target: platform.target, directory, clock: systemClock });
  try {
    if (store.driver.kind !== 'sqlite') throw new Error('not SQLite');
    const { database } = store.driver;
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 2}`);
    const logIn = (id: number) => {
      const user = legacyUser(id, { name: 'n'.repeat(200) });
      directory.users.set(user.id, user);
      return ledger.capture(loginOf(user, { rehash: 'r'.repeat(2_000) }));
    };
    let captured = 0;
    const failure = await (async () => {
      for (; captured < 100; captured += 1) await logIn(captured);
    })().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'store_unavailable', cause: { code: 'SQLITE_FULL' } });
    worker.start();
    await until('what was captured still arrives', () => platform.people.size >= captured);

    database.pragma('max_page_count = 1000000');
    for (let id = captured; id < captured + 5; id += 1) await logIn(id);
    await until('everybody has arrived', async () => {
      const states = (await ledger.counts()).map(({ state, count }) => `${state} ${count}`);
      return states.join() === `copied ${captured + 5}`;
    });
    expect([...platform.people.values()].every(({ created }) => created === 1)).toBe(true);
  } finally {
    await worker.stop();
    await store.close();
    await platform.close();
    rmSync(folder, { recursive: true });
  }
});
