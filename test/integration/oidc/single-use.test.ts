import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../src/runtime/clock.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { CALLBACK, type OidcWorld, SECRET, startOidc } from '../../support/oidc-world.ts';
import { answerOf, relyingParty } from '../../support/relying-party.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const ISSUER = 'https://login.example.com';
const KEYS = ['k'.repeat(43)];

let database: TestDatabase;
const stores: Store[] = [];
const instances: OidcWorld[] = [];
/** Two instances of the bridge that share a store, as behind a load balancer. */
beforeAll(async () => {
  database = await createTestDatabase();
  for (let instance = 0; instance < 2; instance += 1) {
    const store = openStore(new Secret(database.adminUrl), systemClock);
    stores.push(store);
    instances.push(await startOidc({ issuer: ISSUER, cookieKeys: KEYS, store }));
  }
});
afterAll(async () => {
  for (const instance of instances) await instance.close();
  for (const store of stores) await store.close();
  await database.drop();
});

async function tokenAtBoth(fields: Record<string, string>) {
  const asked = Array.from({ length: 10 }, async (_, index) => {
    const instance = instances[index % 2];
    const answer = await instance?.fetch(`${ISSUER}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`rp:${SECRET}`).toString('base64')}` },
      body: new URLSearchParams(fields),
    });
    return { status: answer?.status, body: (await answer?.json()) as Record<string, string> };
  });
  const answers = await Promise.all(asked);
  const refused = answers.filter(({ status }) => status !== 200);
  expect(new Set(refused.map(({ status, body }) => `${status} ${body.error}`))).toEqual(
    new Set(['400 invalid_grant']),
  );
  return answers.filter(({ status }) => status === 200);
}

test('Instances that start together sign with the same keys.', () => {
  expect(instances[0]?.signingKeys).toEqual(instances[1]?.signingKeys);
});

test('Over two instances a code is redeemed once, and so is a refresh token, twenty times over.', async () => {
  const [first] = instances;
  if (first === undefined) throw new Error('There is no instance.');
  const rp = await relyingParty(first);
  for (let round = 0; round < 20; round += 1) {
    const browser = first.browser();
    const request = await rp.request();
    const page = await browser.open(request.url);
    const end = await browser.press(page, 'Log in', {
      identifier: 'alice',
      password: 'correct horse battery staple',
    });
    const code = {
      grant_type: 'authorization_code',
      redirect_uri: CALLBACK,
      code_verifier: request.verifier,
    };
    expect((await tokenAtBoth({ ...code, code: answerOf(end).code ?? '' })).length, `round ${round}`).toBe(1);

    const { tokens } = await rp.login(first.browser(), { scope: 'openid offline_access' });
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
    expect((await tokenAtBoth(refresh)).length, `round ${round}`).toBe(1);
  }
}, 120_000);
