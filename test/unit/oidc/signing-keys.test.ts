import { randomBytes } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { expect, test } from 'vitest';
import {
  addSigningKeys,
  listSigningKeys,
  loadSigningKeys,
  PUBLISHED_FIRST_MS,
} from '../../../src/oidc/signing-keys.ts';
import { systemRandom } from '../../../src/runtime/random.ts';
import { createSealing } from '../../../src/runtime/sealing.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createSealedKeys } from '../../../src/store/sealed-keys.ts';

const NOW = Date.now();

async function openKeys() {
  let now = NOW;
  const store = openStore(new Secret('sqlite::memory:'), () => now++);
  await store.upgrade();
  const sealing = createSealing(new Secret(randomBytes(32)), 'keys', systemRandom);
  return { store, keys: createSealedKeys(store, sealing, systemRandom) };
}

test('The first start makes an RSA and an EC key, named by their thumbprints (RFC 7638).', async () => {
  const { keys } = await openKeys();
  const made = await loadSigningKeys(keys, NOW);
  expect(made.keys.map(({ alg, kty, use }) => [alg, kty, use])).toEqual([
    ['RS256', 'RSA', 'sig'],
    ['ES256', 'EC', 'sig'],
  ]);
  expect(Buffer.from(made.keys[0]?.n ?? '', 'base64url').length * 8).toBe(2048);
  for (const key of made.keys) expect(key.kid).toBe(await calculateJwkThumbprint(key));
});

test('Every later start, and every instance that starts at the same time, has the same keys.', async () => {
  const { keys } = await openKeys();
  const together = await Promise.all([
    loadSigningKeys(keys, NOW),
    loadSigningKeys(keys, NOW),
    loadSigningKeys(keys, NOW),
  ]);
  expect(new Set(together.map((set) => JSON.stringify(set))).size).toBe(1);
  expect(await loadSigningKeys(keys, NOW)).toEqual(together[0]);
});

test('The store holds no private key in the clear.', async () => {
  const { store, keys } = await openKeys();
  const made = await loadSigningKeys(keys, NOW);
  const rows = JSON.stringify(await store.db.selectFrom('sealed_key').selectAll().execute());
  for (const { d = '' } of made.keys) expect(rows).not.toContain(d.slice(0, 20));
});

test('New keys are published at once and sign when everybody can have fetched them; old ones stay.', async () => {
  const { keys } = await openKeys();
  const [old] = (await loadSigningKeys(keys, NOW)).keys;
  await addSigningKeys(keys);

  const soon = await loadSigningKeys(keys, NOW + 1_000);
  expect(soon.keys).toHaveLength(4);
  expect(soon.keys[0]?.kid).toBe(old?.kid);

  const later = await loadSigningKeys(keys, NOW + PUBLISHED_FIRST_MS + 1_000);
  expect(later.keys[0]?.kid).toBe(soon.keys[2]?.kid);
  expect(later.keys.map(({ kid }) => kid)).toContain(old?.kid);

  const listed = await listSigningKeys(keys, NOW + 1_000);
  expect(listed.map(({ signs }) => signs)).toEqual([true, false]);
  expect(listed[0]?.kids.RS256).toBe(old?.kid);
  expect(JSON.stringify(listed)).not.toContain(String(old?.d));
});
