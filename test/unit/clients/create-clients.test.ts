import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { type ClientMetadata, clientMetadata } from '../../../src/clients/client.ts';
import { createClients } from '../../../src/clients/create-clients.ts';
import { createClientEditing } from '../../../src/clients/edit-client.ts';
import { clientOptions } from '../../../src/clients/options.ts';
import { createSecretDigest } from '../../../src/clients/secret-digest.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { systemRandom } from '../../../src/runtime/random.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';

const redirect_uris = ['https://idp.example.com/callback'];
const off = { target: undefined, mode: 'off', percent: 100 } as const;
const metadataOf = (client: object): ClientMetadata =>
  clientMetadata.parse({ client_id: 'idp', redirect_uris, ...client });

async function register({ verify = true, findings = { people: 0, problems: 0 } } = {}) {
  const store = openStore(new Secret('sqlite::memory:'), systemClock);
  await store.upgrade();
  const clients = createClients({
    store,
    secrets: createSecretDigest(randomBytes(32)),
    random: systemRandom,
    targets: new Map([['new', { verify }]]),
    shadowOf: async () => findings,
  });
  return { store, clients };
}

test('A confidential client gets a secret once, of which the store holds only a digest.', async () => {
  const { store, clients } = await register();
  const secret = await clients.add(metadataOf({}), off, 'test');
  const client = await clients.find('idp');
  expect(secret).toHaveLength(43);
  expect(client && clients.verifySecret(client, secret ?? '')).toBe(true);
  expect(client && clients.verifySecret(client, `${secret}x`)).toBe(false);
  expect(client && clients.verifySecret(client, client.secretDigest ?? '')).toBe(false);
  expect(JSON.stringify(await store.db.selectFrom('client').selectAll().execute())).not.toContain(secret);
});

test('A public client has no secret, and none verifies.', async () => {
  const { clients } = await register();
  const secret = await clients.add(metadataOf({ token_endpoint_auth_method: 'none' }), off, 'test');
  expect(secret).toBeUndefined();
  expect(clients.verifySecret({ secretDigest: undefined }, '')).toBe(false);
});

test('Client ids that differ by case are different clients; a second one of the same id is refused.', async () => {
  const { clients } = await register();
  await clients.add(metadataOf({ client_id: 'IdP' }), off, 'test');
  expect(await clients.find('idp')).toBeUndefined();
  await expect(clients.add(metadataOf({ client_id: 'IdP' }), off, 'test')).rejects.toMatchObject({
    code: 'already_exists',
  });
});

test('A mode change holds at once and is in the audit trail with who, before and after.', async () => {
  const { clients } = await register();
  await clients.add(metadataOf({}), { target: 'new', mode: 'off', percent: 100 }, 'cli:ann');
  await clients.setMode('idp', 'lazy', 'cli:bob');
  expect((await clients.find('idp'))?.migration.mode).toBe('lazy');
  expect(await clients.auditOf('idp')).toMatchObject([
    { actor: 'cli:ann', action: 'client.add' },
    { actor: 'cli:bob', action: 'client.mode', before: { mode: 'off' }, after: { mode: 'lazy' } },
  ]);
});

test('A client without a target cannot be switched to a mode that copies.', async () => {
  const { clients } = await register();
  await clients.add(metadataOf({}), off, 'test');
  await expect(clients.setMode('idp', 'lazy', 'test')).rejects.toMatchObject({
    code: 'cannot_be_honoured',
    message: expect.stringContaining('no target'),
  });
});

test('An unknown client is a sentence, not a crash.', async () => {
  const { clients } = await register();
  await expect(clients.setMode('nobody', 'off', 'test')).rejects.toMatchObject({ code: 'not_found' });
  await expect(clients.remove('nobody', 'test')).rejects.toMatchObject({ code: 'not_found' });
});

test('The configuration gives the starting mode only; the switch lives in the store afterwards.', async () => {
  const { clients } = await register();
  const configured = (client: object) =>
    clientOptions.parse({
      client_id: 'idp',
      client_secret: 'a-secret-of-more-than-thirty-two-characters',
      redirect_uris,
      migration: { target: 'new', mode: 'lazy' },
      ...client,
    });
  await clients.adoptConfigured([configured({})]);
  await clients.setMode('idp', 'off', 'test');
  await clients.adoptConfigured([configured({ client_name: 'New IdP' })]);
  await clients.adoptConfigured([configured({ client_name: 'New IdP' })]);
  const client = await clients.find('idp');
  expect(client).toMatchObject({ metadata: { client_name: 'New IdP' }, migration: { mode: 'off' } });
  expect(client && clients.verifySecret(client, 'a-secret-of-more-than-thirty-two-characters')).toBe(true);
  const actions = (await clients.auditOf('idp')).map(({ action }) => action);
  expect(actions).toEqual(['client.add', 'client.mode', 'client.configure']);
});

