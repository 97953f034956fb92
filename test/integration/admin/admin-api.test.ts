import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BridgeProcess } from '../../support/bridge-process.ts';
import { freePort } from '../../support/database-server.ts';
import { CALLBACK, SECRET } from '../../support/oidc-world.ts';
import { createRealSetup, type RealSetup } from '../../support/real-setup.ts';
import { until } from '../../support/until.ts';

let setup: RealSetup;
let bridge: BridgeProcess;
let admin: string;

beforeAll(async () => {
  const port = await freePort();
  admin = `http://127.0.0.1:${port}`;
  setup = await createRealSetup({
    people: [
      { username: 'anna', password: 'secret of anna' },
      { username: 'bob', password: 'secret of bob' },
    ],
    store: 'mysql',
    config: {
      admin: { port },
      clients: [
        {
          client_id: 'rp',
          client_secret: '${RP_CLIENT_SECRET}',
          redirect_uris: [CALLBACK],
          migration: { target: 'new-platform', mode: 'lazy' },
        },
        { client_id: 'deploy', client_secret: '${RP_CLIENT_SECRET}', scope: 'admin:read admin:write' },
      ],
    },
  });
  bridge = await setup.serve();
});
afterAll(() => setup.close());

const basic = { Authorization: `Basic ${btoa(`deploy:${SECRET}`)}` };

