import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXAMPLE } from '../../../src/passwords/example.ts';
import { findScheme } from '../../../src/passwords/known-schemes.ts';
import type { BridgeProcess } from '../../support/bridge-process.ts';
import { freePort } from '../../support/database-server.ts';
import { programFromDebian } from '../../support/debian-package.ts';
import { CALLBACK, SECRET } from '../../support/oidc-world.ts';
import { createRealSetup, type RealSetup } from '../../support/real-setup.ts';

const SUPPORT = join(import.meta.dirname, '../../support');
const OLD = EXAMPLE.password;
const NEW = 'ein neues Pässwort, $ und "alles"';

/** Who verifies with code of their own, by the scheme of their row. */
const PHP = ['bcrypt', 'argon2', 'phpass', 'wordpress-bcrypt', 'sha256crypt', 'sha512crypt', 'md5crypt'];
const PYTHON = ['django-pbkdf2', 'werkzeug-pbkdf2', 'aspnet-identity-v3'];
const SHOP = [...PHP, ...PYTHON];

let setup: RealSetup;
let bridge: BridgeProcess;
let admin: string;
let php: string;
let writeUrl: string;

const directory = (name: string, table: string, scheme: string, more = {}) => ({
  name,
  kind: 'mysql',
  url: '${LEGACY_DATABASE_URL}',
  table,
  id: 'id',
  login: 'login',
  password: { column: 'pass', scheme, ...more },
  profile: { preferred_username: 'login' },
});

beforeAll(async () => {
  php = programFromDebian('php', 'php-cli');
  const port = await freePort();
  admin = `http://127.0.0.1:${port}`;
  const machine = (client_id: string, scope: string) => ({
    client_id,
    client_secret: '${RP_CLIENT_SECRET}',
    scope,
  });
  setup = await createRealSetup({
    people: [],
    config: {
      admin: { port },
      legacy: [
        directory('shop', 'shop_users', 'auto'),
        directory('forum', 'forum_users', 'md5(md5($pass).$salt)', { salt: 'salt' }),
        directory('untouched', 'forum_users', 'md5(md5($pass).$salt)', { salt: 'salt' }),
      ],
      writeBack: {
        shop: { url: '${LEGACY_WRITE_URL}' },
        forum: { url: '${FORUM_WRITE_URL}', weakScheme: 'allow' },
      },
      clients: [
        {
          client_id: 'rp',
          client_secret: '${RP_CLIENT_SECRET}',
          redirect_uris: [CALLBACK],
          migration: { target: 'new-platform', mode: 'lazy' },
        },
        machine('platform', 'passwords:write'),
        machine('deploy', 'admin:read admin:write'),
      ],
    },
  });
  const { legacy } = setup;
  await legacy.admin.query(`
    create table shop_users (id bigint unsigned primary key, login varchar(40) not null unique, pass varchar(255));
    create table forum_users (id int primary key, login varchar(40) not null unique, pass char(32), salt varchar(3))`);
  for (const [index, scheme] of SHOP.entries()) {
    await addToShop(index + 1, scheme, findScheme(scheme)?.about.example ?? '');
  }
  await addToShop(90, 'narrow', findScheme('bcrypt')?.about.example ?? '');
  await addToShop(91, 'unsalted', '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=');
  await addToShop(92, 'nothing', '');
  const md5 = (text: string) => hash('md5', text, 'hex');
  await legacy.admin.query('insert into forum_users values (?)', [[7, 'vera', md5(`${md5(OLD)}a1b`), 'a1b']]);
  writeUrl = await legacy.accountWith('USAGE');
  const forumUrl = await legacy.accountWith('USAGE');
  const account = (url: string) => `'${new URL(url).username}'@'%'`;
  await legacy.admin.query(`
    GRANT SELECT (id, pass), UPDATE (pass) ON shop_users TO ${account(writeUrl)};
    GRANT SELECT (id, pass, salt), UPDATE (pass, salt) ON forum_users TO ${account(forumUrl)}`);
  Object.assign(setup.env, { LEGACY_WRITE_URL: writeUrl, FORUM_WRITE_URL: forumUrl });
  bridge = await setup.serve();
});
afterAll(() => setup.close());

