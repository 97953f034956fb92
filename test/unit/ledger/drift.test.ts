import { beforeEach, expect, test } from 'vitest';
import { DRIFT } from '../../../src/ledger/drift.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { remedyFor } from '../../../src/ledger/remedies.ts';
import type { Store } from '../../../src/store/store.ts';
import { captureOf, ledgerOn, openMemoryStore, person, stoppedClock } from '../../support/test-ledger.ts';

let store: Store;
let ledger: Ledger;
beforeEach(async () => {
  store = await openMemoryStore(stoppedClock().clock);
  ledger = ledgerOn(store);
});

/** The courier brings whatever waits across. @returns how many waited */
async function copyAll(): Promise<number> {
  const claims = await ledger.claim({ target: 'new', limit: 10, leaseMs: 60_000 });
  for (const claim of claims) await ledger.settle(claim, { kind: 'copied', profileDigest: 'profile-1' });
  return claims.length;
}

/** A login that brings no rehash: the target has said that the password is right, or takes no later one. */
const withoutRehash = (fingerprint: string) => {
  const { rehash: _, ...capture } = captureOf(1, { fingerprint, profileDigest: 'profile-1' });
  return ledger.capture(capture);
};

test('A password that changed in legacy and is not sent stands in the ledger, with the reason, and is noted once.', async () => {
  await ledger.capture(captureOf(1, { fingerprint: 'old', profileDigest: 'profile-1' }));
  await copyAll();
  await withoutRehash('new');
  expect(await copyAll()).toBe(1);
  expect(await ledger.counts()).toEqual([{ target: 'new', state: 'stale', reason: DRIFT.kept, count: 1 }]);
  expect(remedyFor('new', 'stale', DRIFT.kept)).toContain('their password is the one at the target');
  await withoutRehash('new');
  expect(await copyAll(), 'the same login again is no news').toBe(0);
  await withoutRehash('newer');
  expect(await copyAll()).toBe(1);
});

test('Whose legacy password is again the one that was copied is copied again.', async () => {
  await ledger.capture(captureOf(1, { fingerprint: 'old', profileDigest: 'profile-1' }));
  await copyAll();
  await withoutRehash('new');
  await copyAll();
  const again = captureOf(1, { fingerprint: 'old', profileDigest: 'profile-1' });
  expect(await ledger.assess(again), 'nothing is hashed or sent for it').toBe('profile');
  await withoutRehash('old');
  await copyAll();
  expect(await ledger.find('new', person(1))).toMatchObject({ state: 'copied', reason: null });
});

test('A login that does bring a rehash ends the drift.', async () => {
  await ledger.capture(captureOf(1, { fingerprint: 'old', profileDigest: 'profile-1' }));
  await copyAll();
  await withoutRehash('new');
  await copyAll();
  await ledger.capture(captureOf(1, { fingerprint: 'new', profileDigest: 'profile-1' }));
  await copyAll();
  expect(await ledger.find('new', person(1))).toMatchObject({ state: 'copied', reason: null });
});
