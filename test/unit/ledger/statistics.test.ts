import { beforeEach, expect, test } from 'vitest';
import { createStatistics } from '../../../src/ledger/create-statistics.ts';
import { createLedgerSteward } from '../../../src/ledger/create-steward.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { remedyFor } from '../../../src/ledger/remedies.ts';
import type { Statistics } from '../../../src/ledger/statistics.ts';
import { createPersons } from '../../../src/login/persons.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  captureOf,
  ledgerOn,
  openMemoryStore,
  person,
  type StoppedClock,
  stoppedClock,
} from '../../support/test-ledger.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 5);

let time: StoppedClock;
let store: Store;
let ledger: Ledger;
let statistics: Statistics;
beforeEach(async () => {
  time = stoppedClock(START);
  store = await openMemoryStore(time.clock);
  ledger = ledgerOn(store);
  statistics = createStatistics({ store });
});

async function login(id: number, changes: Parameters<typeof captureOf>[1] = {}) {
  const capture = captureOf(id, changes);
  await createPersons(store).remember(capture.externalId, capture.person);
  await ledger.capture(capture);
}
async function copyAll(kind: 'copied' | 'parked' = 'copied', reason = 'r') {
  for (const claim of await ledger.claim({ target: 'new', limit: 100, leaseMs: 60_000 })) {
    await ledger.settle(claim, kind === 'copied' ? { kind, profileDigest: 'digest' } : { kind, reason });
  }
}

test('People are counted by client, state and scheme, and those who stay behind by their reason.', async () => {
  await login(1);
  await login(2, { scheme: 'phpass' });
  await copyAll();
  await login(3);
  await login(4);
  await copyAll('parked', 'The e-mail is too long.');
  await login(5, { clientId: 'second' });
  const { people, reasons } = await statistics.overview();
  expect(people).toEqual([
    { target: 'new', clientId: 'app', state: 'copied', scheme: 'bcrypt', count: 1 },
    { target: 'new', clientId: 'app', state: 'copied', scheme: 'phpass', count: 1 },
    { target: 'new', clientId: 'app', state: 'parked', scheme: 'bcrypt', count: 2 },
    { target: 'new', clientId: 'second', state: 'captured', scheme: 'bcrypt', count: 1 },
  ]);
  expect(reasons).toEqual([{ target: 'new', state: 'parked', reason: 'The e-mail is too long.', count: 2 }]);
});

test('The oldest that waits is the one who was captured first, also when it was tried since.', async () => {
  await login(1);
  time.pass(1_000);
  await login(2);
  for (const claim of await ledger.claim({ target: 'new', limit: 1, leaseMs: 60_000 })) {
    await ledger.settle(claim, { kind: 'retrying', reason: 'r', delayMs: HOUR, spendAttempt: true });
  }
  expect((await statistics.overview()).targets[0]?.oldestWaiting).toBe(START);
  time.pass(2 * HOUR);
  await copyAll();
  expect((await statistics.overview()).targets[0]?.oldestWaiting).toBe(null);
});

test('Copies are counted by the hour, back to a day ago.', async () => {
  await login(1);
  await copyAll();
  time.pass(DAY + HOUR - 1);
  await login(2);
  await copyAll();
  time.pass(1);
  await login(3);
  await login(4);
  await copyAll();
  expect((await statistics.overview()).targets[0]?.copies).toEqual([
    { hour: START + DAY, count: 1 },
    { hour: START + DAY + HOUR, count: 2 },
  ]);
});

test('A newcomer is one once, by a login, and not before the day is over.', async () => {
  await login(1);
  await login(9, { origin: 'backfill' });
  await copyAll();
  expect((await statistics.overview()).targets[0]?.newcomers).toEqual({
    byBackfill: 1,
    before: 0,
    days: [],
  });
  time.pass(DAY);
  await login(1, { fingerprint: 'a new password' });
  await login(2);
  await login(9, { fingerprint: 'of the first login' });
  await copyAll();
  time.pass(DAY);
  expect((await statistics.overview()).targets[0]?.newcomers).toEqual({
    byBackfill: 0,
    before: 0,
    days: [
      { day: START, count: 1 },
      { day: START + DAY, count: 2 },
    ],
  });
  time.pass(55 * DAY);
  expect((await statistics.overview()).targets[0]?.newcomers).toEqual({
    byBackfill: 0,
    before: 1,
    days: [{ day: START + DAY, count: 2 }],
  });
});

