import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { BridgeProcess } from '../../support/bridge-process.ts';
import { freePort } from '../../support/database-server.ts';
import { CALLBACK, SECRET } from '../../support/oidc-world.ts';
import { createRealSetup, type RealPerson, type RealSetup } from '../../support/real-setup.ts';
import { until } from '../../support/until.ts';

const PEOPLE: readonly RealPerson[] = Array.from({ length: 30 }, (_, index) => ({
  username: `person${index}`,
  password: `The old password of ${index}`,
}));

interface Run {
  readonly id: string;
  readonly state: string;
  readonly resumed?: boolean;
  readonly counters: Record<string, number>;
  readonly progress: { done: number; total?: number };
}

async function start(store: 'sqlite' | 'mysql' = 'mysql') {
  const port = await freePort();
  const api = `http://127.0.0.1:${port}/api/v1`;
  const setup = await createRealSetup({
    people: PEOPLE,
    store,
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
      targets: {
        'new-platform': {
          kind: 'sql',
          url: '${TARGET_DATABASE_URL}',
          table: 'users',
          externalId: 'footbridge_sub',
          password: { column: 'password_hash' },
          columns: { username: 'preferred_username', email: 'email' },
          disable: { column: 'active', disabled: 0, enabled: 1 },
        },
      },
    },
  });
  onTestFinished(setup.close);
  await setup.target.admin.query('alter table users add active tinyint not null default 1');
  return { setup, api };
}

async function program(setup: RealSetup): Promise<Record<string, string>> {
  const answer = await fetch(`${setup.issuer}/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`deploy:${SECRET}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'admin:read admin:write' }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return { Authorization: `Bearer ${access_token}` };
}

/** The API as a program asks it; the answer's body as it comes. */
const asking = (api: string, headers: Record<string, string>) =>
  async function ask<T>(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${api}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, json: (await answer.json()) as T };
  };
type Ask = ReturnType<typeof asking>;

const ended = (ask: Ask, id: string, state: string) =>
  until(`run ${id} is ${state}`, async () => {
    const { json } = await ask<Run>('GET', `/runs/${id}`);
    return json.state === state && json;
  });

const SLOW = { target: 'new-platform', rate: 4 };

