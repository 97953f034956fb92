import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { BridgeError } from '../../../src/domain/errors.ts';
import type { LegacyId } from '../../../src/domain/ids.ts';
import { ANN, openDesk } from './desk-fixture.ts';

test('The right password is somebody, with the same subject every time.', async () => {
  const { login, desk } = await openDesk();
  const first = await login('ann', 'right');
  const second = await login('ann', 'right');
  expect(first).toMatchObject({ kind: 'authenticated', subject: expect.stringMatching(/^[\w-]{43}$/) });
  expect(second).toEqual(first);
  const subject = first.kind === 'authenticated' ? first.subject : '';
  expect(await desk.findAccount(subject)).toMatchObject({ subject, profile: ANN.profile });
});

test('A wrong password, a stranger and an ambiguous name get the same answer, and each costs a hash.', async () => {
  const { login, state, passwords } = await openDesk();
  const wrong = await login('ann', 'wrong');
  const stranger = await login('nobody', 'wrong');
  state.found = () => ({
    kind: 'ambiguous',
    directory: 'legacy',
    legacyIds: ['1' as LegacyId, '2' as LegacyId],
  });
  const ambiguous = await login('twins', 'right');
  expect([wrong, stranger, ambiguous]).toEqual(Array(3).fill({ kind: 'rejected' }));
  expect(passwords.verify).toHaveBeenCalledTimes(1);
  expect(passwords.spendDecoy).toHaveBeenCalledTimes(2);
});

test('A switched-off account is told so only to who knows its password.', async () => {
  const { login, state } = await openDesk();
  state.found = () => ({ kind: 'found', user: { ...ANN, status: 'disabled' } });
  expect(await login('ann', 'wrong')).toEqual({ kind: 'rejected' });
  expect(await login('ann', 'right')).toEqual({ kind: 'disabled' });
});

test('A lock, a password to change and a hook are spoken of only to who knows the password.', async () => {
  const { login, state, captures } = await openDesk();
  const soon = Math.floor(Date.now() / 1000) + 600;
  const changePasswordUrl = 'https://old.example.com/password';
  const refusal = { kind: 'refused', sentence: 'Not on Sundays.' } as const;
  const cases = [
    [{ status: 'locked' }, { kind: 'locked' }],
    [
      { status: 'locked', lockedUntil: soon },
      { kind: 'locked', retryAfterSeconds: expect.any(Number) },
    ],
    [
      { status: 'must-change-password', changePasswordUrl },
      { kind: 'must-change-password', location: changePasswordUrl },
    ],
  ] as const;
  for (const [changes, expected] of cases) {
    state.found = () => ({ kind: 'found', user: { ...ANN, ...changes } });
    expect(await login('ann', 'wrong')).toEqual({ kind: 'rejected' });
    expect(await login('ann', 'right')).toEqual(expected);
  }
  state.found = () => ({ kind: 'found', user: ANN });
  state.hooks = { ...state.hooks, admit: async () => refusal };
  expect(await login('ann', 'wrong')).toEqual({ kind: 'rejected' });
  expect(await login('ann', 'right')).toEqual(refusal);
  state.hooks = { ...state.hooks, admit: async () => ({ kind: 'failed', hook: 'login' }) };
  expect(await login('ann', 'wrong')).toEqual({ kind: 'rejected' });
  expect(await login('ann', 'right')).toMatchObject({ kind: 'unavailable' });
  expect(captures).toEqual([]);
});

test('A row that no scheme reads is rejected, logged with its id, counted, and its hash stays out of the log.', async () => {
  const { login, state, unverifiable, logs } = await openDesk();
  state.verdict = { kind: 'unknown-scheme', shape: '60 characters' };
  expect(await login('ann', 'right')).toEqual({ kind: 'rejected' });
  expect(unverifiable.record).toHaveBeenCalledWith({ directory: 'legacy', legacyId: '7' }, '60 characters');
  expect(logs.join()).toContain('could not be verified');
  expect(logs.join()).toContain('"legacy_id":"7"');
  expect(logs.join()).not.toContain(ANN.credential.encoded);
});