test('Active is who logged in within thirty days, copied or not.', async () => {
  await login(1);
  await copyAll();
  time.pass(20 * DAY);
  await login(2);
  await login(3);
  await copyAll('parked');
  await ledger.capture(captureOf(4));
  expect(await activity()).toEqual([3, 1]);
  time.pass(11 * DAY);
  expect(await activity(), 'the first one has not come since').toEqual([2, 0]);
  await login(1);
  expect(await activity(), 'the first one is back').toEqual([3, 1]);
});

test('Whom a backfill brought with a legacy hash is across; of whom it brought the profile alone is not.', async () => {
  const backfilled = { origin: 'backfill', clientId: '' } as const;
  await login(1, backfilled);
  const { rehash: _, ...profileAlone } = captureOf(2, backfilled);
  await createPersons(store).remember(profileAlone.externalId, profileAlone.person);
  await ledger.capture(profileAlone);
  await copyAll();
  expect((await statistics.overview()).people).toMatchObject([{ state: 'copied', count: 2 }]);
  expect(await activity()).toEqual([2, 1]);
  expect((await statistics.overview()).targets[0]?.newcomers).toEqual({ byBackfill: 1, before: 0, days: [] });
});

async function activity(): Promise<unknown[]> {
  const { active, targets } = await statistics.overview();
  expect(targets[0]?.active.lookedAt).toBe(active);
  return [active, targets[0]?.active.across];
}

test('Every reason of the courier and of the admin has a sentence that says what to do.', async () => {
  await login(1);
  await createLedgerSteward({ store }).park('new', person(1), 'Wait for the audit.', 'test');
  const [reason] = (await statistics.overview()).reasons;
  expect(remedyFor('new', reason?.state ?? 'copied', reason?.reason ?? '')).toBe(
    'Mend the cause, then "footbridge ledger retry --target new --state parked".',
  );
  expect(remedyFor('new', 'conflict', 'Another row has the same value in email.')).toContain(
    '--state conflict',
  );
});

test('A series tells every step, what fell into it, and how many were across by its end.', async () => {
  await login(1);
  await copyAll();
  time.pass(26 * HOUR);
  await login(2);
  await login(3, { origin: 'backfill' });
  await copyAll();
  time.pass(HOUR);
  await login(4);
  await copyAll('parked');
  await login(5);
  expect(
    await statistics.series({
      target: 'new',
      from: START + 25 * HOUR + 7,
      to: START + 28 * HOUR,
      step: 'hour',
    }),
  ).toEqual({
    before: 1,
    steps: [
      { at: START + 25 * HOUR, captured: 0, copied: 0, failed: 0, across: 1 },
      { at: START + 26 * HOUR, captured: 2, copied: 2, failed: 0, across: 2 },
      { at: START + 27 * HOUR, captured: 2, copied: 0, failed: 1, across: 2 },
    ],
  });
  const days = await statistics.series({ target: 'new', from: START, to: START + 2 * DAY, step: 'day' });
  expect(days.steps.map(({ captured, across }) => [captured, across])).toEqual([
    [1, 1],
    [4, 2],
  ]);
  expect((await statistics.series({ target: 'other', from: 0, to: 1, step: 'day' })).steps).toHaveLength(1);
});

test.each([
  [0, 0],
  [DAY, 0],
  [0, 32 * DAY],
])('A series from %d to %d by the hour is refused.', async (from, to) => {
  await expect(statistics.series({ target: 'new', from, to, step: 'hour' })).rejects.toThrow(/744 steps/);
});

test('The totals, and who failed since a moment, are told by target and reason.', async () => {
  await login(1);
  await copyAll('parked', 'old');
  time.pass(HOUR);
  await login(2);
  await login(3);
  await copyAll('parked', 'new');
  await login(4, { target: 'other' });
  await login(5);
  await login(6, { origin: 'backfill' });
  await copyAll();
  expect(await statistics.totals()).toEqual({
    people: [
      { target: 'new', state: 'copied', count: 2 },
      { target: 'new', state: 'parked', count: 3 },
      { target: 'other', state: 'captured', count: 1 },
    ],
    across: [{ target: 'new', count: 1 }],
  });
  expect(await statistics.failedSince('new', START + 1)).toEqual([
    { state: 'parked', reason: 'new', count: 2 },
  ]);
});