const addToShop = (id: number, login: string, pass: string) =>
  setup.legacy.admin.query('insert into shop_users values (?, ?, ?)', [id, login, pass]);

async function rowOf(table: string, login: string): Promise<Record<string, string>> {
  const [rows] = await setup.legacy.admin.query(`select * from ${table} where login = ?`, [login]);
  return (rows as Record<string, string>[])[0] ?? {};
}

/** The legacy app's own answer. */
function accepts(row: Record<string, string>, password: string): boolean {
  const [program, file] = PYTHON.includes(row.login ?? '')
    ? ['python3', 'legacy-verifies.py']
    : [php, 'legacy-verifies.php'];
  const input = JSON.stringify({ row, password });
  return JSON.parse(execFileSync(program, [join(SUPPORT, file)], { input, encoding: 'utf8' })) === true;
}

async function tokenOf(clientId: string, scope: string): Promise<string> {
  const answer = await fetch(`${setup.issuer}/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${clientId}:${SECRET}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function write(
  body: Record<string, unknown>,
  { client = 'platform', scope = 'passwords:write', at = admin, headers = {} } = {},
) {
  const answer = await fetch(`${at}/api/v1/passwords`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await tokenOf(client, scope)}`,
      'Content-Type': 'application/json',
      ...headers,
    },
    body: JSON.stringify({ password: NEW, ...body }),
  });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

const inShop = async (login: string) => ({
  directory: 'shop',
  legacyId: String((await rowOf('shop_users', login)).id),
});

describe('A password changed on the new platform', () => {
  test.each(SHOP)('is the one that the legacy app accepts with its own code: %s.', async (login) => {
    const before = await rowOf('shop_users', login);
    expect(accepts(before, OLD)).toBe(true);
    expect(accepts(before, NEW)).toBe(false);
    expect(await write(await inShop(login))).toMatchObject({
      status: 200,
      json: { written: true, scheme: login, sub: expect.any(String) },
    });
    const after = await rowOf('shop_users', login);
    expect(accepts(after, NEW)).toBe(true);
    expect(accepts(after, OLD)).toBe(false);
    expect({ ...after, pass: '' }).toEqual({ ...before, pass: '' });
    expect(after.pass?.slice(0, 3)).toBe(before.pass?.slice(0, 3));
  });

  test('is salted anew where the salt has a column of its own, in the shape of the old one.', async () => {
    const before = await rowOf('forum_users', 'vera');
    expect(accepts(before, OLD)).toBe(true);
    expect(await write({ directory: 'forum', legacyId: '7' })).toMatchObject({ status: 200 });
    const after = await rowOf('forum_users', 'vera');
    expect(accepts(after, NEW)).toBe(true);
    expect(accepts(after, OLD)).toBe(false);
    expect(after.salt).toMatch(/^[A-Za-z0-9]{3}$/);
    expect(after.salt).not.toBe(before.salt);
  });

  test('is no drift afterwards: the next login by it copies nothing, and the old one opens nothing.', async () => {
    await addToShop(100, 'dora', findScheme('bcrypt')?.about.example ?? '');
    await setup.login('dora', OLD);
    await setup.untilLedger({ copied: 1 });
    const writes = await setup.targetWrites();
    const answer = await write({ ...(await inShop('dora')), target: 'new-platform' });
    expect(answer.status).toBe(200);
    await setup.login('dora', NEW);
    expect(await setup.targetWrites()).toEqual(writes);
    expect((await setup.status()).ledger).toMatchObject([{ state: 'copied', count: 1 }]);
    expect((await setup.tryLogin('dora', OLD)).status).not.toBe(0);
    const bySub = await write({ sub: answer.json.sub, password: 'once more' });
    expect(bySub).toMatchObject({ status: 200, json: { sub: answer.json.sub } });
    expect(accepts(await rowOf('shop_users', 'dora'), 'once more')).toBe(true);
  });

  test('is told to the audit trail, without a byte of it, of its hash or of the request.', async () => {
    await write(await inShop('bcrypt'), { headers: { 'Idempotency-Key': 'one' } });
    const { pass } = await rowOf('shop_users', 'bcrypt');
    const trail = await fetch(`${admin}/api/v1/audit?action=password.write-back`, {
      headers: { Authorization: `Bearer ${await tokenOf('deploy', 'admin:read')}` },
    });
    const text = await trail.text();
    expect(JSON.parse(text).items[0]).toMatchObject({
      actor: 'api:platform',
      subject: 'person:shop:1',
      after: { scheme: 'bcrypt' },
    });
    for (const secret of [NEW, 'Pässwort', String(pass)]) {
      expect(text).not.toContain(secret);
      expect(bridge.output()).not.toContain(secret);
    }
  });
});

