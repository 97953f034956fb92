import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openUsers, type Users } from '../../../src/demo/new-platform/users.ts';

let folder: string;
let users: Users;
let courier: InstanceType<typeof Database>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footbridge-users-'));
  users = openUsers(join(folder, 'users.sqlite'));
  courier = new Database(join(folder, 'users.sqlite'));
});
afterEach(() => {
  courier.close();
  users.close();
  rmSync(folder, { recursive: true });
});

const anna = { sub: 'sub-anna', username: 'anna', email: 'anna@example.com', givenName: 'Anna' };
const put = () =>
  courier
    .prepare(
      `insert into users (footbridge_sub, username, email, password_hash) values (?, ?, ?, 'a hash')
       on conflict (footbridge_sub) do update set password_hash = excluded.password_hash`,
    )
    .run(anna.sub, anna.username, anna.email);

test('The person and their copy meet in one row, whichever comes first.', () => {
  users.provision(anna);
  put();
  users.provision(anna);
  expect(users.list()).toMatchObject([
    { footbridge_sub: 'sub-anna', password_hash: 'a hash', given_name: 'Anna' },
  ]);
});

test('A copy that came before the person keeps its password and its id.', () => {
  put();
  const before = users.list();
  expect(users.provision(anna)).toMatchObject({
    kind: 'provisioned',
    user: { id: before[0]?.id, password_hash: 'a hash', given_name: 'Anna' },
  });
});

test('What the bridge does not say is kept.', () => {
  users.provision(anna);
  users.provision({ sub: anna.sub, username: 'anna' });
  expect(users.list()).toMatchObject([{ email: 'anna@example.com', given_name: 'Anna' }]);
});

test.each([
  ['e-mail', { sub: 'sub-stranger', username: 'stranger', email: 'ANNA@example.com' }],
  ['username', { sub: 'sub-stranger', username: 'Anna' }],
])('A stranger with the same %s is a conflict and changes nothing.', (_, stranger) => {
  users.provision(anna);
  const before = users.list();
  expect(users.provision(stranger)).toEqual({ kind: 'conflict' });
  expect(users.list()).toEqual(before);
});

test('A change of e-mail to one that somebody else has is a conflict as well.', () => {
  users.provision(anna);
  users.provision({ sub: 'sub-bruno', username: 'bruno', email: 'bruno@example.com' });
  expect(users.provision({ ...anna, email: 'bruno@example.com' })).toEqual({ kind: 'conflict' });
  expect(users.findByLogin('anna@example.com')?.username).toBe('anna');
});

test('A name that is one person’s username and another’s e-mail names nobody.', () => {
  users.provision(anna);
  users.provision({ sub: 'sub-odd', username: 'anna@example.com' });
  expect(users.findByLogin('anna@example.com')).toBeUndefined();
  expect(users.findByLogin('ANNA')?.footbridge_sub).toBe('sub-anna');
});
