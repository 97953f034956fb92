import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTargetCircuit } from '../../../src/ledger/create-target-circuit.ts';
import { createUnverifiableRows } from '../../../src/ledger/create-unverifiable-rows.ts';
import type { Claim, Ledger } from '../../../src/ledger/ledger.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { captureOf, ledgerOn, person, withoutRehash } from '../../support/test-ledger.ts';

const ROWS = 300;
const COURIERS = 8;

let database: TestDatabase;
let stores: Store[];
beforeAll(async () => {
  database = await createTestDatabase();
  stores = Array.from({ length: COURIERS }, () => openStore(new Secret(database.adminUrl), systemClock));
  await stores[0]?.upgrade();
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await database.drop();
});

test('Eight couriers on one ledger hold each row once at a time, and all rows are copied once.', async () => {
  const [first] = stores;
  if (first === undefined) throw new Error('no store');
  const desk = ledgerOn(first);
  for (let id = 0; id < ROWS; id += 1) await desk.capture(captureOf(id));
  const held = new Set<string>();
  const copies = new Map<string, number>();

  async function work(claim: Claim, ledger: Ledger): Promise<void> {
    const id = claim.person.legacyId;
    expect(held.has(id), `${id} is held by one courier`).toBe(false);
    held.add(id);
    // Some rows are given back or fail first, so that they are claimed again by whoever comes.
    const before = copies.get(id) ?? 0;
    copies.set(id, before + 1);
    await first?.now();
    held.delete(id);
    if (before === 0 && Number(id) % 3 === 0) return ledger.release(claim);
    const failed = {
      kind: 'retrying',
      reason: 'not yet',
      delayMs: 0,
      spendAttempt: true,
    } as const;
    const settlement =
      before === 0 && Number(id) % 3 === 1
        ? failed
        : ({ kind: 'copied', profileDigest: `profile-${id}` } as const);
    expect(await ledger.settle(claim, settlement)).toBe('settled');
  }
  async function courier(ledger: Ledger): Promise<void> {
    for (;;) {
      const claims = await ledger.claim({ target: 'new', limit: 5, leaseMs: 60_000 });
      await Promise.all(claims.map((claim) => work(claim, ledger)));
      if (claims.length > 0) continue;
      const waiting = await ledger.oldestWaiting();
      if (waiting === undefined) return;
    }
  }
  await Promise.all(stores.map((store) => courier(ledgerOn(store))));
  expect(await desk.counts()).toEqual([{ target: 'new', state: 'copied', reason: null, count: ROWS }]);
  for (let id = 0; id < ROWS; id += 1) expect(copies.get(String(id))).toBe(id % 3 === 2 ? 1 : 2);
});

test('Logins of one person at several instances at once end in one row that is due.', async () => {
  await Promise.all(
    stores.map((store, n) => ledgerOn(store).capture(captureOf('many', { fingerprint: `f${n}` }))),
  );
  const [first] = stores;
  if (first === undefined) throw new Error('no store');
  const entry = await ledgerOn(first).find('new', person('many'));
  expect(entry).toMatchObject({ state: 'captured', generation: COURIERS });
});

test('A capture during a copy wins over it.', async () => {
  const [first] = stores;
  if (first === undefined) throw new Error('no store');
  const ledger = ledgerOn(first);
  const request = { target: 'other', limit: 1, leaseMs: 60_000 };
  await ledger.capture(captureOf(1, { target: 'other' }));
  const [older] = await ledger.claim(request);
  if (older === undefined) throw new Error('nothing is due');
  await ledger.capture(withoutRehash(captureOf(1, { target: 'other', profileDigest: 'newer' })));
  expect(await ledger.settle(older, { kind: 'copied', profileDigest: 'profile-1' })).toBe('superseded');
  const [newer] = await ledger.claim({ ...request, exceptClients: ['somebody else'] });
  expect(newer).toMatchObject({ generation: 2, rehash: older.rehash });
});

test('All instances see that a target is out.', async () => {
  const circuits = stores.map((store) => createTargetCircuit({ store }));
  await Promise.all(circuits.map((circuit) => circuit.failed('new', 'refused')));
  expect(await Promise.all(circuits.map((circuit) => circuit.admits('new')))).toEqual(
    circuits.map(() => 'none'),
  );
  expect(await circuits[0]?.states()).toMatchObject([{ target: 'new', failures: 1, reason: 'refused' }]);
});

test('Unverifiable rows are counted on a shared store as well.', async () => {
  const rows = stores.map((store) => createUnverifiableRows({ store }));
  await Promise.all(rows.map((instance) => instance.record(person(1), 'empty')));
  expect(await rows[0]?.summary()).toEqual([
    { directory: 'legacy', shape: 'empty', people: 1, legacyIds: ['1'] },
  ]);
});
