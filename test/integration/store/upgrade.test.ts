import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../src/runtime/clock.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('Several instances may upgrade one MySQL store at once, and again.', async () => {
  const stores = Array.from({ length: 3 }, () => openStore(new Secret(database.adminUrl), systemClock));
  await Promise.all(stores.map((store) => store.upgrade()));
  await stores[0]?.upgrade();
  const tables = await stores[0]?.db.introspection.getTables();
  expect(tables?.map(({ name }) => name)).toContain('ledger');
  await Promise.all(stores.map((store) => store.close()));
});

test('A MySQL store tells the time.', async () => {
  const store = openStore(new Secret(database.adminUrl), systemClock);
  expect(Math.abs((await store.now()) - Date.now())).toBeLessThan(60_000);
  await store.close();
});
