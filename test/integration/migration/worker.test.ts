import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTargetRates } from '../../../src/migration/create-target-rates.ts';
import type { WorkerDependencies } from '../../../src/migration/create-worker.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createSqlTarget } from '../../../src/targets/sql/create-sql-target.ts';
import { sqlOptions } from '../../support/sql-target.ts';
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

const PEOPLE = 40;
const USERS = `drop table if exists users; create table users (
  id int auto_increment primary key, external_id varchar(64) unique, email varchar(190) unique,
  name varchar(100), password_hash varchar(255),
  changed_at timestamp(6) not null default current_timestamp(6) on update current_timestamp(6)
)`;

let platform: TestDatabase;
let proxy: TcpProxy;
beforeAll(async () => {
  platform = await createTestDatabase();
  proxy = await createTcpProxy(Number(new URL(platform.adminUrl).port));
});
afterAll(async () => {
  await proxy.cut();
  await platform.drop();
});

describe.each(['sqlite', 'mysql'] as const)('The courier with its ledger in %s', (kind) => {
  let directory: FakeDirectory;
  let database: TestDatabase | undefined;
  let folder: string;
  let stores: Store[];
  let targetUrl: string;
  const closing: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    await platform.admin.query(USERS);
    const url = new URL(await platform.accountWith('SELECT, INSERT, UPDATE'));
    url.port = String(proxy.port);
    targetUrl = url.href;
    directory = fakeDirectory();
    folder = mkdtempSync(join(tmpdir(), 'footbridge-courier-'));
    database = kind === 'mysql' ? await createTestDatabase() : undefined;
    const storeUrl = database?.adminUrl ?? `sqlite:${join(folder, 'store.sqlite')}`;
    stores = [1, 2].map(() => openStore(new Secret(storeUrl), systemClock));
    await stores[0]?.upgrade();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    for (const store of stores) await store.close();
    await database?.drop();
    rmSync(folder, { recursive: true });
  });

  /** An instance of its own: own connections to the store, own connections to the target. */
  function instance(n: 0 | 1, changes: Partial<WorkerDependencies> = {}, options = {}) {
    const store = stores[n];
    if (store === undefined) throw new Error('no store');
    const target = createSqlTarget('new', sqlOptions(targetUrl, { timeoutMs: 2_000 }));
    const parts = { store, target, directory, clock: systemClock, options: { maxAttempts: 2, ...options } };
    const { worker } = courierOn(parts, changes);
    closing.push(
      () => target.close(),
      () => worker.stop(),
    );
    return worker;
  }
  const ledger = () => ledgerOn(stores[0] as Store);
  async function everybodyLogsIn(people = PEOPLE): Promise<void> {
    for (let id = 1; id <= people; id += 1) {
      const user = legacyUser(id);
      directory.users.set(user.id, user);
      await ledger().capture(loginOf(user));
    }
  }
  const counts = async () =>
    Object.fromEntries((await ledger().counts()).map(({ state, count }) => [state, count]));
  async function rows(): Promise<Record<string, unknown>[]> {
    const [result] = await platform.admin.query('select * from users order by id');
    return result as Record<string, unknown>[];
  }

  test('brings everybody over an outage of the target, without using up an attempt.', async () => {
    await everybodyLogsIn();
    await proxy.cut();
    const worker = instance(0);
    worker.start();
    await until('the outage is seen', async () => {
      const states = await (stores[0] as Store).db.selectFrom('target_state').selectAll().execute();
      return states.some(({ failures }) => failures >= 2);
    });
    expect(await counts()).not.toHaveProperty('parked');
    await proxy.mend();
    await until('everybody has arrived', async () => (await counts()).copied === PEOPLE);
    await worker.stop();
    expect(await rows()).toHaveLength(PEOPLE);
    for (let id = 1; id <= PEOPLE; id += 1) {
      expect((await ledger().find('new', person(id)))?.attempts).toBe(1);
    }
  });

  test('brings everybody although the target goes away in the middle.', async () => {
    await everybodyLogsIn();
    const worker = instance(0);
    worker.start();
    await until('some have arrived', async () => ((await counts()).copied ?? 0) > 5);
    await proxy.cut();
    await proxy.mend();
    await until('everybody has arrived', async () => (await counts()).copied === PEOPLE);
    expect(await rows()).toHaveLength(PEOPLE);
  });

  test('killed between put and settle changes nothing at the target in its next run, and settles.', async () => {
    await everybodyLogsIn(1);
    const dying = instance(0, {
      faults(name) {
        if (name === 'courier.after-put') throw new Error('killed');
      },
      ledger: {
        ...ledger(),
        settle: () => Promise.reject(new Error('killed')),
        release: () => Promise.reject(new Error('killed')),
      },
    });
    await dying.runOnce();
    expect(await counts()).toEqual({ copying: 1 });
    const before = await rows();
    expect(before).toHaveLength(1);

    await (stores[0] as Store).db.updateTable('ledger').set({ next_attempt_at: 0 }).execute();
    expect(await instance(1).runOnce()).toBe(1);
    expect(await counts()).toEqual({ copied: 1 });
    expect(await rows()).toEqual(before);
  });

  test('and another one on the same ledger copy each person once.', async () => {
    await everybodyLogsIn();
    const puts: string[] = [];
    const counting = (n: 0 | 1) => {
      const target = createSqlTarget('new', sqlOptions(targetUrl));
      closing.push(() => target.close());
      const targets = new Map([
        [
          'new',
          {
            ...target,
            put(copy: Parameters<typeof target.put>[0]) {
              puts.push(copy.externalId);
              return target.put(copy);
            },
          },
        ],
      ]);
      return instance(n, { targets });
    };
    const workers = [counting(0), counting(1)];
    for (const worker of workers) worker.start();
    await until('everybody has arrived', async () => (await counts()).copied === PEOPLE);
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(await rows()).toHaveLength(PEOPLE);
    expect(new Set(puts).size).toBe(PEOPLE);
    expect(puts).toHaveLength(PEOPLE);
  });

  test('and another one keep one rate together.', async () => {
    await everybodyLogsIn();
    const limited = { new: { ratePerSecond: 10 } };
    const began = performance.now();
    const workers = await Promise.all(
      ([0, 1] as const).map(async (n) =>
        instance(n, {
          rates: await createTargetRates(stores[n] as Store, Buffer.alloc(32), limited),
        }),
      ),
    );
    for (const worker of workers) worker.start();
    await until('30 have arrived', async () => ((await counts()).copied ?? 0) >= 30);
    // 30 at 10 a second: the first ten at once, the last ones in the third second.
    expect(performance.now() - began).toBeGreaterThan(1_900);
    const entries = await Promise.all(
      Array.from({ length: PEOPLE }, (_, n) => ledger().find('new', person(n + 1))),
    );
    expect(Math.max(...entries.map((entry) => entry?.attempts ?? 0))).toBe(1);
  });

  test('never merges a person with a stranger.', async () => {
    await platform.admin.query(
      `insert into users (email, name) values ('Person-1@example.com', 'A stranger')`,
    );
    const before = await rows();
    await everybodyLogsIn(2);
    expect(await instance(0).runOnce()).toBe(2);
    expect(await counts()).toEqual({ conflict: 1, copied: 1 });
    expect((await ledger().find('new', person(1)))?.reason).toContain('email');
    expect((await rows()).slice(0, 1)).toEqual(before);
    expect(await rows()).toHaveLength(2);
  });

  test('drops a rehash whose password has changed in legacy, and copies the next login.', async () => {
    await everybodyLogsIn(1);
    const changed = legacyUser(1, {}, 'changed in a legacy app');
    directory.users.set('1', changed);
    const worker = instance(0);
    await worker.runOnce();
    expect(await counts()).toEqual({ stale: 1 });
    expect(await rows()).toEqual([]);
    expect(await ledger().assess(loginOf(changed))).toBe('credential');
    await ledger().capture(loginOf(changed, { rehash: '$argon2id$of the changed password' }));
    await worker.runOnce();
    expect(await rows()).toMatchObject([{ password_hash: '$argon2id$of the changed password' }]);
  });

  test('whose lease was taken over cannot settle, and the row is settled by its holder.', async () => {
    await everybodyLogsIn(1);
    const store = stores[0] as Store;
    const zombie = instance(0, {
      faults(name) {
        // While this one sleeps between put and settle, its lease runs out and another one takes the row.
        if (name === 'courier.after-put') taken = takeOver();
      },
      ledger: {
        ...ledger(),
        async settle(...settlement) {
          await taken;
          return ledger().settle(...settlement);
        },
      },
    });
    let taken: Promise<unknown> = Promise.resolve();
    const takeOver = async () => {
      await store.db.updateTable('ledger').set({ next_attempt_at: 0 }).execute();
      holder = await ledger().claim({ target: 'new', limit: 1, leaseMs: 60_000 });
    };
    let holder: Awaited<ReturnType<ReturnType<typeof ledger>['claim']>> = [];
    expect(await zombie.runOnce()).toBe(0);
    expect(await counts()).toEqual({ copying: 1 });
    const [claim] = holder;
    if (claim === undefined) throw new Error('nobody took the row over');
    expect(await ledger().settle(claim, { kind: 'gone', reason: 'r' })).toBe('settled');
  });
});
