import { expect, type Mock, test } from 'vitest';
import { URGENCY } from '../../../src/ledger/ledger.ts';
import { ANN, COPIED, clientOf, openDesk } from './desk-fixture.ts';

const MOVED_URL = 'https://new.example.com/login';

async function cutOver({ copied = true, movedUrl = undefined as string | undefined } = {}) {
  const world = await openDesk();
  world.state.client = clientOf({ mode: 'cutover', target: 'new', percent: 100, movedUrl });
  if (copied) world.state.entry = COPIED;
  world.state.assessment = 'unchanged';
  return world;
}

test('Somebody not copied yet logs in with the old password and is captured ahead of everybody else.', async () => {
  const { login, desk, state, captures } = await cutOver({ copied: false });
  state.assessment = 'credential';
  expect(await login('ann', 'right')).toMatchObject({ kind: 'authenticated' });
  await desk.close();
  expect(captures).toMatchObject([{ target: 'new', urgency: URGENCY.now, rehash: 'rehash of right' }]);
});

test('What waits for somebody who logs in is hurried along.', async () => {
  const { login, desk, state, captures, ledger } = await cutOver();
  state.entry = { ...COPIED, state: 'captured', passwordCopied: false, copiedAt: null };
  await login('ann', 'right');
  await desk.close();
  expect(captures).toEqual([]);
  expect(ledger.hurry).toHaveBeenCalledWith('new', { directory: 'legacy', legacyId: '7' });
});

test('Somebody copied is let in by the target’s password alone.', async () => {
  const { login, desk, state, captures } = await cutOver();
  expect(await login('ann', 'right')).toEqual({ kind: 'rejected' });
  expect(await login('ann', 'new password')).toMatchObject({ kind: 'authenticated' });
  expect(state.target.verify).toHaveBeenLastCalledWith('the-sub-of-ann', expect.anything());
  await desk.close();
  expect(captures).toEqual([]);
});

test.each(['captured', 'copying', 'retrying', 'parked', 'conflict', 'stale', 'excluded'] as const)(
  'A copied password keeps its say while a later change is %s.',
  async (entryState) => {
    const { login, state } = await cutOver();
    state.entry = { ...COPIED, state: entryState };
    expect(await login('ann', 'right')).toEqual({ kind: 'rejected' });
    expect(await login('ann', 'new password')).toMatchObject({ kind: 'authenticated' });
  },
);

test('Somebody who was gone from legacy and is there again begins anew.', async () => {
  const { login, state } = await cutOver();
  state.entry = { ...COPIED, state: 'gone' };
  expect(await login('ann', 'right')).toMatchObject({ kind: 'authenticated' });
  expect(state.target.verify).not.toHaveBeenCalled();
});

test('A target that is out is "try again", and counts against nobody.', async () => {
  const { login, state } = await cutOver();
  state.target.verify = async () => ({ kind: 'unavailable', reason: 'The database cannot be reached.' });
  for (let i = 0; i < 10; i += 1) expect(await login('ann', 'right')).toMatchObject({ kind: 'unavailable' });
});

test('Wrong passwords at the target are counted as everywhere.', async () => {
  const { login } = await cutOver();
  for (let i = 0; i < 3; i += 1) expect(await login('ann', 'guess')).toEqual({ kind: 'rejected' });
  expect(await login('ann', 'new password')).toMatchObject({ kind: 'throttled' });
});

test('A failed login costs a hash of each house, whoever it was.', async () => {
  const { login, state, passwords } = await cutOver();
  const costs = async (identifier: string) => {
    passwords.verify.mockClear();
    passwords.spendDecoy.mockClear();
    const atTarget = state.target.verify as Mock;
    atTarget.mockClear();
    expect(await login(identifier, 'guess')).toEqual({ kind: 'rejected' });
    const ofTarget = passwords.verify.mock.calls.filter(([{ scheme }]) => scheme === 'target').length;
    const ofLegacy = passwords.verify.mock.calls.length - ofTarget + passwords.spendDecoy.mock.calls.length;
    return { legacy: ofLegacy, target: ofTarget + atTarget.mock.calls.length };
  };
  const once = { legacy: 1, target: 1 };
  expect(await costs('ann')).toEqual(once);
  state.entry = undefined;
  expect(await costs('ann')).toEqual(once);
  expect(await costs('nobody')).toEqual(once);
});

