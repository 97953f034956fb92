import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bcrypt from 'bcryptjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../../../src/cli/run.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { systemRandom } from '../../../src/runtime/random.ts';
import { createBeUsersFile } from '../../support/be-users.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'footbridge-try-'));
  const password = await bcrypt.hash('right', 4);
  const person = (id: number, username: string, changes = {}) => ({
    id,
    username,
    email: `${username}@example.com`,
    password,
    ...changes,
  });
  createBeUsersFile(join(folder, 'legacy.sqlite'), [
    person(1, 'anna', { first_name: 'Anna\u009b2J' }),
    person(2, 'dora', { is_logged: 1 }),
    person(3, 'cut', { password: password.slice(0, 57) }),
    person(4, 'eve', { username: 'anna@example.com', email: 'eve@example.com' }),
    person(5, 'rita'),
  ]);
  writeFileSync(
    join(folder, 'hooks.mjs'),
    "export default { login: ({ id }) => (id === '5' ? { refuse: 'Not on Sundays.' } : undefined) };",
  );
  writeFileSync(join(folder, 'footbridge.yaml'), JSON.stringify(configuration()));
});
afterAll(() => rmSync(folder, { recursive: true }));

const client = (client_id: string, mode: string) => ({
  client_id,
  redirect_uris: ['https://idp.example.com/cb'],
  token_endpoint_auth_method: 'none',
  migration: { target: 'new', mode },
});

const configuration = () => ({
  issuer: 'http://127.0.0.1:4999',
  secretKey: randomBytes(32).toString('base64'),
  store: `sqlite:${join(folder, 'data', 'footbridge.sqlite')}`,
  legacy: {
    kind: 'sqlite',
    url: `sqlite:${join(folder, 'legacy.sqlite')}`,
    table: 'be_users',
    id: 'id',
    login: ['username', 'email'],
    password: { column: 'password' },
    status: { column: 'is_logged', disabled: ['1'] },
    profile: { email: 'email', given_name: 'first_name' },
    hooks: './hooks.mjs',
  },
  targets: {
    new: {
      kind: 'sql',
      url: `sqlite:${join(folder, 'there-is-none.sqlite')}`,
      table: 'users',
      externalId: 'sub',
      password: { column: 'hash' },
      columns: { mail: 'email' },
    },
  },
  clients: [client('rp', 'lazy'), client('off', 'off')],
});

async function tryOut(password: string, ...args: string[]) {
  const lines: string[] = [];
  const code = await runCli(['--config', join(folder, 'footbridge.yaml'), 'try', ...args], {
    env: {},
    clock: systemClock,
    random: systemRandom,
    print: (line) => lines.push(line),
    complain: (line) => lines.push(line),
    askSecret: async () => Buffer.from(password),
    untilStopped: async () => {},
    kill: () => {},
  });
  return { code, text: lines.join('\n') };
}

test('"try" explains a login at every client, and leaves no trace.', async () => {
  const before = readdirSync(folder);
  const { code, text } = await tryOut('right', 'anna');
  expect(code).toBe(0);
  expect(text).toContain('legacy id "1": username matches');
  expect(text).toContain('Match by bcrypt.');
  expect(text).toContain(String.raw`given_name: "Anna\u009b2J"`);
  expect(text).toMatch(/Client rp\n.*mail: "anna@example.com"\n +hash: \(argon2id, m=19456, t=2, p=1\)/s);
  expect(text).toMatch(/new could not be asked about its fields/);
  expect(text).toMatch(/Client off\n.*Not captured: for this person the switch is off\./s);
  expect(text).not.toMatch(/\$2[aby]\$|\$argon2/);
  expect(readdirSync(folder)).toEqual(before);
});

test.each([
  ['wrong', 'anna', 'Mismatch by bcrypt: rejected.'],
  ['right', 'nobody', 'Nobody answers to this name'],
  ['right', 'dora', 'Disabled: turned away'],
  ['right', 'cut', '57 of 60 characters'],
  ['right', 'rita', 'A hook turns the person away: "Not on Sundays."'],
  ['right', 'anna@example.com', 'Ambiguous in legacy (legacy ids "4", "1")'],
])('"try" with the password %s says why %s would not log in.', async (password, login, sentence) => {
  const { code, text } = await tryOut(password, login);
  expect(text).toContain(sentence);
  expect(text).toContain(`"${login}" would not log in. Nothing was written.`);
  expect(code).toBe(1);
});

test('"try --client" narrows to one client that there is.', async () => {
  const { text } = await tryOut('right', 'anna', '--client', 'off');
  expect(text).not.toContain('Client rp');
  expect(await tryOut('right', 'anna', '--client', 'x')).toMatchObject({
    code: 2,
    text: expect.stringContaining('There is no client "x"; clients: rp, off.'),
  });
});