describe('Nothing is written', () => {
  async function refused(login: string, body = {}) {
    const before = await rowOf('shop_users', login);
    const answer = await write({ ...(await inShop(login)), ...body });
    expect(await rowOf('shop_users', login)).toEqual(before);
    return answer;
  }

  test('by a scheme that protects nothing, until the configuration says so; nor where no row says how.', async () => {
    expect(await refused('unsalted')).toMatchObject({ status: 422, json: { code: 'password_weak' } });
    expect(await refused('nothing')).toMatchObject({ status: 422, json: { code: 'password_scheme' } });
  });

  test('of a password that the scheme would cut.', async () => {
    const password = 'x'.repeat(73);
    expect(await refused('bcrypt', { password })).toMatchObject({
      status: 422,
      json: { code: 'password_password' },
    });
  });

  test('for nobody, and where write-back is off.', async () => {
    expect((await write({ directory: 'shop', legacyId: '12345' })).status).toBe(404);
    expect((await write({ sub: 'nobody' })).status).toBe(404);
    expect(await write({ directory: 'untouched', legacyId: '7' })).toMatchObject({
      status: 404,
      json: { code: 'write_back_off' },
    });
  });

  test('by a token of another scope, however much that one may; and the new scope may nothing else.', async () => {
    const { directory: name, legacyId } = await inShop('bcrypt');
    const other = { client: 'deploy', scope: 'admin:read admin:write' };
    expect(await write({ directory: name, legacyId }, other)).toMatchObject({
      status: 403,
      json: { code: 'insufficient_scope' },
    });
    const clients = await fetch(`${admin}/api/v1/clients`, {
      headers: { Authorization: `Bearer ${await tokenOf('platform', 'passwords:write')}` },
    });
    expect(clients.status).toBe(403);
  });

  test('more than ten times in ten minutes for one person.', async () => {
    const statuses = [];
    for (let time = 0; time < 12; time += 1) statuses.push((await refused('unsalted')).status);
    expect(statuses).toContain(429);
  });

  test('where the account lacks the right: an outage to the caller, a GRANT to the operator.', async () => {
    const user = `'${new URL(writeUrl).username}'@'%'`;
    const checked = async () => (await setup.run('check', '--json')).result;
    const fine = await checked();
    expect(fine).toContain('may write pass and nothing else');
    expect(fine).toContain('may write pass and salt and nothing else');
    await setup.legacy.admin.query(`REVOKE UPDATE (pass) ON shop_users FROM ${user}`);
    expect(await refused('phpass')).toMatchObject({ status: 503, json: { code: 'legacy_unavailable' } });
    const found = await checked();
    expect(found).toContain('may not write pass');
    expect(found).toContain('SELECT (`id`, `pass`), UPDATE (`pass`) ON `shop_users`');
    await setup.legacy.admin.query(`GRANT UPDATE ON shop_users TO ${user}`);
    expect(await checked()).toContain('may do more than write pass');
    await setup.legacy.admin.query(`REVOKE UPDATE ON shop_users FROM ${user}`);
    await setup.legacy.admin.query(`GRANT UPDATE (pass) ON shop_users TO ${user}`);
  });
});