test('Configured clients that the configuration no longer names are reported and still work.', async () => {
  const { clients } = await register();
  const client_secret = 'a-secret-of-more-than-thirty-two-characters';
  await clients.adoptConfigured([clientOptions.parse({ client_id: 'old', client_secret, redirect_uris })]);
  expect(await clients.adoptConfigured([])).toEqual(['old']);
  expect(await clients.find('old')).toBeDefined();
});

test.each([
  ['http://idp.example.com/cb', false],
  ['https://idp.example.com/cb#x', false],
  ['javascript:alert(1)', false],
  ['/relative', false],
  ['http://127.0.0.1:4100/cb', true],
  ['com.example.app:/cb', true],
])('The redirect URI %s is accepted: %s.', (uri, accepted) => {
  expect(clientMetadata.safeParse({ client_id: 'x', redirect_uris: [uri] }).success).toBe(accepted);
});

const lazy = { target: 'new', mode: 'lazy', percent: 100 } as const;

test('A turned switch keeps what is not named; none takes a limit away; the audit has each of them whole.', async () => {
  const { clients } = await register();
  await clients.add(metadataOf({}), lazy, 'test');
  const until = Date.now() + 86_400_000;
  await clients.setMode('idp', 'lazy', 'test', { percent: 25, allow: ['7'], endsAt: until });
  await clients.setMode('idp', 'off', 'test');
  const limited = { mode: 'off', percent: 25, allow: ['7'], endsAt: until };
  expect((await clients.find('idp'))?.migration).toMatchObject(limited);
  await clients.setMode('idp', 'lazy', 'test', { percent: 100, allow: [], endsAt: null });
  expect((await clients.find('idp'))?.migration).toEqual(lazy);
  expect((await clients.auditOf('idp')).at(-1)).toMatchObject({
    before: limited,
    after: { mode: 'lazy', percent: 100 },
  });
});

test('An app has a switch of its own until it is taken away; the client’s stays as it is.', async () => {
  const { clients } = await register();
  await clients.add(metadataOf({}), lazy, 'test');
  await clients.setMode('idp', 'cutover', 'test', { app: 'shop', percent: 10 });
  expect((await clients.find('idp'))?.migration).toEqual({
    ...lazy,
    apps: { shop: { mode: 'cutover', percent: 10 } },
  });
  await clients.removeApp('idp', 'shop', 'test');
  expect((await clients.find('idp'))?.migration).toEqual({ ...lazy, apps: {} });
  await expect(clients.removeApp('idp', 'shop', 'test')).rejects.toMatchObject({ code: 'not_found' });
  expect((await clients.auditOf('idp')).map(({ action }) => action)).toEqual([
    'client.add',
    'client.mode',
    'client.mode',
  ]);
});

test.each([
  ['Without a target', { ...lazy, target: undefined, mode: 'off' }, 'shadow', 'no target'],
  [
    'A target that is not configured',
    { ...lazy, target: 'moon', mode: 'off' },
    'lazy',
    'no target of that name',
  ],
  ['Nowhere to log in', lazy, 'cutover', 'nowhere to log in'],
] as const)(
  'A mode that cannot be honoured is refused with the reason: %s.',
  async (_, first, mode, reason) => {
    const { clients, store } = await register({ verify: false });
    await clients.add(metadataOf({}), { ...lazy, mode: 'off' }, 'test');
    await store.db
      .updateTable('client')
      .set({ migration: JSON.stringify(first) })
      .execute();
    await expect(clients.setMode('idp', mode, 'test')).rejects.toMatchObject({
      code: 'cannot_be_honoured',
      message: expect.stringContaining(reason),
    });
    expect((await clients.find('idp'))?.migration.mode).toBe(first.mode);
  },
);

test('A target that cannot verify can be cut over to where people know the way.', async () => {
  const { clients } = await register({ verify: false });
  await clients.add(metadataOf({}), { ...lazy, movedUrl: 'https://new.example.com/' }, 'test');
  expect((await clients.setMode('idp', 'cutover', 'test')).migration.mode).toBe('cutover');
});

test('A switch whose time is over is refused, so that it never looks broken.', async () => {
  const { clients } = await register();
  await clients.add(metadataOf({}), lazy, 'test');
  await expect(clients.setMode('idp', 'lazy', 'test', { endsAt: 1 })).rejects.toMatchObject({
    message: expect.stringContaining('ended at 1970-01-01'),
  });
});

