import { expect, test } from 'vitest';
import type { LegacyId } from '../../../src/domain/ids.ts';
import { captureTarget } from '../../../src/login/migration-switch.ts';
import { clientOf, openDesk } from './desk-fixture.ts';

test('A verified login of a lazy client is captured with a rehash, after the answer.', async () => {
  const { login, desk, captures } = await openDesk();
  const outcome = await login('ann', 'right');
  await desk.close();
  expect(captures).toMatchObject([
    {
      target: 'new',
      person: { directory: 'legacy', legacyId: '7' },
      clientId: 'idp',
      externalId: outcome.kind === 'authenticated' ? outcome.subject : '',
      rehash: 'rehash of right',
    },
  ]);
});

test.each([
  ['off', clientOf({ mode: 'off', target: 'new', percent: 100 })],
  ['without a target', clientOf({ mode: 'lazy', target: undefined, percent: 100 })],
  ['at 0 percent', clientOf({ mode: 'lazy', target: 'new', percent: 0 })],
  ['that was removed', undefined],
])('A client %s captures nothing, and nothing is hashed for it.', async (_, client) => {
  const { login, desk, state, captures, passwords } = await openDesk();
  state.client = client;
  await login('ann', 'right');
  await desk.close();
  expect(captures).toEqual([]);
  expect(passwords.rehash).not.toHaveBeenCalled();
});

test('A failed login captures nothing.', async () => {
  const { login, desk, captures } = await openDesk();
  await login('ann', 'wrong');
  await desk.close();
  expect(captures).toEqual([]);
});

test('A match of only a part of the password logs in and is not captured.', async () => {
  const { login, desk, state, captures } = await openDesk();
  state.lossy = true;
  expect(await login('ann', 'right')).toMatchObject({ kind: 'authenticated' });
  await desk.close();
  expect(captures).toEqual([]);
});

test('What the ledger has already is not hashed again; a changed profile goes without a hash.', async () => {
  const { login, desk, state, captures, passwords } = await openDesk();
  state.assessment = 'unchanged';
  await login('ann', 'right');
  state.assessment = 'profile';
  await login('ann', 'right');
  await desk.close();
  expect(captures).toHaveLength(1);
  expect(captures[0]).not.toHaveProperty('rehash');
  expect(passwords.rehash).not.toHaveBeenCalled();
});

test('A capture that fails does not fail the login, and is logged without the password.', async () => {
  const { login, desk, passwords, logs } = await openDesk();
  passwords.rehash.mockRejectedValueOnce(new Error('the pool is gone'));
  expect(await login('ann', 'right')).toMatchObject({ kind: 'authenticated' });
  await desk.close();
  expect(logs.join()).toContain('could not be captured');
  expect(logs.join()).not.toContain('right');
});

test('The bytes of the password are wiped when the desk is done with them.', async () => {
  const { desk } = await openDesk();
  for (const [identifier, text] of [
    ['ann', 'right'],
    ['ann', 'wrong'],
    ['nobody', 'x'],
  ] as const) {
    const password = Buffer.from(text);
    await desk.authenticate({ clientId: 'idp', identifier, password, address: '192.0.2.1' });
    await desk.close();
    expect([...password].every((byte) => byte === 0)).toBe(true);
  }
});

test('A percentage takes a stable part of the people, and a larger one only adds to it.', () => {
  const key = Buffer.alloc(32, 1);
  const chosen = (percent: number) =>
    Array.from({ length: 2000 }, (_, i) => i).filter((i) =>
      captureTarget(
        clientOf({ mode: 'lazy', target: 'new', percent }),
        {
          person: { directory: 'legacy', legacyId: String(i) as LegacyId },
          email: undefined,
          app: undefined,
        },
        0,
        key,
      ),
    );
  const quarter = chosen(25);
  const half = new Set(chosen(50));
  expect(quarter.length).toBeGreaterThan(400);
  expect(quarter.length).toBeLessThan(600);
  expect(quarter.every((i) => half.has(i))).toBe(true);
  expect(chosen(100)).toHaveLength(2000);
});
