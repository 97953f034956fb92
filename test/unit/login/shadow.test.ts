import { expect, test } from 'vitest';
import { traitsOf } from '../../../src/login/shadow.ts';
import { clientOf, openDesk } from './desk-fixture.ts';

async function inShadow() {
  const world = await openDesk();
  world.state.client = clientOf({ mode: 'shadow', target: 'new', percent: 100 });
  return world;
}

test('Shadow builds the copy, tries the rehash, asks the target, and sends nothing.', async () => {
  const { login, desk, state, captures, sightings, shadow } = await inShadow();
  state.verdict = { kind: 'match', scheme: 'test', lossy: false };
  expect(await login('ann', 'right')).toMatchObject({ kind: 'authenticated' });
  await desk.close();
  expect(captures).toEqual([]);
  expect(state.target.foresee).toHaveBeenCalledWith(
    expect.objectContaining({ profile: expect.anything(), rehash: 'rehash of right' }),
  );
  expect(shadow.tally).toHaveBeenCalledWith('new', 'test', ['any'], true);
  expect(sightings).toMatchObject([{ target: 'new', clientId: 'idp', problem: undefined }]);
  expect(JSON.stringify(sightings)).not.toContain('rehash of');
});

test('A rehash that does not open with the password is counted and written down.', async () => {
  const { login, desk, sightings, shadow } = await inShadow();
  // The stand-in verifies "rehash of right" only by that very text.
  expect(await login('ann', 'right')).toMatchObject({ kind: 'authenticated' });
  await desk.close();
  expect(shadow.tally).toHaveBeenCalledWith('new', 'test', ['any'], false);
  expect(sightings).toMatchObject([{ problem: 'mismatch' }]);
});

test.each([
  ['conflict', 'Another row has the same value in email.'],
  ['rejected', 'The value is too long: email.'],
] as const)('Whom the target would refuse is written down with the reason: %s.', async (kind, reason) => {
  const { login, desk, state, sightings } = await inShadow();
  state.verdict = { kind: 'match', scheme: 'test', lossy: false };
  state.target.foresee.mockResolvedValue({ kind, reason });
  await login('ann', 'right');
  await desk.close();
  expect(sightings).toMatchObject([{ problem: kind, reason }]);
});

test('A lossy match would not be copied; a target that is out says nothing about anybody.', async () => {
  const { login, desk, state, sightings } = await inShadow();
  state.verdict = { kind: 'match', scheme: 'test', lossy: true };
  await login('ann', 'right');
  await desk.close();
  expect(sightings).toMatchObject([{ problem: 'lossy' }]);
  state.verdict = { kind: 'match', scheme: 'test', lossy: false };
  state.target.foresee.mockResolvedValue({ kind: 'unavailable', reason: 'out' });
  await login('ann', 'right');
  await desk.close();
  expect(sightings).toHaveLength(1);
});

test('What was clean and has not changed costs nothing again.', async () => {
  const { login, desk, state, passwords } = await inShadow();
  state.knownClean = true;
  await login('ann', 'right');
  await desk.close();
  expect(passwords.rehash).not.toHaveBeenCalled();
});

test.each([
  ['plain', ['any']],
  ['blåbær', ['any', 'non-ascii']],
  ['x'.repeat(72), ['any']],
  ['x'.repeat(73), ['any', 'over-72-bytes']],
  [' x', ['any', 'outer-blanks']],
  ['x\t', ['any', 'outer-blanks']],
  ['a b', ['any']],
])('The password %j has the traits %j.', (password, traits) => {
  expect(traitsOf(Buffer.from(password))).toEqual(traits);
});
