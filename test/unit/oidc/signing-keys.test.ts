import { randomBytes } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { expect, test } from 'vitest';
import { loadSigningKeys } from '../../../src/oidc/signing-keys.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { systemRandom } from '../../../src/runtime/random.ts';
import { createSealing } from '../../../src/runtime/sealing.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createSealedKeys } from '../../../src/store/sealed-keys.ts';

async function openKeys() {
  const store = openStore(new Secret('sqlite::memory:'), systemClock);
  await store.upgrade();
  const sealing = createSealing(new Secret(randomBytes(32)), 'keys', systemRandom);
  return { store, keys: createSealedKeys(store, sealing, systemRandom) };
}

test('The first start makes an RSA and an EC key, named by their thumbprints (RFC 7638).', async () => {
  const { keys } = await openKeys();
  const made = await loadSigningKeys(keys);
  expect(made.keys.map(({ alg, kty, use }) => [alg, kty, use])).toEqual([
    ['RS256', 'RSA', 'sig'],
    ['ES256', 'EC', 'sig'],
  ]);
  expect(Buffer.from(made.keys[0]?.n ?? '', 'base64url').length * 8).toBe(2048);
  for (const key of made.keys) expect(key.kid).toBe(await calculateJwkThumbprint(key));
});

test('Every later start, and every instance that starts at the same time, has the same keys.', async () => {
  const { keys } = await openKeys();
  const together = await Promise.all([loadSigningKeys(keys), loadSigningKeys(keys), loadSigningKeys(keys)]);
  expect(new Set(together.map((set) => JSON.stringify(set))).size).toBe(1);
  expect(await loadSigningKeys(keys)).toEqual(together[0]);
});

test('The store holds no private key in the clear.', async () => {
  const { store, keys } = await openKeys();
  const made = await loadSigningKeys(keys);
  const rows = JSON.stringify(await store.db.selectFrom('sealed_key').selectAll().execute());
  for (const { d = '' } of made.keys) expect(rows).not.toContain(d.slice(0, 20));
});
