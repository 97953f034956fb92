import { createHash } from 'node:crypto';
import argon2 from 'argon2';
import bcrypt from 'bcryptjs';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRealSetup, peopleByState, type RealSetup } from '../../support/real-setup.ts';
import { until } from '../../support/until.ts';

/** The column's value names its scheme; the app of old changed its mind more than once. */
const PEOPLE = [
  {
    username: 'Bianca',
    password: 'blåbærgrød 7',
    encoded: bcrypt.hashSync('blåbærgrød 7', 5).replace('$2b$', '$2y$'),
  },
  {
    username: 'arno',
    password: ' a blank at both ends ',
    encoded: await argon2.hash(' a blank at both ends ', { memoryCost: 1024 }),
  },
  { username: 'cut', password: 'secret', encoded: bcrypt.hashSync('secret', 5).slice(0, 57) },
  { username: 'md5', password: 'secret', encoded: createHash('md5').update('secret').digest('hex') },
];
const WRONG = { status: 422 };

let setup: RealSetup;
beforeAll(async () => {
  setup = await createRealSetup({
    people: PEOPLE.map(({ username, password, encoded }) => ({
      username,
      password,
      encoded: encoded.slice(0, 60),
    })),
    mode: 'off',
  });
  await setup.legacy.admin.query('alter table be_users modify password varchar(255) not null');
  for (const { username, encoded } of PEOPLE) {
    await setup.legacy.admin.execute('update be_users set password = ? where username = ?', [
      encoded,
      username,
    ]);
  }
  await setup.serve();
});
afterAll(() => setup.close());

test('Nobody is captured while the client is off; the switch holds in the running server within two seconds.', async () => {
  await setup.login('Bianca');
  expect((await setup.status()).ledger).toEqual([]);

  const { code, output } = await setup.run('client', 'mode', 'rp', 'lazy');
  const switched = performance.now();
  expect({ code, output }).toEqual({ code: 0, output: 'rp: mode lazy (target new-platform)\n' });
  await setup.login('Bianca');
  expect(performance.now() - switched).toBeLessThan(2_000);
  await until('the login is captured', async () => (await setup.status()).ledger.length > 0);

  const shown = JSON.parse((await setup.run('client', 'show', 'rp', '--json')).result);
  expect(shown.audit.at(-1)).toMatchObject({
    action: 'client.mode',
    actor: expect.stringMatching(/^cli:/),
    before: { mode: 'off' },
    after: { mode: 'lazy' },
  });
});

test('A person logs in by username in any case or by e-mail, is the same subject, and arrives with an argon2id rehash.', async () => {
  const byName = await setup.login('bianca', 'blåbærgrød 7');
  const byMail = await setup.login('BIANCA@example.com', 'blåbærgrød 7');
  expect(byMail.claims.sub).toBe(byName.claims.sub);
  expect(byName.claims.sub).toMatch(/^[\w-]{43}$/);

  await setup.untilLedger({ copied: 1 });
  const [row] = await setup.targetRows();
  expect(row).toMatchObject({
    footbridge_sub: byName.claims.sub,
    username: 'Bianca',
    email: 'Bianca@example.com',
  });
  expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await setup.opensAtTarget('Bianca', 'blåbærgrød 7')).toBe(true);
  expect(await setup.opensAtTarget('Bianca', 'blåbærgrød 8')).toBe(false);
});

test('Claims come from the row, and an e-mail that nobody verified is not called verified.', async () => {
  const party = await setup.relyingParty();
  const { tokens, claims } = await party.login(
    setup.browser(),
    { scope: 'openid profile email' },
    'bianca',
    'blåbærgrød 7',
  );
  const userinfo = await oidc.fetchUserInfo(party.config, tokens.access_token, claims.sub);
  expect(userinfo).toMatchObject({
    preferred_username: 'Bianca',
    email: 'Bianca@example.com',
    email_verified: false,
  });
  expect(claims).not.toHaveProperty('email');
});

test('Passwords travel byte for byte: blanks at the ends count.', async () => {
  expect(await setup.tryLogin('arno', 'a blank at both ends')).toMatchObject(WRONG);
  await setup.login('arno');
  await setup.untilLedger({ copied: 2 });
  expect(await setup.opensAtTarget('arno', ' a blank at both ends ')).toBe(true);
});

test('A wrong password and an unknown user read the same, as do rows that no scheme reads.', async () => {
  const pages = [];
  for (const who of ['bianca', 'nobody', 'cut', 'md5']) {
    const { status, text, title } = await setup.tryLogin(who, 'secret');
    pages.push({ status, text, title });
  }
  expect(pages[0]).toMatchObject(WRONG);
  expect(new Set(pages.map((page) => JSON.stringify(page))).size).toBe(1);
});

test('Rows that could not be verified are in the status with their ids and what they look like, never the hash.', async () => {
  const { result } = await setup.run('status');
  expect(result).toContain('bcrypt, but 57 of 60 characters');
  expect(result).toContain('32 hexadecimal digits');
  expect(result).toMatch(/1003/);
  for (const { encoded } of PEOPLE) expect(result).not.toContain(encoded.slice(8, 30));
});

test('A login that changes nothing writes nothing, anywhere.', async () => {
  const before = { rows: await setup.targetRows(), writes: await setup.targetWrites() };
  await setup.login('arno');
  await setup.login('bianca', 'blåbærgrød 7');
  expect(peopleByState(await setup.status())).toEqual({ copied: 2 });
  expect({ rows: await setup.targetRows(), writes: await setup.targetWrites() }).toEqual(before);
});

test('The same password works at the target when the legacy table is gone; the bridge says "try again" then.', async () => {
  await setup.legacy.admin.query('rename table be_users to be_users_gone');
  expect(await setup.opensAtTarget('Bianca', 'blåbærgrød 7')).toBe(true);
  const page = await setup.tryLogin('bianca', 'blåbærgrød 7');
  expect(page.status).toBe(503);
  expect(page.headers['retry-after']).toMatch(/^\d+$/);
  await setup.legacy.admin.query('rename table be_users_gone to be_users');
  await setup.login('bianca', 'blåbærgrød 7');
});
