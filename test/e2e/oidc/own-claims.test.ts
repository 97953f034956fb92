import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OfferedClaim } from '../../../src/domain/user-profile.ts';
import { ALICE, client, type OidcWorld, startOidc } from '../../support/oidc-world.ts';
import { logIn, relyingParty } from '../../support/relying-party.ts';

const TIER = 'https://example.com/claims/tier';
const OFFERED: readonly OfferedClaim[] = [
  { scope: 'groups', claim: 'groups', from: { field: 'groups' } },
  { scope: 'loyalty', claim: TIER, from: { attribute: 'tier' } },
  { scope: 'openid', claim: 'password_change_required', from: { field: 'password_change_required' } },
];

let world: OidcWorld;
beforeAll(async () => {
  world = await startOidc({
    clients: [client({ client_id: 'rp' })],
    offered: OFFERED,
    people: {
      alice: {
        profile: {
          ...ALICE,
          groups: ['staff'],
          roles: ['never offered'],
          attributes: { tier: 'gold', hidden: 'x' },
          password_change_required: true,
        },
      },
      lock: { outcome: { kind: 'locked', retryAfterSeconds: 600 } },
      change: { outcome: { kind: 'must-change-password', location: 'https://old.example.com/password' } },
      hook: { outcome: { kind: 'refused', sentence: 'Members <b>only</b>.' } },
    },
  });
});
afterAll(() => world.close());

test('Discovery names the scopes and claims that the mapping gives, and no others.', async () => {
  const rp = await relyingParty(world);
  const { scopes_supported: scopes, claims_supported: claims } = rp.config.serverMetadata();
  expect(scopes).toEqual(expect.arrayContaining(['groups', 'loyalty']));
  expect(scopes).not.toContain('roles');
  expect(claims).toEqual(expect.arrayContaining(['groups', TIER, 'password_change_required']));
});

test('A scope brings its claims, and a client that does not ask is told nothing.', async () => {
  const rp = await relyingParty(world);
  const asked = await rp.login(world.browser(), { scope: 'openid groups loyalty' });
  const info = await oidc.fetchUserInfo(rp.config, asked.tokens.access_token, asked.claims.sub);
  expect(info).toEqual({
    sub: asked.claims.sub,
    groups: ['staff'],
    [TIER]: 'gold',
    password_change_required: true,
  });
  expect(asked.claims).toMatchObject({ password_change_required: true });

  const plain = await rp.login(world.browser(), { scope: 'openid' });
  const less = await oidc.fetchUserInfo(rp.config, plain.tokens.access_token, plain.claims.sub);
  expect(less).toEqual({ sub: plain.claims.sub, password_change_required: true });
});

test('Who is locked, must change the password or is refused by a hook stays here, and reads why.', async () => {
  const rp = await relyingParty(world);
  const stop = async (who: string) => {
    const browser = world.browser();
    const page = await logIn(browser, await browser.open((await rp.request()).url), who);
    expect(page.url.origin).toBe(world.issuer);
    expect(page.status).toBe(403);
    return page;
  };
  expect((await stop('lock')).text).toContain('locked');
  const change = await stop('change');
  expect(change.text).toContain('change your password');
  expect(change.body).toContain('https://old.example.com/password');
  const refused = await stop('hook');
  expect(refused.text).toContain('Members');
  expect(refused.body).not.toContain('<b>only');
});
