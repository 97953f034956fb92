import { beforeEach, expect, test } from 'vitest';
import type { Subject } from '../../../src/domain/ids.ts';
import { createLedgerSteward } from '../../../src/ledger/create-steward.ts';
import type { Ledger, Settlement } from '../../../src/ledger/ledger.ts';
import type { LedgerSteward } from '../../../src/ledger/steward.ts';
import { readAudit } from '../../../src/store/audit.ts';
import type { Store } from '../../../src/store/store.ts';
import { captureOf, ledgerOn, openMemoryStore, person, stoppedClock } from '../../support/test-ledger.ts';

const ACTOR = 'cli:tester';
let store: Store;
let ledger: Ledger;
let steward: LedgerSteward;
beforeEach(async () => {
  store = await openMemoryStore(stoppedClock().clock);
  ledger = ledgerOn(store);
  steward = createLedgerSteward({ store });
});

async function settled(id: number, settlement: Settlement, target = 'new'): Promise<void> {
  await ledger.capture(captureOf(id, { target }));
  const claims = await ledger.claim({ target, limit: 10, leaseMs: 1000 });
  for (const claim of claims) await ledger.settle(claim, settlement);
}
const stateOf = async (id: number, target = 'new') => (await ledger.find(target, person(id)))?.state;
const idsOf = (entries: readonly { person: { legacyId: string } }[]) =>
  entries.map((entry) => entry.person.legacyId);
const PARKED = { kind: 'parked', reason: 'The e-mail is too long.' } as const;
const CONFLICT: Settlement = { kind: 'conflict', reason: 'Taken.' };
const COPIED: Settlement = { kind: 'copied', profileDigest: 'p' };

test('The list goes page by page through every row once, by filter.', async () => {
  for (const id of [1, 2, 3, 4, 5]) await settled(id, id % 2 === 0 ? PARKED : COPIED);
  await settled(6, PARKED, 'other');
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await steward.list({}, { after, limit: 2 });
    seen.push(...idsOf(page.entries));
    after = page.next;
  } while (after !== undefined);
  expect(seen).toEqual(['1', '2', '3', '4', '5', '6']);
  const parked = await steward.list(
    { target: 'new', states: ['parked'], reason: 'The e-mail is too long.' },
    { limit: 9 },
  );
  expect(idsOf(parked.entries)).toEqual(['2', '4']);
  expect(parked.next).toBeUndefined();
  await expect(steward.list({}, { after: 'nonsense', limit: 1 })).rejects.toThrow('no place in the list');
});

test('A person is found by legacy id and by sub.', async () => {
  await settled(1, COPIED);
  await settled(1, COPIED, 'other');
  expect((await steward.find('1')).map(({ target }) => target)).toEqual(['new', 'other']);
  expect(await steward.find('sub-1')).toHaveLength(2);
  expect(await steward.find('2')).toEqual([]);
});

test('A retry of a reason makes its rows due with all their attempts, and touches no other.', async () => {
  await settled(1, PARKED);
  await settled(2, CONFLICT);
  await settled(3, COPIED);
  await settled(4, { kind: 'gone', reason: 'Deleted in legacy.' });
  expect(await steward.retry({ reason: 'Taken.' }, ACTOR)).toBe(1);
  expect(await Promise.all([1, 2, 3, 4].map((id) => stateOf(id)))).toEqual([
    'parked',
    'captured',
    'copied',
    'gone',
  ]);
  expect(await steward.retry({ states: ['copied', 'gone'] }, ACTOR)).toBe(0);
  expect(await steward.retry({ person: person(1) }, ACTOR)).toBe(1);
  const [claim] = await ledger.claim({ target: 'new', limit: 1, leaseMs: 1000 });
  expect(claim?.attempts).toBe(1);
  expect(claim?.rehash).toBeDefined();
});

test('Whoever is parked is not claimed, and a copy under way does not bring them back.', async () => {
  await ledger.capture(captureOf(1));
  const [claim] = await ledger.claim({ target: 'new', limit: 1, leaseMs: 1000 });
  await steward.park('new', person(1), 'Wait for the lawyers.', ACTOR);
  if (claim === undefined) throw new Error('Nothing was due.');
  expect(await ledger.settle(claim, COPIED)).toBe('lost');
  expect(await stateOf(1)).toBe('parked');
  await expect(steward.park('new', person(2), 'x', ACTOR)).rejects.toThrow('Nothing waits for person 2');
});

test('Whoever is excluded is never captured, before or after a login, until forgotten.', async () => {
  await ledger.capture(captureOf(1));
  for (const id of [1, 2]) {
    await steward.exclude(
      'new',
      { ...person(id), subject: `sub-${id}` as Subject },
      'A test account.',
      ACTOR,
    );
    const changed = captureOf(id, { fingerprint: 'another' });
    expect(await ledger.assess(changed)).toBe('unchanged');
    await ledger.capture(changed);
    expect(await stateOf(id)).toBe('excluded');
  }
  expect(await ledger.claim({ target: 'new', limit: 9, leaseMs: 1000 })).toEqual([]);
  expect(await steward.retry({}, ACTOR)).toBe(0);
  const rows = await store.db.selectFrom('ledger').select('sealed_rehash').execute();
  expect(rows).toEqual([{ sealed_rehash: null }, { sealed_rehash: null }]);

  await steward.forget('new', person(1), ACTOR);
  expect(await ledger.assess(captureOf(1))).toBe('credential');
  await expect(steward.forget('new', person(1), ACTOR)).rejects.toThrow('Nothing is known of person 1');
});

test('Every act is in the audit trail; one that failed is not.', async () => {
  await settled(1, PARKED);
  await steward.retry({ target: 'new' }, ACTOR);
  await steward.park('new', person(1), 'Later.', ACTOR);
  await expect(steward.park('new', person(9), 'Later.', ACTOR)).rejects.toThrow();
  const told = [...(await readAudit(store, 'ledger:new')), ...(await readAudit(store, 'person:legacy:1'))];
  expect(told).toMatchObject([
    { actor: ACTOR, action: 'ledger.retry', after: { target: 'new', rows: 1 } },
    { actor: ACTOR, action: 'ledger.park', after: { target: 'new', reason: 'Later.' } },
  ]);
  expect(await readAudit(store, 'person:legacy:9')).toEqual([]);
});

test('Groups name each reason with how many it holds back, the most people first, and some of them.', async () => {
  for (let id = 1; id <= 7; id += 1) await settled(id, PARKED);
  await settled(8, CONFLICT);
  await settled(9, PARKED, 'other');
  await settled(10, COPIED);
  const groups = await steward.groups(['parked', 'conflict'], 10);
  expect(groups.map(({ target, state, people }) => [target, state, people])).toEqual([
    ['new', 'parked', 7],
    ['new', 'conflict', 1],
    ['other', 'parked', 1],
  ]);
  expect(groups[0]).toMatchObject({ reason: PARKED.reason, examples: { length: 5 } });
  expect(groups[0]?.examples[0]).toEqual(person(1));
  expect(await steward.groups(['parked', 'conflict'], 1)).toHaveLength(1);
  expect(await steward.count({ target: 'new', states: ['parked'] })).toBe(7);
});

test('Groups say when the first and the last of them were written.', async () => {
  const time = stoppedClock();
  store = await openMemoryStore(time.clock);
  ledger = ledgerOn(store);
  steward = createLedgerSteward({ store });
  await settled(1, PARKED);
  const first = time.clock();
  time.pass(60_000);
  await settled(2, PARKED);
  expect(await steward.groups(['parked'], 10)).toMatchObject([{ firstAt: first, lastAt: first + 60_000 }]);
});