test.each(['sqlite', 'mysql'] as const)(
  'A backfill is rehearsed, begun and watched from the API, with the records in %s.',
  async (store) => {
    const { setup, api } = await start(store);
    await setup.serve();
    const headers = await program(setup);
    const ask = asking(api, headers);

    const dry = await ask<Run>('POST', '/runs/backfill', { target: 'new-platform', dryRun: true });
    const rehearsal = await ended(ask, dry.json.id, 'done');
    expect(rehearsal.counters).toMatchObject({ read: 30, entered: 30, copied: 0 });
    expect(await setup.targetRows()).toEqual([]);

    const events = await fetch(`${api}/events`, { headers });
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    const wrong = await ask('POST', '/runs/backfill', { target: 'new-platform', only: ['nonsense'] });
    expect(wrong.status).toBe(400);
    const begun = await ask<Run>('POST', '/runs/backfill', SLOW);
    expect(begun.status).toBe(202);
    const path = String(begun.headers.get('location')).replace('/api/v1', '');
    expect(await ask('POST', '/runs/backfill', SLOW)).toMatchObject({ status: 409 });
    expect(await ask('POST', `${path}/resume`, {})).toMatchObject({ status: 409 });

    let heard = '';
    await until('the events tell of the run and of somebody who is across', async () => {
      heard += (await reader?.read())?.value ?? '';
      return /"runs":\[\{"id":"\w+","kind":"backfill"/.test(heard) && /"copied":[1-9]/.test(heard);
    });
    await reader?.cancel();

    expect((await ask<Run>('POST', `${path}/stop`)).json.state).toMatch(/stop/);
    const stopped = await ended(ask, begun.json.id, 'stopped');
    expect(stopped.counters.read).toBeLessThan(30);
    const whole = await ask<Run>('POST', '/runs/backfill', { target: 'new-platform' });
    await ended(ask, whole.json.id, 'done');
    expect(await setup.targetRows()).toHaveLength(30);
    expect((await ask('GET', '/progress')).json).toMatchObject({
      targets: [{ target: 'new-platform', across: 0, copied: 30, waiting: 0, failing: 0, notSeen: 0 }],
    });
    const series = (
      await ask<{ steps: Record<string, number>[] }>('GET', '/progress/series?target=new-platform')
    ).json;
    expect(series.steps.reduce((sum, { copied = 0 }) => sum + copied, 0)).toBe(30);
  },
);

test('A bridge that is ended leaves its run where it stands at once, listeners and all; the next one takes it up.', async () => {
  const { setup, api } = await start();
  const first = await setup.serve();
  const headers = await program(setup);
  const begun = await asking(api, headers)<Run>('POST', '/runs/backfill', SLOW);
  const listening = await fetch(`${api}/events`, { headers });
  const whole = listening.text();
  await until('some are across', async () => (await setup.targetRows()).length > 3);
  const from = performance.now();
  expect(await first.stop()).toBe(0);
  expect(performance.now() - from).toBeLessThan(8_000);
  expect(await whole).toContain('event: progress');

  await setup.serve();
  const ask = asking(api, await program(setup));
  expect((await ask<Run>('GET', `/runs/${begun.json.id}`)).json.state).toBe('interrupted');
  const resumed = await ask<Run>('POST', `/runs/${begun.json.id}/resume`, {});
  expect(resumed).toMatchObject({ status: 202, json: { id: begun.json.id, resumed: true } });
  await ended(ask, begun.json.id, 'done');
  expect(await setup.targetRows()).toHaveLength(30);
  expect(await setup.targetWrites()).toHaveLength(30);
});

test('What a killed bridge was at is resumed from the API, and by the command.', async () => {
  const { setup, api } = await start();
  let bridge: BridgeProcess = await setup.serve();
  let ask = asking(api, await program(setup));
  const begun = await ask<Run>('POST', '/runs/backfill', SLOW);
  for (const how of ['api', 'command']) {
    const before = (await setup.targetRows()).length;
    await until('more are across', async () => (await setup.targetRows()).length > before + 3);
    bridge.child.kill('SIGKILL');
    await bridge.ended;
    bridge = await setup.serve();
    ask = asking(api, await program(setup));
    if (how === 'api') await ask('POST', `/runs/${begun.json.id}/resume`, { rate: 4 });
    else expect((await setup.run('backfill', 'new-platform')).code).toBe(0);
  }
  expect((await ask<Run>('GET', `/runs/${begun.json.id}`)).json.state).toBe('done');
  expect(await setup.targetRows()).toHaveLength(30);
});

test('A sync waits with its deletions for a yes from the API; who said it is in the trail, as with the command.', async () => {
  const { setup, api } = await start();
  expect((await setup.run('backfill', 'new-platform')).code).toBe(0);
  await setup.serve();
  const ask = asking(api, await program(setup));
  await setup.legacy.admin.query("delete from be_users where username like 'person1_'");
  const begun = await ask<Run>('POST', '/runs/sync', { target: 'new-platform' });
  const held = await ended(ask, begun.json.id, 'held');
  expect(held).toMatchObject({ reason: expect.stringContaining('Is that right?') });
  expect(await ask('POST', '/runs/sync', { target: 'new-platform' })).toMatchObject({ status: 409 });
  expect((await ask('POST', `/runs/${held.id}/accept`)).status).toBe(202);
  expect((await ended(ask, held.id, 'done')).counters).toMatchObject({ deleted: 10 });

  await setup.legacy.admin.query("delete from be_users where username like 'person2_'");
  const { result } = await setup.run('sync', '--json');
  const [report] = JSON.parse(result) as [{ id: string; state: string }];
  expect(report.state).toBe('held');
  expect((await setup.run('runs', 'stop', report.id)).code).toBe(0);
  const trail = await ask<{ items: Record<string, string>[] }>('GET', `/audit?subject=run%3A${report.id}`);
  expect(trail.json.items).toMatchObject([
    { action: 'run.stop', actor: expect.stringMatching(/^cli:/) },
    { action: 'run.start', actor: expect.stringMatching(/^cli:/) },
  ]);
  const accepted = await ask<{ items: Record<string, string>[] }>('GET', '/audit?action=run.accept');
  expect(accepted.json.items).toMatchObject([{ actor: 'api:deploy', subject: `run:${held.id}` }]);
});

test('The report of the API is signed so that the command verifies it.', async () => {
  const { setup, api } = await start();
  await setup.serve();
  const ask = asking(api, await program(setup));
  const { json } = await ask<{ report: object; document: string; signature: string }>(
    'GET',
    '/report?target=new-platform&examples=2',
  );
  expect(json.report).toMatchObject({ people: 30, across: 0, verdict: 'not-ready' });
  const file = join(setup.folder, 'report.json');
  writeFileSync(file, json.document);
  writeFileSync(`${file}.jws`, `${json.signature}\n`);
  expect((await setup.run('report', '--verify', file)).code).toBe(0);
  writeFileSync(file, json.document.replace('not-ready', 'ready'));
  expect((await setup.run('report', '--verify', file)).code).toBe(1);
});
