import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { systemRandom } from '../../../src/runtime/random.ts';
import { createSealing } from '../../../src/runtime/sealing.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { createSealedRecords } from '../../../src/store/sealed-records.ts';
import { openMemoryStore, stoppedClock } from '../../support/test-ledger.ts';

async function open() {
  const time = stoppedClock();
  const opened = await openMemoryStore(time.clock);
  // A server answers in its own time; embedded SQLite answers at once, and nothing could race.
  const db = opened.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      await setImmediate();
      return result;
    },
  });
  const store = { ...opened, db };
  const sealing = createSealing(new Secret(randomBytes(32)), 'test', systemRandom);
  return { store, time, records: (kind = 'A') => createSealedRecords<string>(store, sealing, kind) };
}

test('Of many who take a record at the same moment one gets it.', async () => {
  const records = (await open()).records();
  await records.add('id', 'value', 1_000);
  const taken = await Promise.all(Array.from({ length: 10 }, () => records.take('id')));
  expect(taken.filter((value) => value !== undefined)).toEqual(['value']);
  expect(await records.find('id')).toBeUndefined();
});

test('Of many who add a record of the same id at the same moment one does.', async () => {
  const records = (await open()).records();
  const added = await Promise.all(Array.from({ length: 10 }, (_, n) => records.add('id', String(n), 1_000)));
  expect(added.filter(Boolean)).toHaveLength(1);
  expect(await records.find('id')).toBe(String(added.indexOf(true)));
});

test('What has run out is not there, and its id can be used again; another kind has ids of its own.', async () => {
  const { records, time } = await open();
  await records('A').add('id', 'first', 1_000);
  expect(await records('B').find('id')).toBeUndefined();
  time.pass(1_000);
  expect(await records('A').find('id')).toBeUndefined();
  expect(await records('A').take('id')).toBeUndefined();
  expect(await records('A').add('id', 'second', 1_000)).toBe(true);
  await records('A').replace('id', 'third', 5_000);
  time.pass(2_000);
  expect(await records('A').find('id')).toBe('third');
  await records('A').remove('id');
  expect(await records('A').find('id')).toBeUndefined();
});

test('A row that is copied to another id or kind opens for nobody, and the table shows neither id nor value.', async () => {
  const { store, records } = await open();
  await records('A').add('the-id', 'the-value', 1_000);
  const [row] = await store.db.selectFrom('artifact').selectAll().execute();
  expect(JSON.stringify(row)).not.toMatch(/the-id|the-value/);
  await store.db.updateTable('artifact').set({ model: 'B' }).execute();
  await expect(records('B').find('the-id')).rejects.toMatchObject({ code: 'store_key_wrong' });
});