test('Cutover has its doubts until shadow has seen enough people, none of them with a problem.', async () => {
  const findings = { people: 3, problems: 1 };
  const { clients } = await register({ findings });
  const cutover = { requireCleanShadow: true, shadowPeople: 5 };
  await clients.add(metadataOf({}), { ...lazy, cutover }, 'test');
  expect(await clients.doubtsAboutCutover('idp')).toEqual([
    expect.stringContaining('3 of the 5 people'),
    expect.stringContaining('1 of the 3 people'),
  ]);
  await expect(clients.setMode('idp', 'cutover', 'test')).rejects.toMatchObject({
    code: 'not_in_this_state',
    message: expect.stringContaining('3 of the 5 people'),
  });
  await clients.setMode('idp', 'cutover', 'test', { force: true });
  expect((await clients.auditOf('idp')).at(-1)).toMatchObject({ after: { mode: 'cutover', forced: true } });
  await clients.setMode('idp', 'lazy', 'test');
  Object.assign(findings, { people: 5, problems: 0 });
  await clients.setMode('idp', 'cutover', 'test');
  expect((await clients.auditOf('idp')).at(-1)?.after).toEqual({ mode: 'cutover', percent: 100 });
});

test('Of two changes at one moment, one is made and the other is told.', async () => {
  const { clients } = await register();
  await clients.add(metadataOf({}), lazy, 'test');
  const both = await Promise.allSettled([
    clients.setMode('idp', 'off', 'one', { percent: 10 }),
    clients.setMode('idp', 'shadow', 'other', { percent: 20 }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('The configured migration block has the same limits, times with their zone, and apps.', () => {
  const { migration } = clientOptions.parse({
    client_id: 'idp',
    client_secret: 'a-secret-of-more-than-thirty-two-characters',
    redirect_uris,
    migration: {
      target: 'new',
      mode: 'cutover',
      percent: 5,
      deny: ['@vip.example.com'],
      from: '2030-03-01T06:00:00+01:00',
      otherwise: 'lazy',
      apps: { shop: { mode: 'shadow' } },
    },
  });
  expect(migration).toEqual({
    target: 'new',
    mode: 'cutover',
    percent: 5,
    deny: ['@vip.example.com'],
    startsAt: Date.UTC(2030, 2, 1, 5),
    otherwise: 'lazy',
    apps: { shop: { mode: 'shadow', percent: 100 } },
  });
});

test('A client needs an address to come back to, unless it is the admin API’s alone.', () => {
  const check = (client: object) => clientMetadata.safeParse({ client_id: 'idp', ...client }).success;
  expect(check({})).toBe(false);
  expect(check({ scope: 'openid admin:read' })).toBe(false);
  expect(check({ scope: 'admin:read' })).toBe(true);
  expect(check({ scope: 'admin:read', token_endpoint_auth_method: 'none' })).toBe(false);
});

test('An edit is made to the version that was seen, or not at all; a new secret ends the old one.', async () => {
  const { store, clients } = await register();
  const secrets = createSecretDigest(Buffer.alloc(32));
  const editing = createClientEditing({ store, clients, secrets, random: systemRandom });
  await clients.add(metadataOf({}), off, 'test');
  const edited = await editing.edit('idp', metadataOf({ client_name: 'New' }), 1, 'api:x');
  expect(edited).toMatchObject({ version: 2, metadata: { client_name: 'New' } });
  await expect(editing.edit('idp', metadataOf({}), 1, 'api:y')).rejects.toMatchObject({
    code: 'changed_meanwhile',
  });
  const secret = await editing.rotateSecret('idp', 2, 'api:x');
  expect(secrets.matches((await clients.find('idp'))?.secretDigest ?? '', secret)).toBe(true);
  await expect(editing.rotateSecret('idp', 2, 'api:y')).rejects.toMatchObject({ code: 'changed_meanwhile' });
  expect((await clients.auditOf('idp')).map(({ action }) => action)).toEqual([
    'client.add',
    'client.edit',
    'client.rotate-secret',
  ]);
});

test('What the configuration registers is edited there.', async () => {
  const { store, clients } = await register();
  const secrets = createSecretDigest(Buffer.alloc(32));
  const editing = createClientEditing({ store, clients, secrets, random: systemRandom });
  await clients.adoptConfigured([
    clientOptions.parse({ client_id: 'idp', redirect_uris, client_secret: 's'.repeat(32) }),
  ]);
  await expect(editing.edit('idp', metadataOf({}), 1, 'api:x')).rejects.toMatchObject({
    code: 'invalid_request',
  });
});
