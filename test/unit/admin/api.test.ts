import { afterEach, expect, test } from 'vitest';
import { type AdminWorld, startAdmin } from '../../support/admin-world.ts';
import { legacyUser, loginOf } from '../../support/test-courier.ts';
import { captureOf } from '../../support/test-ledger.ts';

let world: AdminWorld;
afterEach(() => world.close());

const newClient = { client_id: 'idp', redirect_uris: ['https://idp.example.com/callback'] };

test('A client is registered, edited, switched, given a new secret and removed, each by the version that was seen.', async () => {
  world = await startAdmin();
  const added = await world.api('POST', '/clients', { body: { ...newClient, migration: { target: 'new' } } });
  expect(added.status).toBe(201);
  expect(added.json).toMatchObject({ client_id: 'idp', origin: 'admin', has_secret: true, version: 1 });
  expect(added.json.client_secret).toHaveLength(43);
  expect(added.headers.get('etag')).toBe('"1"');

  const shown = await world.api('GET', '/clients/idp');
  expect(shown.text).not.toContain('client_secret":');
  const edit = { redirect_uris: ['https://idp.example.com/other'] };
  const edited = await world.api('PUT', '/clients/idp', { headers: { 'If-Match': '"1"' }, body: edit });
  expect(edited.json).toMatchObject({ version: 2, ...edit });

  const lost = await world.api('PUT', '/clients/idp', { headers: { 'If-Match': '"1"' }, body: edit });
  expect(lost).toMatchObject({ status: 412, json: { code: 'changed_meanwhile' } });
  expect((await world.api('PUT', '/clients/idp', { body: edit })).status).toBe(428);
  for (const tag of ['*', 'W/"2"', '2', '"x"']) {
    expect(
      (await world.api('PUT', '/clients/idp', { headers: { 'If-Match': tag }, body: edit })).status,
    ).toBe(412);
  }

  const switches = await Promise.all(
    ['lazy', 'lazy', 'lazy'].map((mode) =>
      world.api('PUT', '/clients/idp/mode', { headers: { 'If-Match': '"2"' }, body: { mode } }),
    ),
  );
  expect(switches.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  const switched = switches.find(({ status }) => status === 200);
  expect(switched?.json).toMatchObject({ migration: { mode: 'lazy' } });
  const rotated = await world.api('POST', '/clients/idp/secret', {
    headers: { 'If-Match': switched?.headers.get('etag') ?? '' },
  });
  expect(rotated.json.client_secret).not.toBe(added.json.client_secret);
  const removed = await world.api('DELETE', '/clients/idp', {
    headers: { 'If-Match': rotated.headers.get('etag') ?? '' },
  });
  expect(removed).toMatchObject({ status: 204, text: '' });
  expect((await world.api('GET', '/clients/idp')).status).toBe(404);

  const { json: trail } = await world.api('GET', '/audit?subject=client%3Aidp');
  expect(trail.items.map(({ action }: { action: string }) => action)).toEqual([
    'client.remove',
    'client.rotate-secret',
    'client.mode',
    'client.edit',
    'client.add',
  ]);
  expect(trail.items[2]).toMatchObject({
    actor: 'api:reads-and-writes',
    before: { mode: 'off' },
    after: { mode: 'lazy' },
  });
  expect(JSON.stringify(trail)).not.toContain(rotated.json.client_secret);
});

test('The same write with the same key has one answer; the key with another request is refused.', async () => {
  world = await startAdmin();
  const headers = { 'Idempotency-Key': 'first try' };
  const first = await world.api('POST', '/clients', { headers, body: newClient });
  const again = await world.api('POST', '/clients', { headers, body: newClient });
  expect(again.status).toBe(201);
  expect(again.text).toBe(first.text);
  expect(again.headers.get('etag')).toBe('"1"');
  expect(again.headers.get('idempotency-replayed')).toBe('true');

  const other = await world.api('POST', '/clients', { headers, body: { ...newClient, client_id: 'two' } });
  expect(other).toMatchObject({ status: 422, json: { code: 'idempotency_key_reused' } });
  world.time.pass(86_400_001);
  expect((await world.api('POST', '/clients', { headers, body: newClient })).status).toBe(409);
});

test('A key whose request failed may try again; of several at once one is done.', async () => {
  world = await startAdmin();
  const headers = { 'Idempotency-Key': 'k' };
  await world.clients.add(
    { ...newClient, token_endpoint_auth_method: 'none', pkce: 'required' },
    off,
    'test',
  );
  expect((await world.api('POST', '/clients', { headers, body: newClient })).status).toBe(409);
  await world.clients.remove('idp', 'test');
  const all = await Promise.all(
    Array.from({ length: 5 }, () => world.api('POST', '/clients', { headers, body: newClient })),
  );
  expect(all.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
  for (const { json } of all) expect(['request_under_way', undefined]).toContain(json.code);
  expect((await world.api('GET', '/clients')).json.items).toHaveLength(1);
});

test('The store holds no answer in the clear, though it can give it again.', async () => {
  world = await startAdmin();
  const added = await world.api('POST', '/clients', { headers: { 'Idempotency-Key': 'k' }, body: newClient });
  const rows = JSON.stringify(await world.store.db.selectFrom('artifact').selectAll().execute());
  expect(rows).not.toContain(added.json.client_secret);
  expect(rows).toContain('AdminAnswer');
});

test('Lists are paged by key, and pages together are the whole.', async () => {
  world = await startAdmin();
  for (const name of ['c', 'a', 'b']) {
    await world.api('POST', '/clients', { body: { ...newClient, client_id: name } });
  }
  const first = await world.api('GET', '/clients?limit=2');
  expect(first.json.items.map(({ client_id }: { client_id: string }) => client_id)).toEqual(['a', 'b']);
  const rest = await world.api('GET', `/clients?limit=2&after=${encodeURIComponent(first.json.next)}`);
  expect(rest.json.items.map(({ client_id }: { client_id: string }) => client_id)).toEqual(['c']);
  expect(rest.json).not.toHaveProperty('next');

  const newest = await world.api('GET', '/audit?limit=2');
  const older = await world.api('GET', `/audit?limit=2&after=${newest.json.next}`);
  expect([...newest.json.items, ...older.json.items].map(({ subject }) => subject)).toEqual([
    'client:b',
    'client:a',
    'client:c',
  ]);
});

test('A person is found, shown with row, state and history, parked, retried, excluded and forgotten.', async () => {
  world = await startAdmin();
  const anna = legacyUser(7, { preferred_username: 'anna' }, '5f4dcc3b5aa765d61d8327deb882cf99');
  world.directory.users.set('7', anna);
  world.directory.find = async (name) => (name === 'anna' ? { kind: 'found', user: anna } : { kind: 'none' });
  await world.ledger.capture(loginOf(anna));

  const found = await world.api('GET', '/people?login=anna');
  expect(found.json.items).toMatchObject([{ directory: 'legacy', legacyId: '7' }]);
  expect((await world.api('GET', '/people?legacyId=7')).json).toEqual(found.json);
  expect((await world.api('GET', '/people?sub=sub-7')).json.items).toHaveLength(1);
  expect((await world.api('GET', '/people?login=nobody')).json.items).toEqual([]);
  expect((await world.api('GET', '/people?login=anna&legacyId=7')).status).toBe(400);

  const body = { target: 'new', reason: 'Asked to wait.' };
  const path = '/people/legacy/7';
  expect((await world.api('POST', `${path}/park`, { body })).status).toBe(204);
  const shown = await world.api('GET', path);
  expect(shown.json).toMatchObject({
    legacy: { status: 'active', profile: { preferred_username: 'anna' }, password: { kind: 'ambiguous' } },
    targets: [{ target: 'new', state: 'parked', reason: 'Asked to wait.' }],
    history: [{ action: 'ledger.park', before: { state: 'captured' } }],
  });
  expect(shown.text).not.toContain('5f4dcc3b');

  expect((await world.api('POST', `${path}/retry`, { body: {} })).json).toEqual({ rows: 1 });
  expect((await world.api('POST', `${path}/exclude`, { body })).status).toBe(204);
  expect((await world.api('POST', `${path}/forget`, { body: { target: 'new' } })).status).toBe(204);
  expect((await world.api('GET', path)).json.targets).toEqual([]);
  expect((await world.api('GET', '/people/other/7')).status).toBe(404);
  expect((await world.api('POST', `${path}/exclude`, { body: { ...body, target: 'nowhere' } })).status).toBe(
    400,
  );
});

test('An outage of the old table is said as one, and never as nobody.', async () => {
  world = await startAdmin();
  world.directory.out = true;
  const answer = await world.api('GET', '/people/legacy/7');
  expect(answer).toMatchObject({ status: 503, json: { code: 'legacy_unavailable' } });
  expect(answer.headers.get('retry-after')).toBe('10');
});

test('The ledger is listed, counted by reason, and retried by reason.', async () => {
  world = await startAdmin();
  for (const id of [1, 2, 3]) await world.ledger.capture(captureOf(id));
  for (const id of [1, 2]) {
    const body = { target: 'new', reason: id === 1 ? 'One.' : 'Two.' };
    await world.api('POST', `/people/legacy/${id}/park`, { body });
  }
  expect((await world.api('GET', '/ledger?state=parked&limit=1')).json).toMatchObject({
    items: [{ person: { legacyId: '1' } }],
    next: expect.any(String),
  });
  expect((await world.api('GET', '/ledger/counts')).json.items).toContainEqual({
    target: 'new',
    state: 'parked',
    reason: 'Two.',
    count: 1,
  });
  expect((await world.api('POST', '/ledger/retry', { body: {} })).status).toBe(400);
  expect((await world.api('POST', '/ledger/retry', { body: { reason: 'Two.' } })).json).toEqual({ rows: 1 });
  const { json } = await world.api('GET', '/audit?action=ledger.retry');
  expect(json.items[0]).toMatchObject({ before: [{ state: 'parked', rows: 1 }], after: { rows: 1 } });
});

test('A target is shown with what it can do, checked, paused and resumed.', async () => {
  world = await startAdmin();
  expect((await world.api('GET', '/targets')).json.items).toMatchObject([
    { name: 'new', capabilities: { firstHash: true }, circuit: { state: 'open', failures: 0 } },
  ]);
  expect((await world.api('POST', '/targets/new/check')).json).toEqual({ findings: [] });
  const body = { minutes: 5, reason: 'Maintenance.' };
  const paused = await world.api('POST', '/targets/new/pause', { body });
  expect(paused.json.circuit).toMatchObject({ state: 'resting', reason: 'Maintenance.' });
  const resumed = await world.api('POST', '/targets/new/resume');
  expect(resumed.json.circuit).toEqual({ state: 'open', failures: 0 });
  expect((await world.api('GET', '/audit?subject=target%3Anew')).json.items).toMatchObject([
    { action: 'target.resume', before: { state: 'resting' }, after: { state: 'open' } },
    { action: 'target.pause', before: { state: 'open' }, after: { state: 'resting' } },
  ]);
  expect((await world.api('GET', '/targets/other')).status).toBe(404);
});

test('Schemes, census, checks, keys and sessions answer, and what changes is in the trail.', async () => {
  world = await startAdmin();
  world.directory.sampleCredentials = async () => [
    { encoded: '$2y$10$abcdefghijklmnopqrstuuSwu0n1Gh4ZyAGrvE3fcbCg0GVEYGbLK', scheme: 'auto' },
    { encoded: '', scheme: 'auto' },
  ];
  expect((await world.api('GET', '/schemes?limit=3')).json.items).toHaveLength(3);
  expect((await world.api('GET', '/schemes/census')).json).toEqual({});
  const census = (await world.api('POST', '/schemes/census?sample=10', { token: 'only-reads' })).json;
  expect(census).toMatchObject({
    sampled: 2,
    lines: [
      { scheme: 'bcrypt', parameters: { cost: 10 }, judgement: 'strong', people: 1 },
      { kind: 'empty', judgement: 'none', people: 1 },
    ],
  });
  expect((await world.api('GET', '/schemes/census')).json).toEqual({ census });
  expect((await world.api('GET', '/schemes?search=WordPress&strength=strong')).json.items).toMatchObject([
    { name: 'wordpress-bcrypt', group: 'prefix' },
  ]);
  expect((await world.api('GET', '/schemes/unverifiable')).json).toEqual({ items: [] });
  expect((await world.api('POST', '/checks')).json.findings).toHaveLength(1);
  expect((await world.api('GET', '/keys')).json).toEqual({ items: [] });
  expect((await world.api('POST', '/keys')).status).toBe(201);
  expect((await world.api('POST', '/sessions/revoke', { body: { sub: 'x' } })).json).toEqual({
    sessions: 1,
    grants: 2,
  });
  const { json } = await world.api('GET', '/audit');
  expect(json.items.map(({ action }: { action: string }) => action)).toEqual([
    'sessions.revoke',
    'keys.rotate',
  ]);
});

const off = { target: undefined, mode: 'off', percent: 100 } as const;
