import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientMetadata } from '../../../src/clients/client.ts';
import type { Migration } from '../../../src/clients/migration.ts';
import type { Settlement } from '../../../src/ledger/ledger.ts';
import { type AdminWorld, startAdmin } from '../../support/admin-world.ts';
import { legacyUser } from '../../support/test-courier.ts';
import { captureOf, person } from '../../support/test-ledger.ts';

let world: AdminWorld;
beforeEach(async () => {
  world = await startAdmin();
});
afterEach(() => world.close());

const off: Migration = { target: 'new', mode: 'off', percent: 100 };
const moved = { movedUrl: 'https://new.example.com/' };

async function register(migration: Migration = off, client_id = 'app') {
  const metadata = clientMetadata.parse({ client_id, redirect_uris: ['https://idp.example.com/cb'] });
  await world.clients.add(metadata, migration, 'test');
}

async function tag(): Promise<Record<string, string>> {
  return { 'If-Match': (await world.api('GET', '/clients/app')).headers.get('etag') ?? '' };
}

const turn = async (body: object) => world.api('PUT', '/clients/app/mode', { headers: await tag(), body });
const undo = async (body: object) =>
  world.api('POST', '/clients/app/mode/undo', { headers: await tag(), body });
const preview = (body: object, token?: string) =>
  world.api('POST', '/clients/app/mode/preview', { body, token });

async function settled(id: number, settlement: Settlement) {
  await world.ledger.capture(captureOf(id));
  const claims = await world.ledger.claim({ target: 'new', limit: 10, leaseMs: 1000 });
  for (const claim of claims) await world.ledger.settle(claim, settlement);
}
const copied = (id: number) => settled(id, { kind: 'copied', profileDigest: 'p' });
const parked = (id: number) => settled(id, { kind: 'parked', reason: 'Too long.' });

test('Everything that a switch has is set and taken away again, for the client and for an app behind it.', async () => {
  await register();
  const startsAt = 1_900_000_000_000;
  const whole = {
    mode: 'lazy',
    percent: 25,
    allow: ['7', '@example.com'],
    deny: ['legacy:8'],
    otherwise: 'shadow',
    startsAt,
    endsAt: startsAt + 1,
  };
  const turned = await turn(whole);
  expect(turned).toMatchObject({ status: 200, json: { migration: whole, version: 2, warnings: [] } });
  expect(turned.headers.get('etag')).toBe('"2"');
  const less = await turn({
    mode: 'lazy',
    allow: [],
    deny: [],
    otherwise: null,
    startsAt: null,
    endsAt: null,
  });
  expect(less.json.migration).toEqual({ target: 'new', mode: 'lazy', percent: 25 });

  expect((await turn({ mode: 'off', app: 'shop', percent: 5 })).json.migration.apps).toEqual({
    shop: { mode: 'off', percent: 5 },
  });
  expect((await turn({ mode: 'inherit', app: 'shop' })).json.migration.apps).toEqual({});
  expect((await turn({ mode: 'inherit', app: 'shop' })).status).toBe(404);
  expect((await turn({ mode: 'inherit' })).status).toBe(400);
  expect((await turn({ mode: 'off', target: null })).json.migration).not.toHaveProperty('target');
});

test('The switch is looked at with whom it means and which modes can be had, whatever its limits are.', async () => {
  for (let id = 1; id <= 40; id += 1) world.directory.users.set(String(id), legacyUser(id));
  await register({ ...off, mode: 'lazy', percent: 25, endsAt: world.time.clock() + 1000 });
  world.time.pass(2000);
  const seen = await world.api('GET', '/clients/app/mode', { token: 'only-reads' });
  expect(seen.headers.get('etag')).toBe('"1"');
  expect(seen.json).toMatchObject({
    version: 1,
    target: 'new',
    own: { mode: 'lazy', percent: 25 },
    people: { everybody: { number: 40, how: 'estimated' }, meant: { number: 10, how: 'estimated' } },
    choices: [
      { mode: 'off', doubts: [] },
      { mode: 'shadow', doubts: [] },
      { mode: 'lazy', doubts: [] },
      {
        mode: 'cutover',
        refusal: { code: 'cannot_be_honoured', sentence: expect.stringContaining('nowhere to log in') },
        doubts: [expect.stringContaining('Shadow has seen 0')],
      },
    ],
  });
  expect(seen.json.choices.filter((one: object) => 'refusal' in one)).toHaveLength(1);
  const app = await world.api('GET', '/clients/app/mode?app=shop');
  expect(app.json).not.toHaveProperty('own');
  expect((await world.api('GET', '/clients/none/mode')).status).toBe(404);
});

test('The list of clients says how far the people are whom each of them brought.', async () => {
  await register({ ...off, mode: 'lazy' });
  await register({ ...off, mode: 'lazy' }, 'other');
  await copied(1);
  await parked(2);
  await world.ledger.capture(captureOf(3));
  const { items } = (await world.api('GET', '/clients')).json;
  expect(items.map((one: { client_id: string; people: object }) => [one.client_id, one.people])).toEqual([
    ['app', { across: 1, waiting: 1, failing: 1 }],
    ['other', { across: 0, waiting: 0, failing: 0 }],
  ]);
});

