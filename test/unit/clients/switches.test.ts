import { expect, test } from 'vitest';
import { clientMetadata } from '../../../src/clients/client.ts';
import { createClients } from '../../../src/clients/create-clients.ts';
import { clientOptions } from '../../../src/clients/options.ts';
import { createSecretDigest } from '../../../src/clients/secret-digest.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { systemRandom } from '../../../src/runtime/random.ts';
import { openMemoryStore } from '../../support/test-ledger.ts';

const redirect_uris = ['https://idp.example.com/callback'];
const metadata = clientMetadata.parse({ client_id: 'idp', redirect_uris });
const off = { target: 'new', mode: 'off', percent: 100 } as const;
const nobody = { people: 0, problems: 0 };

async function register(migration: Parameters<ReturnType<typeof createClients>['add']>[1] = off) {
  const store = await openMemoryStore(systemClock);
  const clients = createClients({
    store,
    secrets: createSecretDigest(Buffer.alloc(32)),
    random: systemRandom,
    targets: new Map([
      ['new', { verify: true }],
      ['other', { verify: false }],
    ]),
    shadowOf: async () => nobody,
  });
  await clients.add(metadata, migration, 'test');
  return { ...clients, store };
}

test('The last change of a switch is taken back as a whole, and taking that back brings it again.', async () => {
  const clients = await register();
  await clients.setMode('idp', 'lazy', 'ann', { percent: 10, allow: ['7'], otherwise: 'shadow' });
  await clients.setMode('idp', 'cutover', 'bob', { percent: 100, allow: [], otherwise: null });
  const cutover = (await clients.find('idp'))?.migration;
  expect(await clients.lastSwitch('idp')).toMatchObject({
    actor: 'bob',
    before: { mode: 'lazy', percent: 10, allow: ['7'], otherwise: 'shadow' },
    after: { mode: 'cutover', percent: 100 },
    undo: false,
  });
  const { migration } = await clients.undoSwitch('idp', 'cleo');
  expect(migration).toMatchObject({ mode: 'lazy', percent: 10, allow: ['7'], otherwise: 'shadow' });
  expect((await clients.auditOf('idp')).at(-1)).toMatchObject({
    actor: 'cleo',
    action: 'client.mode',
    before: { mode: 'cutover' },
    after: { mode: 'lazy', undo: true },
  });
  expect((await clients.undoSwitch('idp', 'cleo')).migration).toEqual(cutover);
});

test('The switch of an app is taken back to what it was, or to none, without touching the others.', async () => {
  const clients = await register();
  await clients.setMode('idp', 'lazy', 'ann', { app: 'shop' });
  await clients.setMode('idp', 'shadow', 'ann');
  expect((await clients.undoSwitch('idp', 'ann', { app: 'shop' })).migration).toMatchObject({
    mode: 'shadow',
    apps: {},
  });
  expect((await clients.undoSwitch('idp', 'ann', { app: 'shop' })).migration.apps).toEqual({
    shop: { mode: 'lazy', percent: 100 },
  });
  await clients.removeApp('idp', 'shop', 'ann');
  expect((await clients.undoSwitch('idp', 'ann', { app: 'shop' })).migration.apps).toEqual({
    shop: { mode: 'lazy', percent: 100 },
  });
});

test('Nothing is taken back where nothing was turned, by another version, or from another registration.', async () => {
  const clients = await register();
  await expect(clients.undoSwitch('idp', 'ann')).rejects.toMatchObject({ code: 'not_in_this_state' });
  await clients.setMode('idp', 'lazy', 'ann');
  await expect(clients.undoSwitch('idp', 'ann', { version: 1 })).rejects.toMatchObject({
    code: 'changed_meanwhile',
  });
  await clients.remove('idp', 'ann');
  await clients.add(metadata, { ...off, mode: 'lazy' }, 'ann');
  await expect(clients.undoSwitch('idp', 'ann')).rejects.toMatchObject({ code: 'not_in_this_state' });
  await expect(clients.undoSwitch('idp', 'ann', { app: 'shop' })).rejects.toMatchObject({
    code: 'not_in_this_state',
  });
});

