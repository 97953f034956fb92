import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { systemClock } from '../../../src/runtime/clock.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createRateLimiter } from '../../../src/store/rate-limiter.ts';
import type { Store } from '../../../src/store/store.ts';
import { createTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const KEY = randomBytes(32);
const LIMIT = { name: 'account', events: 10, seconds: 900 };

let database: TestDatabase;
let way: TcpProxy;
let stores: [Store, Store];

beforeEach(async () => {
  database = await createTestDatabase();
  way = await createTcpProxy(Number(new URL(inject('databaseServer').adminUrl).port));
  const url = new URL(await database.accountWith('ALL'));
  url.port = String(way.port);
  stores = [openStore(new Secret(url.href), systemClock), openStore(new Secret(url.href), systemClock)];
  await stores[0].upgrade();
});

afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await way.cut();
  await database.drop();
});

test('Of many attempts at once over two instances exactly as many pass as the limit says.', async () => {
  const limiters = await Promise.all(stores.map((store) => createRateLimiter(store, KEY, LIMIT)));
  const taken = await Promise.all(
    Array.from({ length: 40 }, (_, attempt) => limiters[attempt % 2]?.take('anna')),
  );
  expect(taken.filter((one) => one?.waitMs === 0)).toHaveLength(LIMIT.events);
  await limiters[0]?.forget('anna');
  expect(await limiters[1]?.take('anna')).toEqual({ waitMs: 0 });
});

test('A store that is away is said to be unavailable, never taken for a limit that is reached, and counts again when it is back.', async () => {
  const limiter = await createRateLimiter(stores[0], KEY, LIMIT);
  await limiter.take('anna');
  await way.cut();
  for (const ask of [limiter.take, limiter.giveBack, limiter.forget]) {
    await expect(ask('anna')).rejects.toMatchObject({ code: 'store_unavailable' });
  }
  await way.mend();
  for (let attempt = 2; attempt <= LIMIT.events; attempt += 1) {
    expect(await limiter.take('anna')).toEqual({ waitMs: 0 });
  }
  expect((await limiter.take('anna')).waitMs).toBeGreaterThan(0);
});