test('What cannot be honoured is 422 with the reason; cutover before shadow is clean is 409, or warned of.', async () => {
  await register();
  expect(await turn({ mode: 'cutover' })).toMatchObject({
    status: 422,
    json: { code: 'cannot_be_honoured', detail: expect.stringContaining('nowhere to log in') },
  });
  expect(await turn({ mode: 'lazy', endsAt: 1 })).toMatchObject({ status: 422 });
  expect(await turn({ mode: 'off', target: 'nowhere' })).toMatchObject({ status: 422 });
  await world.clients.remove('app', 'test');
  await register({ ...off, ...moved, cutover: { requireCleanShadow: true, shadowPeople: 3 } });
  expect(await turn({ mode: 'cutover' })).toMatchObject({
    status: 409,
    json: { code: 'not_in_this_state', detail: expect.stringContaining('0 of the 3 people') },
  });
  const forced = await turn({ mode: 'cutover', force: true });
  expect(forced).toMatchObject({ status: 200, json: { warnings: [expect.stringContaining('0 of the 3')] } });
});

test('A preview says what becomes of who waits and who is across, and changes nothing.', async () => {
  await register({ ...off, ...moved });
  for (const id of [1, 2]) await copied(id);
  await parked(3);
  for (const id of [4, 5, 6]) await world.ledger.capture(captureOf(id));
  for (const id of [1, 2, 3, 4, 5, 6, 7, 8]) world.directory.users.set(String(id), legacyUser(id));

  const lazy = await preview({ mode: 'lazy', percent: 25, otherwise: 'shadow' }, 'only-reads');
  expect(lazy.json).toMatchObject({
    version: 1,
    before: { mode: 'off', percent: 100 },
    after: { mode: 'lazy', percent: 25 },
    people: { everybody: { number: 8, how: 'estimated' }, after: { number: 2, how: 'estimated' } },
    effects: [
      {
        kind: 'sent',
        people: { number: 3, how: 'counted' },
        sentence: '3 rows wait for "new" and will be sent.',
      },
      { kind: 'waits-for-admin', people: { number: 1 } },
      { kind: 'captured', people: { number: 2 } },
      { kind: 'left-out', people: { number: 6 }, sentence: expect.stringContaining('"shadow"') },
    ],
  });
  expect(lazy.json).not.toHaveProperty('refusal');

  const cutover = await preview({ mode: 'cutover' });
  expect(cutover.json.warnings).toEqual([expect.stringContaining('0 of the 20 people')]);
  expect(cutover.json.shadow).toMatchObject({ clean: false, people: 0 });
  expect(cutover.json.effects).toContainEqual({
    kind: 'moved',
    people: { number: 2, how: 'counted' },
    sentence: '2 people will be told to log in at https://new.example.com/: the old password opens nothing.',
  });
  const one = await preview({ mode: 'cutover', percent: 0, allow: ['1'] });
  expect(one.json.effects).toContainEqual(
    expect.objectContaining({ kind: 'moved', people: { number: 1, how: 'counted' } }),
  );
  expect(one.json.people.after).toEqual({ number: 1, how: 'counted' });
  expect(await world.clients.find('app')).toMatchObject({ version: 1, migration: { mode: 'off' } });
  expect(await world.clients.auditOf('app')).toHaveLength(1);
});

test('A preview of going back says what is held, and who the old table verifies again.', async () => {
  await register({ ...off, ...moved, mode: 'cutover' });
  await copied(1);
  await world.ledger.capture(captureOf(2));
  const { json } = await preview({ mode: 'off' });
  expect(json.effects).toEqual([
    expect.objectContaining({ kind: 'held', people: { number: 1, how: 'counted' } }),
    expect.objectContaining({ kind: 'verified-by-legacy', people: { number: 1, how: 'counted' } }),
  ]);
  const fewer = await preview({ mode: 'cutover', percent: 0, allow: ['2'], otherwise: 'lazy' });
  expect(fewer.json.effects).toMatchObject([
    { kind: 'goes-on', people: { number: 1 } },
    { kind: 'captured', people: { number: 1, how: 'counted' } },
    { kind: 'moved', people: { number: 0 } },
    { kind: 'verified-by-legacy', people: { number: 1, how: 'counted' } },
    { kind: 'left-out' },
  ]);
  const app = await preview({ mode: 'lazy', app: 'shop' });
  expect(app.json.before).toBeUndefined();
  expect(app.json.effects).toMatchObject([
    { kind: 'goes-on' },
    { kind: 'captured', sentence: expect.stringContaining('at app "shop"') },
    { kind: 'verified-by-legacy', people: { number: 1 } },
  ]);
});

