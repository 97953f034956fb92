import { createRemoteJWKSet, customFetch, decodeProtectedHeader, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALLBACK, client, type OidcWorld, startOidc } from '../../support/oidc-world.ts';
import { answerOf, isLoginPage, logIn, relyingParty } from '../../support/relying-party.ts';

let world: OidcWorld;
beforeAll(async () => {
  world = await startOidc({ clients: [client({ client_id: 'rp', client_name: 'New Platform' })] });
});
afterAll(() => world.close());

test('A person logs in and the client learns who it is.', async () => {
  const rp = await relyingParty(world);
  const { tokens, claims, request, page } = await rp.login(world.browser(), { scope: 'openid email' });
  console.log(page.trail);
  expect(claims.sub).toBe('subject-of-alice');
});
