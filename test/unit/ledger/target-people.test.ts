import { beforeEach, expect, test } from 'vitest';
import { createTargetPeople } from '../../../src/ledger/create-target-people.ts';
import type { Capture, Ledger, Settlement } from '../../../src/ledger/ledger.ts';
import type { TargetPeople } from '../../../src/ledger/target-people.ts';
import {
  captureOf,
  ledgerOn,
  openMemoryStore,
  person,
  type StoppedClock,
  stoppedClock,
  withoutRehash,
} from '../../support/test-ledger.ts';

let time: StoppedClock;
let ledger: Ledger;
let people: TargetPeople;
beforeEach(async () => {
  time = stoppedClock();
  const store = await openMemoryStore(time.clock);
  ledger = ledgerOn(store);
  people = createTargetPeople({ store });
});

async function settled(capture: Capture, settlement: Settlement) {
  await ledger.capture(capture);
  for (const claim of await ledger.claim({ target: capture.target, limit: 9, leaseMs: 1000 })) {
    await ledger.settle(claim, settlement);
  }
}
const COPIED: Settlement = { kind: 'copied', profileDigest: 'p' };

test('The target decides for those whose password arrived there and who are not gone; or for all where it takes none.', async () => {
  await settled(captureOf(1), COPIED);
  await settled(withoutRehash(captureOf(2)), COPIED);
  await settled(captureOf(3), COPIED);
  await settled(captureOf(3, { fingerprint: 'new' }), { kind: 'gone', reason: 'Deleted in legacy.' });
  await settled(captureOf(4), COPIED);
  await settled(captureOf(4, { fingerprint: 'new' }), { kind: 'parked', reason: 'Too long.' });
  await settled(captureOf(5, { target: 'other' }), COPIED);
  await ledger.capture(captureOf(6));
  expect(await people.across('new', true, 9)).toEqual({ people: 2, first: [person(1), person(4)] });
  expect(await people.across('new', false, 1)).toEqual({ people: 3, first: [person(1)] });
});

test('Rows are counted by target, client and state, and the newest failure is told.', async () => {
  await settled(captureOf(1), COPIED);
  await settled(captureOf(2), { kind: 'parked', reason: 'Too long.' });
  time.pass(1000);
  await settled(captureOf(3, { clientId: 'shop' }), { kind: 'conflict', reason: 'Taken.' });
  time.pass(1000);
  await settled(captureOf(4), { kind: 'stale', reason: 'Changed.' });
  expect(await people.figures()).toEqual([
    { target: 'new', clientId: 'app', state: 'copied', people: 1 },
    { target: 'new', clientId: 'app', state: 'parked', people: 1 },
    { target: 'new', clientId: 'app', state: 'stale', people: 1 },
    { target: 'new', clientId: 'shop', state: 'conflict', people: 1 },
  ]);
  expect(await people.lastFailure('new')).toEqual({
    state: 'conflict',
    reason: 'Taken.',
    at: time.clock() - 1000,
  });
  expect(await people.lastFailure('other')).toBeUndefined();
});
