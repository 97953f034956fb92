import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/runtime/clock.ts';
import { systemRandom } from '../../../src/runtime/random.ts';
import { createSealing } from '../../../src/runtime/sealing.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createSealedKeys } from '../../../src/store/sealed-keys.ts';

async function open(secretKey = randomBytes(32)) {
  const store = openStore(new Secret('sqlite::memory:'), systemClock);
  await store.upgrade();
  const keysUnder = (key: Buffer) =>
    createSealedKeys(store, createSealing(new Secret(key), 'keys', systemRandom), systemRandom);
  return { store, keys: keysUnder(secretKey), keysUnder };
}

test('A key is made once and is the same afterwards.', async () => {
  const { keys } = await open();
  const made = await keys.getOrCreate('subject', () => randomBytes(32));
  const found = await keys.getOrCreate('subject', () => randomBytes(32));
  expect(found.bytes).toEqual(made.bytes);
});

test('Instances that start together agree on one key.', async () => {
  const { keys } = await open();
  const made = await Promise.all(
    Array.from({ length: 8 }, () => keys.getOrCreate('subject', async () => randomBytes(32))),
  );
  expect(new Set(made.map(({ bytes }) => bytes.toString('hex'))).size).toBe(1);
});

test('The store holds no key in the clear.', async () => {
  const { store, keys } = await open();
  const { bytes } = await keys.getOrCreate('subject', () => randomBytes(32));
  const rows = JSON.stringify(await store.db.selectFrom('sealed_key').selectAll().execute());
  expect(rows).not.toContain(bytes.toString('base64').slice(0, 20));
});

test('Another secretKey opens nothing, and says so in a sentence.', async () => {
  const { keys, keysUnder } = await open();
  await keys.getOrCreate('subject', () => randomBytes(32));
  await expect(keysUnder(randomBytes(32)).list('subject')).rejects.toMatchObject({
    code: 'store_key_wrong',
    message: expect.stringContaining('secretKey'),
  });
});