test('Somebody whom the target lost cannot come back by the old password, and the operator is told.', async () => {
  const { login, state, passwords, logs } = await cutOver();
  state.target.verify = async () => ({ kind: 'absent' });
  expect(await login('ann', 'right')).toEqual({ kind: 'rejected' });
  expect(passwords.spendDecoy).toHaveBeenCalledTimes(1);
  expect(logs.join()).toContain('not at the target any more');
});

test('Where the bridge cannot ask the target, the old password shows the way to the new place and opens nothing.', async () => {
  const { login, state, desk, captures } = await cutOver({ movedUrl: MOVED_URL });
  state.target.verify = undefined;
  expect(await login('ann', 'right')).toEqual({ kind: 'moved', location: MOVED_URL });
  await desk.close();
  expect(captures).toEqual([]);
});

test('Whoever is rejected while people are cut over hears of the new place, whether they are anybody or not.', async () => {
  const { login, state } = await cutOver({ movedUrl: MOVED_URL });
  state.target.verify = undefined;
  const rejected = { kind: 'rejected', location: MOVED_URL };
  expect(await login('ann', 'wrong')).toEqual(rejected);
  expect(await login('nobody', 'wrong')).toEqual(rejected);
  state.entry = undefined;
  expect(await login('ann', 'wrong')).toEqual(rejected);
});

test('A target that takes no hashes has people across as soon as they have arrived.', async () => {
  const { login, state } = await cutOver({ movedUrl: MOVED_URL });
  state.target = {
    ...state.target,
    verify: undefined,
    capabilities: { ...state.target.capabilities, firstHash: false, verify: false },
  };
  state.entry = { ...COPIED, passwordCopied: false };
  expect(await login('ann', 'right')).toMatchObject({ kind: 'moved' });
  state.entry = { ...COPIED, passwordCopied: false, copiedAt: null };
  expect(await login('ann', 'right')).toMatchObject({ kind: 'authenticated' });
});

test('A legacy password changed after the copy is seen and opens nothing; the profile still goes across, without a hash.', async () => {
  const { login, desk, state, captures, logs, passwords } = await cutOver();
  state.assessment = 'credential';
  expect(await login('ann', 'right')).toEqual({ kind: 'rejected' });
  expect(await login('ann', 'new password')).toMatchObject({ kind: 'authenticated' });
  await desk.close();
  expect(logs.join()).toContain('differs from the one that was copied');
  expect(captures).toHaveLength(1);
  expect(captures[0]).not.toHaveProperty('rehash');
  expect(passwords.rehash).not.toHaveBeenCalled();
});

test('The legacy row still says who is disabled; a password that would have to be changed there is over.', async () => {
  const { login, state } = await cutOver();
  state.found = () => ({ kind: 'found', user: { ...ANN, status: 'disabled' } });
  expect(await login('ann', 'new password')).toEqual({ kind: 'disabled' });
  state.found = () => ({ kind: 'found', user: { ...ANN, status: 'must-change-password' } });
  expect(await login('ann', 'new password')).toMatchObject({ kind: 'authenticated' });
});

test('In lazy, a target that takes no later hash is sent the profile alone, and that is said.', async () => {
  const { login, desk, state, captures, logs, passwords } = await openDesk();
  state.entry = COPIED;
  state.target = { ...state.target, capabilities: { ...state.target.capabilities, laterHash: false } };
  await login('ann', 'right');
  await desk.close();
  expect(captures[0]).not.toHaveProperty('rehash');
  expect(passwords.rehash).not.toHaveBeenCalled();
  expect(logs.join()).toContain('takes no later one');
});

test('The switch taken back gives the old password its place again.', async () => {
  const { login, state } = await cutOver();
  expect(await login('ann', 'right')).toEqual({ kind: 'rejected' });
  state.client = clientOf({ mode: 'lazy', target: 'new', percent: 100 });
  expect(await login('ann', 'right')).toMatchObject({ kind: 'authenticated' });
});