test('A preview names what would be refused, and what is not known because the old table is out.', async () => {
  await register();
  world.directory.count = async () => undefined;
  const { json } = await preview({ mode: 'cutover' });
  expect(json).toMatchObject({
    refusal: { code: 'cannot_be_honoured', sentence: expect.stringContaining('nowhere') },
    people: { everybody: { number: null, how: 'unknown' } },
  });
  await world.api('POST', '/targets/new/pause', { body: { minutes: 5, reason: 'Maintenance.' } });
  const later = world.time.clock() + 1000;
  expect((await preview({ mode: 'lazy', startsAt: later })).json.warnings).toEqual([
    expect.stringContaining('until then the mode is "off"'),
    expect.stringContaining('Maintenance.'),
  ]);
});

test('An undo takes the last change back, by the version that was seen, and can be seen before.', async () => {
  await register();
  expect((await world.api('GET', '/clients/app/mode/undo')).json).toEqual({});
  expect(await undo({})).toMatchObject({ status: 409, json: { code: 'not_in_this_state' } });
  await turn({ mode: 'lazy', percent: 10 });
  const seen = await tag();
  expect((await world.api('GET', '/clients/app/mode/undo')).json.change).toMatchObject({
    actor: 'api:reads-and-writes',
    undo: false,
    before: { mode: 'off', percent: 100 },
    after: { mode: 'lazy', percent: 10 },
  });
  await turn({ mode: 'lazy', percent: 20 });
  const late = await world.api('POST', '/clients/app/mode/undo', { headers: seen, body: {} });
  expect(late).toMatchObject({ status: 412, json: { code: 'changed_meanwhile' } });
  expect((await undo({})).json.migration).toEqual({ target: 'new', mode: 'lazy', percent: 10 });
  expect((await world.api('GET', '/audit?subject=client%3Aapp')).json.items[0]).toMatchObject({
    action: 'client.mode',
    before: { percent: 20 },
    after: { percent: 10, undo: true },
  });
  expect((await world.api('POST', '/clients/app/mode/undo', { body: {} })).status).toBe(428);
});

test('Shadow’s findings are shown by what went wrong, and forgotten on demand, which is in the trail.', async () => {
  await register({ ...off, cutover: { requireCleanShadow: false, shadowPeople: 1 } });
  const sighting = { ...captureOf(7), clientId: 'app', problem: 'conflict' as const, reason: 'Taken.' };
  await world.shadow.record(sighting);
  await world.shadow.tally('new', 'md5', ['any'], false);
  const { json } = await world.api('GET', '/clients/app/shadow');
  const now = world.time.clock();
  expect(json).toEqual({
    target: 'new',
    clean: false,
    doubts: [expect.stringContaining('1 of the 1 people')],
    people: 1,
    problems: 1,
    firstSeenAt: now,
    lastSeenAt: now,
    groups: [{ problem: 'conflict', reason: 'Taken.', people: 1, examples: [person(7)] }],
    rehashes: [{ scheme: 'md5', trait: 'any', tried: 1, mismatched: 1 }],
  });
  await world.shadow.record({ ...sighting, problem: undefined, reason: undefined });
  expect((await world.api('GET', '/clients/app/shadow')).json).toMatchObject({ clean: true, problems: 0 });
  const cleared = await world.api('DELETE', '/clients/app/shadow');
  expect(cleared.json).toMatchObject({ clean: false, people: 0, firstSeenAt: null, rehashes: [] });
  expect((await world.api('GET', '/audit?action=shadow.clear')).json.items).toMatchObject([
    { subject: 'target:new', before: { people: 1 } },
  ]);
  await register({ ...off, target: undefined }, 'bare');
  expect((await world.api('GET', '/clients/bare/shadow')).status).toBe(409);
});

test('The setup sheet says what to type at the other side, and which way of naming apps applies.', async () => {
  await register();
  const { json, text } = await world.api('GET', '/clients/app/setup', { token: 'only-reads' });
  expect(json).toMatchObject({
    issuer: 'https://login.example.com',
    discovery: 'https://login.example.com/.well-known/openid-configuration',
    endpoints: { token_endpoint: 'https://login.example.com/token' },
    client_id: 'app',
    logsPeopleIn: true,
    authentication: { method: 'client_secret_basic', has_secret: true },
    redirect_uris: ['https://idp.example.com/cb'],
    scopes: [
      { scope: 'openid', claims: ['sub'] },
      { scope: 'email', claims: ['email', 'email_verified'] },
      { scope: 'groups', claims: ['groups'] },
    ],
    apps: [
      { how: 'connection', applies: true },
      { how: 'parameter', applies: false },
      { how: 'acr_values', applies: true, example: 'acr_values=app:shop' },
    ],
  });
  const digest = (await world.clients.find('app'))?.secretDigest ?? 'none';
  expect(text).not.toContain(digest);
  const machine = clientMetadata.parse({ client_id: 'deploy', scope: 'admin:read' });
  await world.clients.add(machine, { ...off, target: undefined }, 'test');
  expect((await world.api('GET', '/clients/deploy/setup')).json).toMatchObject({
    logsPeopleIn: false,
    scopes: [],
    admin_scopes: ['admin:read'],
    apps: [],
  });
  expect((await world.api('GET', '/clients/nobody/setup')).status).toBe(404);
});
