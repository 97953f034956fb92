import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CheckResult } from '../../../src/domain/check.ts';
import { runFootbridge } from '../../support/bridge-process.ts';
import { freePort } from '../../support/database-server.ts';
import { createRealSetup, type RealSetup } from '../../support/real-setup.ts';

let setup: RealSetup;
beforeAll(async () => {
  setup = await createRealSetup({ people: [{ username: 'anna', password: 'secret' }] });
});
afterAll(() => setup.close());

async function check(): Promise<{ code: number | string; results: CheckResult[] }> {
  const { code, result } = await setup.run('check', '--json');
  return { code, results: JSON.parse(result) as CheckResult[] };
}

const listens = (port: number) =>
  new Promise<boolean>((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => done(true)).once('error', () => done(false));
    socket.once('connect', () => socket.destroy());
  });

test('A wrong configuration prints every problem with its path and ends with 2, before any port is open.', async () => {
  const port = await freePort();
  const file = join(setup.folder, 'wrong.yaml');
  writeFileSync(
    file,
    `issuer: http://login.example.com
server: { port: ${port} }
secretKey: \${NOT_SET}
legacy: { kind: mysql, url: "\${NOT_SET_EITHER}", table: be_users, id: id, login: [], password: { column: password, scheme: md6 } }
targets: { new: { kind: sql, url: postgres://x, table: users, externalId: id, columns: {} } }
clients: [{ client_id: a, client_secret: short, redirect_uris: ['http://a.example.com/'] }]
colour: blue
`,
  );
  const { code, output, result } = await runFootbridge(['--config', file, 'serve']);
  expect(code).toBe(2);
  expect(result).toBe('');
  for (const path of [
    'issuer:',
    'secretKey: the environment variable NOT_SET is not set',
    'legacy.url: the environment variable NOT_SET_EITHER',
    'legacy.login:',
    'legacy.password.scheme:',
    'targets.new.url:',
    'clients[0].client_secret:',
    'clients[0].redirect_uris[0]:',
    'colour: there is no such key',
  ]) {
    expect(output).toContain(path);
  }
  expect(await listens(port)).toBe(false);
});

test.each([
  [['serve', '--config', '/nowhere.yaml'], 'there is no such file'],
  [['sreve'], 'Did you mean serve?'],
  [['client', 'mode', 'rp'], "missing required argument 'mode'"],
])('footbridge %j ends with 2 and says what is wrong.', async (args, sentence) => {
  const { code, output } = await runFootbridge(args);
  expect(code).toBe(2);
  expect(output).toContain(sentence);
});

test('Clients are added, listed, shown, switched and removed; what is not possible is a sentence.', async () => {
  const added = await setup.run(
    'client',
    'add',
    'second',
    '--redirect-uri',
    'https://b.example.com/cb',
    '--target',
    'new-platform',
  );
  expect(added.code).toBe(0);
  const secret = /client_secret: (\S+)/.exec(added.result)?.[1] ?? '';
  expect(secret).toHaveLength(43);
  expect((await setup.run('client', 'list')).result).toMatch(/second +off +new-platform +admin/);
  const shown = (await setup.run('client', 'show', 'second')).output;
  expect(shown).toContain('https://b.example.com/cb');
  expect(shown).not.toContain(secret);

  expect(await setup.run('client', 'mode', 'second', 'sideways')).toMatchObject({ code: 2 });
  expect(await setup.run('client', 'mode', 'nobody', 'lazy')).toMatchObject({ code: 1 });
  expect(
    await setup.run('client', 'add', 'second', '--redirect-uri', 'https://b.example.com/cb'),
  ).toMatchObject({ code: 1 });
  expect(await setup.run('client', 'add', 'x', '--redirect-uri', 'http://b.example.com/cb')).toMatchObject({
    code: 2,
    output: expect.stringContaining('redirect_uris'),
  });
  expect(
    await setup.run('client', 'add', 'x', '--redirect-uri', 'https://b/cb', '--target', 'moon'),
  ).toMatchObject({
    code: 2,
    output: expect.stringContaining('There is no target "moon"; targets: new-platform'),
  });
  expect(
    await setup.run('client', 'add', 'x', '--redirect-uri', 'https://b/cb', '--mode', 'lazy'),
  ).toMatchObject({
    code: 2,
    output: expect.stringContaining('no target'),
  });
  expect((await setup.run('client', 'remove', 'second')).output).toBe('second: removed\n');
  expect((await setup.run('client', 'list')).result).not.toContain('second');
});

