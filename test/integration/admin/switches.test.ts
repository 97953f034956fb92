import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../support/database-server.ts';
import { CALLBACK, SECRET } from '../../support/oidc-world.ts';
import { createRealSetup, type RealSetup } from '../../support/real-setup.ts';
import { until } from '../../support/until.ts';

let setup: RealSetup;
let admin: string;
let authorization: string;

beforeAll(async () => {
  const port = await freePort();
  admin = `http://127.0.0.1:${port}`;
  setup = await createRealSetup({
    people: ['anna', 'bob', 'cleo', 'dora'].map((username) => ({
      username,
      password: `secret of ${username}`,
    })),
    store: 'mysql',
    config: {
      admin: { port },
      clients: [
        {
          client_id: 'rp',
          client_secret: '${RP_CLIENT_SECRET}',
          redirect_uris: [CALLBACK],
          migration: { target: 'new-platform', mode: 'off' },
        },
        { client_id: 'deploy', client_secret: '${RP_CLIENT_SECRET}', scope: 'admin:read admin:write' },
      ],
    },
  });
  await setup.serve();
  const answer = await fetch(`${setup.issuer}/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`deploy:${SECRET}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'admin:read admin:write' }),
  });
  authorization = `Bearer ${((await answer.json()) as { access_token: string }).access_token}`;
});
afterAll(() => setup.close());

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${admin}/api/v1${path}`, {
    method,
    headers: {
      Authorization: authorization,
      ...headers,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, json: text === '' ? undefined : JSON.parse(text) };
}

async function write(method: string, path: string, body: unknown) {
  const tag = (await call('GET', '/clients/rp')).headers.get('etag') ?? '';
  return call(method, path, body, { 'If-Match': tag });
}

async function pathOf(login: string): Promise<string> {
  const [found] = (await call('GET', `/people?login=${login}`)).json.items;
  return `/people/${found.directory}/${found.legacyId}`;
}

test('A client goes from off to cutover and back, each step looked at before and taken back after.', async () => {
  const preview = (body: object) => call('POST', '/clients/rp/mode/preview', body);
  expect((await preview({ mode: 'lazy' })).json).toMatchObject({
    target: 'new-platform',
    people: { everybody: { how: 'estimated' } },
    effects: [{ kind: 'captured' }],
  });
  expect((await write('PUT', '/clients/rp/mode', { mode: 'lazy' })).status).toBe(200);
  await setup.login('anna');
  await until('anna is copied', async () => {
    const [at] = (await call('GET', await pathOf('anna'))).json.targets;
    return at?.passwordCopied === true;
  });
  expect((await call('GET', await pathOf('anna'))).json).toMatchObject({
    lastLoginAt: expect.any(Number),
    targets: [{ why: expect.stringContaining('Profile and password are at') }],
  });

  const cutover = await preview({ mode: 'cutover' });
  expect(cutover.json.effects).toContainEqual(
    expect.objectContaining({ kind: 'verified-at-target', people: { number: 1, how: 'counted' } }),
  );
  const one = await preview({ mode: 'cutover', percent: 50 });
  const across = one.json.effects.find(({ kind }: { kind: string }) => kind === 'verified-at-target');
  expect(across.people).toMatchObject({ how: 'counted' });
  expect([0, 1]).toContain(across.people.number);

  const over = await write('PUT', '/clients/rp/mode', { mode: 'cutover', otherwise: 'lazy' });
  expect(over.json).toMatchObject({
    migration: { mode: 'cutover' },
    warnings: [expect.stringContaining('0 of the 20')],
  });
  expect((await call('GET', '/clients/rp/shadow')).json).toMatchObject({
    clean: false,
    firstSeenAt: null,
    lastSeenAt: null,
  });
  const back = await write('POST', '/clients/rp/mode/undo', {});
  expect(back.json).toMatchObject({ migration: { mode: 'lazy', percent: 100 }, warnings: [] });
  expect((await write('PUT', '/clients/rp/mode', { mode: 'lazy', target: null })).json).toMatchObject({
    code: 'cannot_be_honoured',
    detail: expect.stringContaining('configuration'),
  });
});

test('One person is copied now, by the courier, without a password; the target says who is there.', async () => {
  const path = await pathOf('bob');
  expect((await call('POST', `${path}/copy`, { target: 'new-platform' })).json).toMatchObject({
    what: 'entered',
  });
  await until('bob is copied', async () => (await call('GET', path)).json.targets[0]?.state === 'copied');
  expect((await call('GET', path)).json.targets).toMatchObject([{ origin: 'admin', passwordCopied: false }]);
  expect((await setup.targetRows()).map(({ username }) => username)).toContain('bob');
  expect((await call('POST', `${path}/copy`, { target: 'new-platform' })).status).toBe(409);
  expect((await call('GET', '/targets/new-platform')).json).toMatchObject({
    capabilities: { verify: true },
    queue: { waiting: 0, failing: 0, copied: 2 },
    clients: [{ client_id: 'rp', mode: 'lazy', copies: true }],
  });
  await setup.login('bob');
  await until('the password of bob is there', async () => {
    return (await call('GET', path)).json.targets[0]?.passwordCopied === true;
  });
});

test('The setup sheet is what discovery says.', async () => {
  const { json } = await call('GET', '/clients/rp/setup');
  const discovery = (await (await fetch(json.discovery)).json()) as Record<string, unknown>;
  expect(json.issuer).toBe(discovery.issuer);
  expect(discovery).toMatchObject(json.endpoints);
  for (const { scope, claims } of json.scopes) {
    expect(discovery.scopes_supported).toContain(scope);
    expect(discovery.claims_supported).toEqual(expect.arrayContaining(claims));
  }
});
