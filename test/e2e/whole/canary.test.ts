import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import argon2 from 'argon2';
import bcrypt from 'bcryptjs';
import Database from 'better-sqlite3';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allOutput } from '../../support/bridge-process.ts';
import type { Page } from '../../support/browser.ts';
import { createRealSetup, type RealSetup } from '../../support/real-setup.ts';

const PASSWORD = 'canary-password-Zq7';
const WRONG = 'canary-mistyped-Zq7';
const ENCODED = bcrypt.hashSync(PASSWORD, 4);
const DAMAGED = ENCODED.replace('$2b$', '$2q$');
const DIGEST = createHash('md5').update(PASSWORD).digest('hex');

let setup: RealSetup;
/** Everything that is nobody's business, by what it is. */
const secrets = new Map<string, string>();
/** Every page that a browser was shown. */
const pages: Page[] = [];

beforeAll(async () => {
  setup = await createRealSetup({
    people: [
      { username: 'anna', password: PASSWORD, encoded: ENCODED },
      { username: 'damaged', password: PASSWORD, encoded: DAMAGED },
      { username: 'digest', password: PASSWORD, encoded: DIGEST },
    ],
    config: { logLevel: 'trace' },
  });
  const keep = (what: string, value: string | undefined) => {
    expect(value, what).toBeTruthy();
    secrets.set(what, value ?? '');
  };
  keep('the password', PASSWORD);
  keep('what was mistyped', WRONG);
  keep('the legacy hash', ENCODED.slice(7));
  keep('a damaged hash', DAMAGED.slice(7));
  keep('a digest', DIGEST);
  keep('the secretKey', setup.env.FOOTBRIDGE_SECRET_KEY);
  keep('the client secret', setup.env.RP_CLIENT_SECRET);
  for (const name of ['LEGACY_DATABASE_URL', 'TARGET_DATABASE_URL']) {
    keep(`the password in ${name}`, new URL(setup.env[name] ?? '').password);
  }

  await setup.serve();
  for (const [who, password] of [
    ['anna', WRONG],
    ['nobody', WRONG],
    ['damaged', PASSWORD],
    ['digest', PASSWORD],
    ['anna', `${WRONG}${'x'.repeat(5_000)}`],
  ] as const) {
    pages.push(await setup.tryLogin(who, password));
  }
  const party = await setup.relyingParty();
  const browser = setup.browser();
  const scope = 'openid profile email offline_access';
  const { tokens, claims, page } = await party.login(browser, { scope }, 'anna', PASSWORD);
  keep('an authorization code', page.url.searchParams.get('code') ?? undefined);
  keep('an access token', tokens.access_token);
  keep('an ID token', tokens.id_token);
  keep('a refresh token', tokens.refresh_token);
  for (const { name, value } of browser.cookies) keep(`the cookie ${name}`, value);
  await oidc.fetchUserInfo(party.config, tokens.access_token, claims.sub);
  const renewed = await oidc.refreshTokenGrant(party.config, tokens.refresh_token ?? '');
  keep('the second refresh token', renewed.refresh_token);
  await oidc.tokenRevocation(party.config, renewed.access_token);
  // Used twice, which is an error that is logged.
  await oidc.refreshTokenGrant(party.config, tokens.refresh_token ?? '').catch(() => {});
  const wrongSecret = 'canary-wrong-client-secret-of-some-length';
  keep('a wrong client secret', wrongSecret);
  await fetch(`${setup.issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`rp:${wrongSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code: 'canary-code-that-is-none' }),
  });
  keep('a code that is none', 'canary-code-that-is-none');

  await setup.untilLedger({ copied: 1 });
  keep('the rehash', (await setup.targetRows())[0]?.password_hash ?? undefined);
  // Faults that make drivers talk.
  await setup.target.admin.query('rename table users to users_gone');
  await setup.legacy.admin.query('rename table be_users to be_users_gone');
  pages.push(await setup.tryLogin('anna', PASSWORD));
  await setup.run('check');
  await setup.run('status');
  await setup.run('client', 'show', 'rp');
});
afterAll(() => setup.close());

test('Nothing secret is in any output of any process, at the most talkative log level.', () => {
  const output = allOutput.join('');
  expect(output).toContain('"level":20');
  for (const [what, secret] of secrets) expect(output.includes(secret), what).toBe(false);
});

test('Nothing secret is on a page or in an address, but the code that goes to the client.', () => {
  for (const { body, trail } of pages) {
    for (const [what, secret] of secrets) {
      expect(body.includes(secret), `${what} on a page`).toBe(false);
      expect(trail.join(' ').includes(secret), `${what} in an address`).toBe(false);
    }
  }
});

test('Nothing secret rests in the store in the clear, not even between its rows.', () => {
  const file = join(setup.folder, 'footbridge.sqlite');
  const database = new Database(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  const tables = database
    .prepare<[], string>("select name from sqlite_schema where type = 'table'")
    .pluck()
    .all();
  expect(tables).toContain('artifact');
  expect(database.prepare('select count(*) from artifact').pluck().get()).toBeGreaterThan(3);
  database.close();
  const bytes = readFileSync(file, 'latin1');
  for (const [what, secret] of secrets) expect(bytes.includes(secret), what).toBe(false);
});

test('The test can fail: what it looks for would be found.', async () => {
  expect(await argon2.verify(secrets.get('the rehash') ?? '', PASSWORD)).toBe(true);
  expect(secrets.size).toBeGreaterThan(15);
  for (const secret of secrets.values()) expect(secret.length).toBeGreaterThan(11);
});