test('A deployment in order is all ok, but for what can only be seen while the bridge serves and from outside.', async () => {
  const closed = await check();
  expect(closed.code).toBe(11);
  // The client of these tests comes back to an example's host, which has no address.
  const notInOrder = ({ results }: { results: CheckResult[] }) =>
    results.filter(({ level }) => level !== 'ok').map(({ about }) => about);
  expect(notInOrder(closed)).toEqual(['issuer', 'clients.rp']);
  const bridge = await setup.serve();
  expect(notInOrder(await check())).toEqual(['clients.rp']);
  await bridge.stop();
});

test('A login column without a unique index is a warning with the statement that mends it.', async () => {
  await setup.legacy.admin.query('alter table be_users drop index be_users_email_unique');
  const { code, results } = await check();
  expect(code).toBe(11);
  expect(
    results.find(({ level, about }) => level === 'warning' && about.startsWith('legacy.')),
  ).toMatchObject({
    about: 'legacy.login.email',
    remedy: expect.stringMatching(/CREATE UNIQUE INDEX/),
  });
  await setup.legacy.admin.query('alter table be_users add unique be_users_email_unique (email)');
});

test('An account that may do more than read is a warning.', async () => {
  const { LEGACY_DATABASE_URL } = setup.env;
  const wide = await setup.legacy.accountWith('SELECT, UPDATE, DELETE');
  const { code, result } = await runFootbridge(['--config', setup.configFile, 'check', '--json'], {
    ...setup.env,
    LEGACY_DATABASE_URL: wide,
  });
  expect(LEGACY_DATABASE_URL).not.toBe(wide);
  expect(code).toBe(11);
  const warnings = (JSON.parse(result) as CheckResult[]).filter(({ level }) => level === 'warning');
  expect(JSON.stringify(warnings)).toMatch(/UPDATE/);
});

test('A missing column, a missing table and a database that is not there are errors, each a sentence with a way out.', async () => {
  await setup.legacy.admin.query('alter table be_users rename column first_name to given');
  const column = await check();
  expect(column.code).toBe(10);
  expect(JSON.stringify(column.results)).toContain('first_name');
  await setup.legacy.admin.query('alter table be_users rename column given to first_name');

  await setup.legacy.admin.query('rename table be_users to fe_users');
  const table = await check();
  expect(table.code).toBe(10);
  expect(JSON.stringify(table.results)).toMatch(/no table[^"]*be_users/);
  await setup.legacy.admin.query('rename table fe_users to be_users');

  const port = await freePort();
  const { code, result } = await runFootbridge(['--config', setup.configFile, 'check'], {
    ...setup.env,
    LEGACY_DATABASE_URL: `mysql://somebody:canary-password@127.0.0.1:${port}/db`,
  });
  expect(code).toBe(10);
  expect(result).toMatch(/ERROR +legacy/);
  expect(result).not.toContain('canary-password');
});

test('The bridge starts while the legacy database is away, and says so in its log.', async () => {
  const port = await freePort();
  const bridge = await setup.serve({
    env: { LEGACY_DATABASE_URL: `mysql://somebody:canary-password@127.0.0.1:${port}/db` },
  });
  expect((await fetch(`${setup.issuer}/.well-known/openid-configuration`)).status).toBe(200);
  expect((await setup.tryLogin('anna')).status).toBe(503);
  expect(await bridge.stop()).toBe(0);
  expect(bridge.output()).toContain('legacy');
  expect(bridge.output()).not.toContain('canary-password');
});

test('A reader who has seen enough ends no command with a stack trace.', async () => {
  const main = new URL('../../../src/main.ts', import.meta.url).pathname;
  const line = `"${process.execPath}" "${main}" schemes | head -n 1`;
  const { stdout, stderr } = await promisify(execFile)('bash', ['-o', 'pipefail', '-c', line]);
  expect(stdout).toContain('Named by the value itself');
  expect(stderr).toBe('');
});
