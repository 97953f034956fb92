import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { signDetached, verifyDetached } from '../../../src/report/signature.ts';

const DOCUMENT = Buffer.from('{\n  "people": 1.5, "é": "…"\n}\n');

let [key, other]: JWK[] = [];
beforeAll(async () => {
  [key, other] = await Promise.all(['RS256', 'RS256'].map(make));
});
async function make(alg: string, index: number): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, kid: `key-${index}`, use: 'sig' };
}

test('A signed document verifies by the key that signed it, and its bytes are not in the signature.', async () => {
  const jws = await signDetached(DOCUMENT, key as JWK);
  expect(jws).toMatch(/^[\w-]+\.\.[\w-]+$/);
  expect(await verifyDetached(DOCUMENT, `${jws}\n`, [other as JWK, key as JWK])).toBe('key-0');
});

test('Another document, another key or another signature does not verify.', async () => {
  const jws = await signDetached(DOCUMENT, key as JWK);
  const changed = Buffer.from(DOCUMENT.toString().replace('1.5', '2.5'));
  expect(await verifyDetached(changed, jws, [key as JWK])).toBe(undefined);
  expect(await verifyDetached(DOCUMENT, jws, [other as JWK])).toBe(undefined);
  expect(await verifyDetached(DOCUMENT, jws, [{ ...(other as JWK), kid: 'key-0' }])).toBe(undefined);
  for (const broken of ['', 'a.b', '..', jws.replace('..', '.e30.'), `${jws}.x`, jws.slice(0, -4)]) {
    expect(await verifyDetached(DOCUMENT, broken, [key as JWK])).toBe(undefined);
  }
});

test('A header that asks for no signature, or for a secret of ours, is refused.', async () => {
  for (const alg of ['none', 'HS256']) {
    const header = Buffer.from(JSON.stringify({ alg, kid: 'key-0', b64: false, crit: ['b64'] }));
    expect(await verifyDetached(DOCUMENT, `${header.toString('base64url')}..AAAA`, [key as JWK])).toBe(
      undefined,
    );
  }
});