async function token(): Promise<string> {
  const answer = await fetch(`${setup.issuer}/token`, {
    method: 'POST',
    headers: basic,
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'admin:read admin:write' }),
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function call(method: string, path: string, headers: Record<string, string>, body?: unknown) {
  const answer = await fetch(`${admin}/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, json: text === '' ? undefined : JSON.parse(text) };
}

const linkIn = (output: string) => /http:\/\/127\.0\.0\.1:\d+\/bootstrap\/([\w-]{43})/.exec(output)?.[1];

async function enterBy(link: string | undefined) {
  const answer = await fetch(`${admin}/bootstrap`, {
    method: 'POST',
    body: new URLSearchParams({ token: String(link) }),
  });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
  return {
    status: answer.status,
    cookie: cookie.findLast((pair) => pair?.startsWith('footbridge_admin=')) ?? '',
  };
}

test('A program with a token of the bridge’s own follows one person across, and ends what they are logged in by.', async () => {
  const program = { Authorization: `Bearer ${await token()}` };
  const { tokens } = await setup.login('anna');
  const path = await until('anna is copied', async () => {
    const { json } = await call('GET', '/people?login=ANNA', program);
    const at = `/people/${json.items[0].directory}/${json.items[0].legacyId}`;
    const shown = await call('GET', at, program);
    return shown.json.targets[0]?.state === 'copied' && at;
  });
  const person = (await call('GET', path, program)).json;
  expect(person).toMatchObject({
    legacy: { status: 'active', password: { scheme: 'bcrypt' }, profile: { preferred_username: 'anna' } },
    targets: [{ target: 'new-platform', clientId: 'rp', externalId: person.sub }],
  });
  expect((await call('GET', `/people?sub=${person.sub}`, program)).json.items).toMatchObject([
    { sub: person.sub },
  ]);

  const info = () =>
    fetch(`${setup.issuer}/userinfo`, { headers: { Authorization: `Bearer ${tokens.access_token}` } });
  expect((await info()).status).toBe(200);
  const revoked = await call('POST', '/sessions/revoke', program, { sub: person.sub });
  expect(revoked.json).toEqual({ sessions: 1, grants: 1 });
  expect((await info()).status).toBe(401);
  expect((await call('GET', `/audit?subject=sub%3A${person.sub}`, program)).json.items).toMatchObject([
    { actor: 'api:deploy', action: 'sessions.revoke' },
  ]);
});

test('The first start prints a link; a person comes in by it once, and does what a program can.', async () => {
  const link = linkIn(bridge.output());
  const { status, cookie } = await enterBy(link);
  expect(status).toBe(200);
  expect((await enterBy(link)).status).toBe(403);

  const me = (await call('GET', '/session', { Cookie: cookie })).json;
  const person = { Cookie: cookie, 'X-CSRF-Token': me.csrf_token };
  const added = await call(
    'POST',
    '/clients',
    { ...person, 'Idempotency-Key': 'one' },
    { client_id: 'second', redirect_uris: ['https://second.example.com/callback'] },
  );
  expect(added).toMatchObject({ status: 201, json: { version: 1, client_secret: expect.any(String) } });
  const edit = { redirect_uris: ['https://second.example.com/other'] };
  const edits = await Promise.all(
    Array.from({ length: 6 }, () => call('PUT', '/clients/second', { ...person, 'If-Match': '"1"' }, edit)),
  );
  expect(edits.map(({ status: answered }) => answered).sort()).toEqual([200, 412, 412, 412, 412, 412]);
  expect((await call('POST', '/keys', person)).json.items).toHaveLength(2);
  expect((await call('POST', '/keys', person)).status).toBe(409);
  expect((await call('POST', '/checks', person)).json.findings.length).toBeGreaterThan(3);
  expect((await call('POST', '/schemes/census', person)).json).toMatchObject({
    sampled: 2,
    lines: [{ scheme: 'bcrypt', people: 2 }],
  });
  const trail = await call('GET', '/audit?actor=admin%3Alink%20of%20first%20start', person);
  expect(trail.json.items.map(({ action }: { action: string }) => action)).toEqual([
    'keys.rotate',
    'client.edit',
    'client.add',
    'admin.link-used',
  ]);
  const logged = bridge
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  expect(logged.length).toBeGreaterThan(10);
  expect(logged.join('\n')).not.toContain(String(link));
});

test('A later link is made by a command, and is in the trail with who made it.', async () => {
  const { code, result } = await setup.run('admin', 'link');
  expect(code).toBe(0);
  const { status, cookie } = await enterBy(linkIn(result));
  expect(status).toBe(200);
  const { json } = await call('GET', '/audit?action=admin.link', { Cookie: cookie });
  expect(json.items[0].actor).toMatch(/^cli:/);
});

test('One of many who redeem a link at the same moment comes in.', async () => {
  const link = linkIn((await setup.run('admin', 'link')).result);
  const entered = await Promise.all(Array.from({ length: 10 }, () => enterBy(link)));
  expect(entered.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('A token that was revoked, and one of another kind, open nothing.', async () => {
  const mine = await token();
  const { tokens } = await setup.login('bob');
  expect((await call('GET', '/clients', { Authorization: `Bearer ${tokens.access_token}` })).status).toBe(
    401,
  );
  expect((await call('GET', '/clients', { Authorization: `Bearer ${mine}` })).status).toBe(200);
  await fetch(`${setup.issuer}/token/revoke`, {
    method: 'POST',
    headers: basic,
    body: new URLSearchParams({ token: mine }),
  });
  expect((await call('GET', '/clients', { Authorization: `Bearer ${mine}` })).status).toBe(401);
});

test('Names that databases stumble over are nobody, and no fault.', async () => {
  const program = { Authorization: `Bearer ${await token()}` };
  const directory = (await call('GET', '/people?login=anna', program)).json.items[0].directory;
  for (const name of [
    '\0',
    'ädmin\0',
    '\u{1F600}',
    "' or '1'='1",
    '1e0',
    'x'.repeat(191),
    '٣',
    '-1',
    '1.0',
  ]) {
    const path = `/people/${directory}/${encodeURIComponent(name)}`;
    expect((await call('GET', path, program)).status, name).toBe(404);
    expect((await call('GET', `/people?login=${encodeURIComponent(name)}`, program)).json.items).toEqual([]);
    const anybody = await call('GET', `/people/search?text=${encodeURIComponent(name)}`, program);
    expect(anybody, name).toMatchObject({ status: 200, json: { items: [], unavailable: [] } });
    expect((await call('GET', `/audit?subject=${encodeURIComponent(name)}`, program)).json.items).toEqual([]);
    expect((await call('GET', `/clients/x${encodeURIComponent(name)}`, program)).status).toBeLessThan(500);
    const body = { target: 'new-platform', reason: name };
    expect((await call('POST', `${path}/park`, program, body)).status, name).toBe(404);
    expect((await call('POST', `${path}/exclude`, program, body)).status, name).toBe(204);
    expect((await call('GET', '/problems', program)).json, name).toMatchObject({
      failures: [],
      setAside: [{ target: 'new-platform', state: 'excluded', people: 1, examples: [{ directory }] }],
    });
    expect((await call('POST', `${path}/forget`, program, { target: 'new-platform' })).status, name).toBe(
      204,
    );
  }
});
