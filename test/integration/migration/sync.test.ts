import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CALLBACK, SECRET } from '../../support/oidc-world.ts';
import { createRealSetup, type RealPerson, type RealSetup } from '../../support/real-setup.ts';
import { until } from '../../support/until.ts';

const PEOPLE: readonly RealPerson[] = Array.from({ length: 20 }, (_, index) => ({
  username: `person${index}`,
  password: `The old password of ${index}`,
}));
const TARGET = {
  kind: 'sql',
  url: '${TARGET_DATABASE_URL}',
  table: 'users',
  externalId: 'footbridge_sub',
  password: { column: 'password_hash' },
  columns: { username: 'preferred_username', email: 'email', first_name: 'given_name' },
  disable: { column: 'active', disabled: 0, enabled: 1 },
};

async function start(config: Record<string, unknown> = {}, store: 'sqlite' | 'mysql' = 'sqlite') {
  const setup = await createRealSetup({
    people: PEOPLE,
    store,
    config: { targets: { 'new-platform': TARGET }, ...config },
  });
  onTestFinished(setup.close);
  await setup.target.admin.query('alter table users add active tinyint not null default 1');
  expect((await setup.run('backfill', 'new-platform')).code).toBe(0);
  return setup;
}

async function sync(setup: RealSetup, ...args: string[]) {
  const { code, output, result } = await setup.run('sync', '--json', ...args);
  return { code, output, report: result === '' ? undefined : JSON.parse(result)[0] };
}

const change = (setup: RealSetup, what: string) =>
  setup.legacy.admin.query(`update be_users set ${what.replace(' where', ', updated_at = now() where')}`);

async function active(setup: RealSetup): Promise<Record<string, number>> {
  const [rows] = await setup.target.admin.query('select username, active from users order by id');
  const people = rows as { username: string; active: number }[];
  return Object.fromEntries(people.map(({ username, active: is }) => [username, is]));
}

/** The store of the run, `npm test` or `npm run test:mysql`. */
const STORES = process.env.TEST_SERVER === 'mysql' ? (['mysql'] as const) : (['sqlite'] as const);

describe.each(STORES)('A sync with its records in %s', (store) => {
  test('carries changed profiles and e-mails across, once, and leaves everybody else alone.', async () => {
    const setup = await start({}, store);
    expect(await sync(setup)).toMatchObject({ code: 0, report: { state: 'done', counts: { updated: 0 } } });
    const before = (await setup.targetWrites()).length;
    await change(setup, "first_name = 'Neu', email = 'neu@example.com' where username = 'person3'");
    expect(await sync(setup, '--changes')).toMatchObject({ code: 0, report: { counts: { updated: 1 } } });
    const row = (await setup.targetRows()).find(({ username }) => username === 'person3');
    expect(row).toMatchObject({ first_name: 'Neu', email: 'neu@example.com' });
    expect(await sync(setup)).toMatchObject({ code: 0, report: { counts: { updated: 0 } } });
    expect(await setup.targetWrites()).toHaveLength(before + 1);
  });

  test('asks an admin before it carries too many deletions, and touches nobody until the yes.', async () => {
    const setup = await start({}, store);
    await setup.legacy.admin.query("delete from be_users where username in ('person0','person1','person2')");
    await setup.legacy.admin.query("delete from be_users where username like 'person1_'");
    const held = await sync(setup);
    expect(held).toMatchObject({ code: 1, report: { state: 'held', counts: { deleted: 0 } } });
    expect(Object.values(await active(setup)).every((is) => is === 1)).toBe(true);
    expect(await sync(setup)).toMatchObject({ code: 1, report: undefined });
    expect(await sync(setup, '--accept-deletions', held.report.id)).toMatchObject({
      code: 0,
      report: { state: 'done', counts: { deleted: 13 } },
    });
    expect(Object.values(await active(setup)).filter((is) => is === 0)).toHaveLength(13);
    await setup.untilLedger({ copied: 7, gone: 13 });
    expect(await sync(setup)).toMatchObject({ code: 0, report: { counts: { deleted: 0 } } });
  });
});

test('A held run that is stopped leaves everybody as they are, and the next sync asks again.', async () => {
  const setup = await start();
  await setup.legacy.admin.query('delete from be_users');
  const { report } = await sync(setup);
  expect(report).toMatchObject({ state: 'held' });
  expect((await setup.run('runs', 'stop', report.id)).code).toBe(0);
  expect(await sync(setup)).toMatchObject({ report: { state: 'held' } });
  expect(Object.values(await active(setup)).every((is) => is === 1)).toBe(true);
});