test('Taking back is judged like every other change.', async () => {
  const cutover = { requireCleanShadow: true, shadowPeople: 5 };
  const clients = await register({ ...off, cutover });
  await clients.setMode('idp', 'cutover', 'ann', { force: true });
  await clients.setMode('idp', 'lazy', 'ann');
  await expect(clients.undoSwitch('idp', 'ann')).rejects.toMatchObject({ code: 'not_in_this_state' });
  expect((await clients.undoSwitch('idp', 'ann', { force: true })).migration.mode).toBe('cutover');
});

test('A change is made to the version that was seen, or not at all.', async () => {
  const clients = await register();
  const all = await Promise.allSettled(
    ['lazy', 'shadow', 'lazy'].map((mode) => clients.setMode('idp', mode as 'lazy', 'ann', { version: 1 })),
  );
  expect(all.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect((await clients.find('idp'))?.version).toBe(2);
});

test('A change that is foreseen says what would be refused or doubted, and writes nothing.', async () => {
  const clients = await register({ ...off, cutover: { requireCleanShadow: true, shadowPeople: 5 } });
  const seen = await clients.foresee('idp', 'cutover', { percent: 5 });
  expect(seen).toMatchObject({
    before: { mode: 'off', percent: 100 },
    after: { mode: 'cutover', percent: 5 },
    refusal: { code: 'not_in_this_state' },
    doubts: [expect.stringContaining('0 of the 5')],
  });
  expect((await clients.foresee('idp', 'lazy')).refusal).toBeUndefined();
  expect(await clients.foresee('idp', 'cutover', { target: 'other', force: true })).toMatchObject({
    migration: { target: 'other' },
    refusal: { code: 'cannot_be_honoured', message: expect.stringContaining('nowhere to log in') },
  });
  await expect(clients.foresee('idp', undefined, { app: 'shop' })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await clients.find('idp')).toMatchObject({ version: 1, migration: { mode: 'off', target: 'new' } });
  expect(await clients.auditOf('idp')).toHaveLength(1);
});

test('The target changes with the switch and comes back with it; an app has none of its own.', async () => {
  const clients = await register();
  expect((await clients.setMode('idp', 'lazy', 'ann', { target: 'other' })).migration.target).toBe('other');
  expect((await clients.auditOf('idp')).at(-1)).toMatchObject({
    before: { target: 'new', mode: 'off' },
    after: { target: 'other', mode: 'lazy' },
  });
  expect((await clients.undoSwitch('idp', 'ann')).migration.target).toBe('new');
  await expect(clients.setMode('idp', 'off', 'ann', { target: 'nowhere' })).rejects.toMatchObject({
    code: 'cannot_be_honoured',
  });
  await expect(clients.setMode('idp', 'lazy', 'ann', { app: 'shop', target: 'other' })).rejects.toMatchObject(
    { code: 'invalid_request' },
  );
  // Every switch means the new house: the app's cutover would lead nowhere there.
  await clients.setMode('idp', 'cutover', 'ann', { app: 'shop' });
  await expect(clients.setMode('idp', 'lazy', 'ann', { target: 'other' })).rejects.toMatchObject({
    code: 'cannot_be_honoured',
  });
  expect((await clients.setMode('idp', 'off', 'ann')).migration.target).toBe('new');
});

test('The target of what the configuration registers is the configuration’s.', async () => {
  const clients = await register();
  await clients.adoptConfigured([
    clientOptions.parse({
      client_id: 'rp',
      redirect_uris,
      client_secret: 's'.repeat(32),
      migration: { target: 'new' },
    }),
  ]);
  await expect(clients.setMode('rp', 'lazy', 'ann', { target: 'other' })).rejects.toMatchObject({
    code: 'cannot_be_honoured',
    message: expect.stringContaining('configuration'),
  });
  expect((await clients.setMode('rp', 'lazy', 'ann', { target: 'new' })).migration.mode).toBe('lazy');
});

test('A switch that was changed beside the trail is not taken back to what it never was.', async () => {
  const { store, ...clients } = await register();
  await clients.setMode('idp', 'lazy', 'ann');
  const migration = JSON.stringify({ ...off, mode: 'shadow' });
  await store.db.updateTable('client').set({ migration }).execute();
  await expect(clients.undoSwitch('idp', 'ann')).rejects.toMatchObject({
    code: 'not_in_this_state',
    message: expect.stringContaining('not as its last change left it'),
  });
  expect((await clients.find('idp'))?.migration.mode).toBe('shadow');
});