test('An outage of the legacy directory is never a "no" and never counts against the person.', async () => {
  const { login, state } = await openDesk();
  const up = state.found;
  state.found = () => ({ kind: 'unavailable', cause: new Error('connection refused') });
  for (let i = 0; i < 10; i += 1) expect(await login('ann', 'right')).toMatchObject({ kind: 'unavailable' });
  state.found = up;
  expect(await login('ann', 'right')).toMatchObject({ kind: 'authenticated' });
});

test('A full hashing queue means "try again" and does not count either.', async () => {
  const { login, state } = await openDesk();
  state.failVerify = new BridgeError('overloaded', 'busy');
  for (let i = 0; i < 10; i += 1) expect(await login('ann', 'right')).toMatchObject({ kind: 'unavailable' });
  state.failVerify = undefined;
  expect(await login('ann', 'right')).toMatchObject({ kind: 'authenticated' });
});

test('Too many guesses are stopped ahead of hashing, however the name is spelled and however many come at once.', async () => {
  const { login, state, passwords } = await openDesk();
  state.found = () => ({ kind: 'found', user: ANN });
  const spellings = ['ann', 'ANN', 'ann ', 'ánn', 'a\u200bnn', 'Ann'];
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, i) => login(spellings[i % 6] ?? '', 'wrong', `192.0.2.${i}`)),
  );
  expect(passwords.verify).toHaveBeenCalledTimes(3);
  expect(outcomes.filter(({ kind }) => kind === 'throttled')).toHaveLength(57);
  expect(await login('ann', 'right')).toMatchObject({
    kind: 'throttled',
    retryAfterSeconds: expect.any(Number),
  });
});

test('One account under two names is counted once, and strangers are counted the same way.', async () => {
  const { login, state, passwords } = await openDesk();
  state.found = () => ({ kind: 'found', user: ANN });
  for (const name of ['ann', 'ann@example.com', 'ann', 'ann@example.com', 'ann']) await login(name, 'wrong');
  expect(passwords.verify).toHaveBeenCalledTimes(3);
  state.found = () => ({ kind: 'none' });
  for (let i = 0; i < 5; i += 1) await login('nobody', 'wrong');
  expect(passwords.spendDecoy).toHaveBeenCalledTimes(3);
});

test('A success forgets the failures on the account.', async () => {
  const { login } = await openDesk();
  for (let i = 0; i < 8; i += 1) {
    expect(await login('ann', 'wrong')).toEqual({ kind: 'rejected' });
    expect(await login('ann', 'right')).toMatchObject({ kind: 'authenticated' });
  }
});

test('One address may not try many accounts; an IPv6 /64 is one address.', async () => {
  const { login } = await openDesk();
  const outcomes = [];
  for (let i = 0; i < 25; i += 1) outcomes.push(await login(`guess${i}`, 'wrong', `2001:db8:1:2::${i + 1}`));
  expect(outcomes.filter(({ kind }) => kind === 'throttled')).toHaveLength(5);
  expect(await login('guess99', 'wrong', '2001:db8:1:3::1')).toEqual({ kind: 'rejected' });
});

test('The table of counters holds no names and no addresses.', async () => {
  const { login, store } = await openDesk();
  await login('ann', 'wrong', '192.0.2.77');
  const { rows } = await sql`select * from rate_limit`.execute(store.db);
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toMatch(/ann|192\.0\.2\.77/);
});

test('Somebody whose row is gone or switched off has no account any more.', async () => {
  const { desk, login, state } = await openDesk();
  const outcome = await login('ann', 'right');
  const subject = outcome.kind === 'authenticated' ? outcome.subject : '';
  expect(await desk.findAccount('unknown')).toBeUndefined();
  state.byId = { ...ANN, status: 'disabled' };
  expect(await desk.findAccount(subject)).toBeUndefined();
  state.byId = undefined;
  expect(await desk.findAccount(subject)).toBeUndefined();
  state.byId = ANN;
  expect(await desk.findAccount(subject)).toBeDefined();
});

test('Who somebody is says the directory that they were found in, not their key alone.', async () => {
  const { desk, login, state } = await openDesk();
  const customer = await login('ann', 'right');
  state.found = () => ({ kind: 'found', user: { ...ANN, directory: 'staff' } });
  const employee = await login('ann', 'right');
  expect(employee).toMatchObject({ kind: 'authenticated' });
  expect(employee).not.toEqual(customer);
  await desk.close();
});