test('Whoever is gone is locked out at the target, and let in again when they are back.', async () => {
  const setup = await start();
  await setup.legacy.admin.query(
    "create table kept as select * from be_users where username = 'person5'; delete from be_users where username = 'person5'",
  );
  expect(await sync(setup)).toMatchObject({ code: 0, report: { counts: { deleted: 1 } } });
  expect(await active(setup)).toMatchObject({ person5: 0, person6: 1 });
  await setup.legacy.admin.query('insert into be_users select * from kept');
  expect(await sync(setup)).toMatchObject({ code: 0, report: { counts: { reopened: 1 } } });
  expect(await active(setup)).toMatchObject({ person5: 1, person6: 1 });
  await setup.untilLedger({ copied: PEOPLE.length });
});

test('A password that changed after the copy is marked, and the next login brings it.', async () => {
  const setup = await start();
  await setup.serve();
  await setup.login('person4');
  await until('the password has arrived', () => setup.opensAtTarget('person4', 'The old password of 4'));
  await setup.untilLedger({ copied: PEOPLE.length });
  await change(
    setup,
    "password = '$2y$04$abcdefghijklmnopqrstuuQ8cZ0tqkKbJ2JzLkJ1p5b0d3h5s1Q1S' where username = 'person4'",
  );
  expect(await sync(setup)).toMatchObject({ report: { counts: { drifted: 1 } } });
  await setup.untilLedger({ copied: PEOPLE.length - 1, stale: 1 });
  expect(await sync(setup)).toMatchObject({ report: { counts: { drifted: 0 } } });
});

describe('A password that changed after the copy, at a target that verifies the legacy scheme itself,', () => {
  const taking = {
    ...TARGET,
    password: { column: 'password_hash', legacyHashes: ['bcrypt'], allowWeaker: true },
  };
  const changed = '$2y$04$abcdefghijklmnopqrstuuQ8cZ0tqkKbJ2JzLkJ1p5b0d3h5s1Q1S';
  const hashOf = async (setup: RealSetup, name: string) =>
    (await setup.targetRows()).find(({ username }) => username === name)?.password_hash;
  async function afterTheCopy() {
    const setup = await start({ targets: { 'new-platform': taking } });
    expect((await setup.run('backfill', 'new-platform', '--with-hashes')).code).toBe(0);
    await change(setup, `password = '${changed}' where username = 'person4'`);
    return setup;
  }

  test('is sent as it is, once.', async () => {
    const setup = await afterTheCopy();
    expect(await sync(setup, '--changes')).toMatchObject({
      code: 0,
      report: { counts: { updated: 1, passwords: 1, drifted: 0 } },
    });
    expect(await hashOf(setup, 'person4')).toBe(changed);
    await setup.untilLedger({ copied: PEOPLE.length });
    expect(await sync(setup)).toMatchObject({ report: { counts: { updated: 0, passwords: 0 } } });
  });

  test('stays away once a client is cut over, and the ledger says so.', async () => {
    const setup = await afterTheCopy();
    const before = await hashOf(setup, 'person4');
    const cut = await setup.run('client', 'mode', 'rp', 'cutover', '--force');
    expect(cut.code, cut.output).toBe(0);
    expect(await sync(setup)).toMatchObject({ report: { counts: { passwords: 0, drifted: 1 } } });
    expect(await hashOf(setup, 'person4')).toBe(before);
    expect((await setup.status()).ledger).toContainEqual(
      expect.objectContaining({
        state: 'stale',
        count: 1,
        reason: expect.stringContaining('the one at the target counts'),
      }),
    );
  });
});

test('Whoever is gone has their sessions and tokens ended, and the client is told.', async () => {
  const notices: Record<string, unknown>[] = [];
  const listener = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      notices.push(decodeJwt(new URLSearchParams(body).get('logout_token') ?? ''));
      response.end();
    });
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  onTestFinished(() => void listener.close());
  const { port } = listener.address() as AddressInfo;
  const client = {
    client_id: 'rp',
    client_secret: '${RP_CLIENT_SECRET}',
    redirect_uris: [CALLBACK],
    backchannel_logout_uri: `http://127.0.0.1:${port}/logout`,
    migration: { target: 'new-platform', mode: 'lazy' },
  };
  expect(SECRET).not.toBe('');
  const setup = await start({ clients: [client] });
  await setup.serve();
  const { tokens, claims } = await setup.login('person7');
  const other = await setup.login('person8');
  await setup.untilLedger({ copied: PEOPLE.length });
  const userinfo = async (token: string) =>
    (await fetch(`${setup.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await userinfo(tokens.access_token)).toBe(200);

  await setup.legacy.admin.query("create table kept as select * from be_users where username = 'person7'");
  await setup.legacy.admin.query("delete from be_users where username = 'person7'");
  const gone = await sync(setup);
  expect(gone, gone.output).toMatchObject({ code: 0, report: { counts: { deleted: 1 } } });
  // Back again, so that it is the revocation that ends the token and not the missing row.
  await setup.legacy.admin.query('insert into be_users select * from kept');
  expect(await userinfo(tokens.access_token)).toBe(401);
  expect(await userinfo(other.tokens.access_token)).toBe(200);
  expect(notices).toMatchObject([
    { sub: claims.sub, events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
  ]);
});
