import { expect, test } from 'vitest';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { noteWrittenBack } from '../../../src/ledger/note-written-back.ts';
import { captureOf, ledgerOn, openMemoryStore, person, stoppedClock } from '../../support/test-ledger.ts';

const FINGERPRINT = 'of what was written back';

async function settleAll(ledger: Ledger, target = 'new') {
  for (const claim of await ledger.claim({ target, limit: 10, leaseMs: 1000 })) {
    await ledger.settle(claim, { kind: 'copied', profileDigest: `profile-${claim.person.legacyId}` });
  }
}

async function world() {
  const store = await openMemoryStore(stoppedClock().clock);
  const ledger = ledgerOn(store);
  const copy = async (target: string, id: number) => {
    await ledger.capture(captureOf(id, { target }));
    await settleAll(ledger, target);
  };
  const isDrift = async (target: string, id: number) => {
    const key = { ...captureOf(id, { target }), fingerprint: FINGERPRINT };
    return (await ledger.assess(key)) === 'credential';
  };
  return { store, ledger, copy, isDrift };
}

test('What was written back is no drift where the password was copied, and for nobody else.', async () => {
  const { store, copy, isDrift } = await world();
  await copy('new', 1);
  await copy('new', 2);
  await copy('other', 1);
  expect(await isDrift('new', 1)).toBe(true);
  await noteWrittenBack(store, person(1), FINGERPRINT, 'new');
  expect(await isDrift('new', 1)).toBe(false);
  expect(await isDrift('new', 2)).toBe(true);
  expect(await isDrift('other', 1)).toBe(true);
  await noteWrittenBack(store, person(1), FINGERPRINT, undefined);
  expect(await isDrift('other', 1)).toBe(false);
});

test('A copy that still waits is of the password before, and stays drift until the courier has dropped it.', async () => {
  const { store, ledger, isDrift } = await world();
  await ledger.capture(captureOf(1));
  await noteWrittenBack(store, person(1), FINGERPRINT, undefined);
  expect(await isDrift('new', 1)).toBe(true);
  await settleAll(ledger);
  await ledger.capture(captureOf(1, { fingerprint: 'later' }));
  await noteWrittenBack(store, person(1), FINGERPRINT, undefined);
  expect(await isDrift('new', 1)).toBe(true);
  const [claim] = await ledger.claim({ target: 'new', limit: 1, leaseMs: 1000 });
  expect(claim?.fingerprint).toBe('later');
});
