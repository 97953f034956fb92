import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Claim, type Ledger, type Settlement, URGENCY } from '../../../src/ledger/ledger.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
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
let store: Store;
let ledger: Ledger;
beforeEach(async () => {
  time = stoppedClock();
  store = await openMemoryStore(time.clock);
  ledger = ledgerOn(store);
});

const LEASE_MS = 60_000;
const claimAll = (limit = 10) => ledger.claim({ target: 'new', limit, leaseMs: LEASE_MS });
async function claimOne(): Promise<Claim> {
  const [claim] = await claimAll(1);
  if (claim === undefined) throw new Error('Nothing is due.');
  return claim;
}
const stateOf = async (id: number) => (await ledger.find('new', person(id)))?.state;
const sealedOf = async (id: number) =>
  (await store.db.selectFrom('ledger').selectAll().where('legacy_id', '=', String(id)).executeTakeFirst())
    ?.sealed_rehash;

const COPIED: Settlement = { kind: 'copied', profileDigest: 'profile-1' };
const RETRYING: Settlement = { kind: 'retrying', reason: 'later', delayMs: 1_000, spendAttempt: true };

describe('A capture', () => {
  test('is claimed with what was captured.', async () => {
    const capture = captureOf(1);
    await ledger.capture(capture);
    expect(await claimAll()).toEqual([
      {
        target: 'new',
        person: person(1),
        externalId: capture.externalId,
        clientId: 'app',
        generation: 1,
        fingerprint: capture.fingerprint,
        rehash: capture.rehash,
        attempts: 1,
        leaseToken: expect.any(String),
      },
    ]);
  });

  test('rests sealed in the store.', async () => {
    const capture = captureOf(1);
    await ledger.capture(capture);
    expect(JSON.stringify(await store.db.selectFrom('ledger').selectAll().execute())).not.toContain(
      capture.rehash,
    );
  });

  test('of the same login again changes nothing.', async () => {
    await ledger.capture(captureOf(1));
    await ledger.capture(captureOf(1));
    expect((await ledger.find('new', person(1)))?.generation).toBe(1);
  });

  test('of a changed password raises the generation and starts the attempts anew.', async () => {
    await ledger.capture(captureOf(1));
    await ledger.settle(await claimOne(), RETRYING);
    await ledger.capture(captureOf(1, { fingerprint: 'other', rehash: '$argon2id$other' }));
    expect(await claimOne()).toMatchObject({ generation: 2, attempts: 1, rehash: '$argon2id$other' });
  });

  test('without a rehash keeps the one that waits for the same password.', async () => {
    const first = captureOf(1);
    await ledger.capture(first);
    await ledger.capture(withoutRehash({ ...first, profileDigest: 'newer' }));
    expect(await claimOne()).toMatchObject({ generation: 2, rehash: first.rehash });
  });

  test('without a rehash drops the one that waits for another password.', async () => {
    await ledger.capture(captureOf(1));
    await ledger.capture(withoutRehash(captureOf(1, { fingerprint: 'other' })));
    expect(await claimOne()).toMatchObject({ generation: 2, fingerprint: 'other', rehash: undefined });
  });

  test('during a copy waits for that copy to end, so that an older put cannot land after a newer one.', async () => {
    await ledger.capture(captureOf(1));
    const older = await claimOne();
    await ledger.capture(captureOf(1, { fingerprint: 'other', rehash: '$argon2id$other' }));
    expect(await claimAll()).toEqual([]);
    expect(await ledger.settle(older, COPIED)).toBe('superseded');
    expect(await claimOne()).toMatchObject({ generation: 2, rehash: '$argon2id$other', attempts: 1 });
  });

  test('of two logins at once is written once each, and both are answered.', async () => {
    await Promise.all([1, 2, 3, 4, 5].map((n) => ledger.capture(captureOf(1, { fingerprint: `f${n}` }))));
    expect((await ledger.find('new', person(1)))?.generation).toBe(5);
    expect(await claimAll()).toHaveLength(1);
  });
});

describe('A claim', () => {
  test('is not given twice.', async () => {
    await ledger.capture(captureOf(1));
    expect(await claimAll()).toHaveLength(1);
    expect(await claimAll()).toHaveLength(0);
  });

  test('takes no more than the limit, and the longest waiting of many.', async () => {
    for (let id = 1; id <= 30; id += 1) {
      await ledger.capture(captureOf(id));
      time.pass(1);
    }
    const claims = await claimAll(2);
    expect(claims).toHaveLength(2);
    for (const claim of claims) expect(Number(claim.person.legacyId)).toBeLessThanOrEqual(8);
  });

  test('of a courier that died is taken over when its lease has run out, and counts as an attempt.', async () => {
    await ledger.capture(captureOf(1));
    await claimOne();
    time.pass(LEASE_MS - 1);
    expect(await claimAll()).toEqual([]);
    time.pass(1);
    expect((await claimOne()).attempts).toBe(2);
  });

  test('that was taken over can neither be settled nor given back by its first holder.', async () => {
    await ledger.capture(captureOf(1));
    const zombie = await claimOne();
    time.pass(LEASE_MS);
    const holder = await claimOne();
    expect(await ledger.settle(zombie, COPIED)).toBe('lost');
    await ledger.release(zombie);
    expect(await stateOf(1)).toBe('copying');
    expect(await ledger.settle(holder, COPIED)).toBe('settled');
  });

  test('leaves out clients whose migration is off, and other targets.', async () => {
    await ledger.capture(captureOf(1, { clientId: 'off' }));
    await ledger.capture(captureOf(2, { target: 'elsewhere' }));
    const request = { target: 'new', limit: 10, leaseMs: LEASE_MS };
    expect(await ledger.claim({ ...request, exceptClients: ['off'] })).toEqual([]);
    expect(await ledger.claim(request)).toHaveLength(1);
  });

  test('that is released is due at once, as it was and with its attempt given back.', async () => {
    await ledger.capture(captureOf(1));
    await ledger.release(await claimOne());
    expect(await ledger.find('new', person(1))).toMatchObject({ state: 'captured', attempts: 0 });
    await ledger.settle(await claimOne(), RETRYING);
    time.pass(1_000);
    await ledger.release(await claimOne());
    expect(await ledger.find('new', person(1))).toMatchObject({ state: 'retrying', attempts: 1 });
  });

  test('whose rehash does not open is parked instead of stopping the others.', async () => {
    await ledger.capture(captureOf(1));
    await ledger.capture(captureOf(2));
    const sealed = (await sealedOf(2)) ?? '';
    await store.db
      .updateTable('ledger')
      .set({ sealed_rehash: sealed })
      .where('legacy_id', '=', '1')
      .execute();
    expect((await claimAll()).map((claim) => claim.person.legacyId)).toEqual(['2']);
    expect(await ledger.find('new', person(1))).toMatchObject({
      state: 'parked',
      reason: expect.stringContaining('secretKey'),
    });
  });

  test('is skipped, not failed, when another process holds the file.', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'footbridge-ledger-')), 'store.sqlite');
    const shared = openStore(new Secret(`sqlite:${file}`), time.clock);
    await shared.upgrade();
    await ledgerOn(shared).capture(captureOf(1));
    if (shared.driver.kind === 'sqlite') shared.driver.database.pragma('busy_timeout = 0');
    const other = new Database(file);
    other.exec('begin immediate');
    const claim = () => ledgerOn(shared).claim({ target: 'new', limit: 1, leaseMs: LEASE_MS });
    expect(await claim()).toEqual([]);
    other.exec('rollback');
    expect(await claim()).toHaveLength(1);
    other.close();
    await shared.close();
    rmSync(dirname(file), { recursive: true });
  });
});

describe('A settlement', () => {
  test.each([
    [{ kind: 'copied', profileDigest: 'd' }, 'wiped'],
    [{ kind: 'stale', reason: 'r' }, 'wiped'],
    [{ kind: 'gone', reason: 'r' }, 'wiped'],
    [{ kind: 'conflict', reason: 'r' }, 'kept'],
    [{ kind: 'parked', reason: 'r' }, 'kept'],
    [RETRYING, 'kept'],
  ] satisfies [Settlement, string][])('as %o leaves the rehash %s.', async (settlement, fate) => {
    await ledger.capture(captureOf(1));
    expect(await ledger.settle(await claimOne(), settlement)).toBe('settled');
    expect(await stateOf(1)).toBe(settlement.kind);
    expect((await sealedOf(1)) === null ? 'wiped' : 'kept').toBe(fate);
  });

  test('as retrying is due after its delay, and spends the attempt only when told to.', async () => {
    await ledger.capture(captureOf(1));
    await ledger.settle(await claimOne(), { ...RETRYING, spendAttempt: false });
    expect((await ledger.find('new', person(1)))?.attempts).toBe(0);
    time.pass(999);
    expect(await claimAll()).toEqual([]);
    time.pass(1);
    await ledger.settle(await claimOne(), RETRYING);
    expect((await ledger.find('new', person(1)))?.attempts).toBe(1);
  });

  test('with a reason of any length fits into the store.', async () => {
    await ledger.capture(captureOf(1));
    await ledger.settle(await claimOne(), { kind: 'parked', reason: 'long '.repeat(100) });
    expect((await ledger.find('new', person(1)))?.reason).toHaveLength(191);
  });
});

describe('A login', () => {
  const login = captureOf(1);
  const newProfile = { ...login, profileDigest: 'profile-2' };
  const newPassword = { ...login, fingerprint: 'other' };
  async function settleAs(settlement: Settlement): Promise<void> {
    await ledger.settle(await claimOne(), settlement);
  }

  test.each([
    ['captured', async (): Promise<void> => {}, 'unchanged', 'credential'],
    ['copying', async () => claimOne(), 'unchanged', 'credential'],
    ['retrying', async () => settleAs(RETRYING), 'unchanged', 'credential'],
    ['copied', async () => settleAs(COPIED), 'unchanged', 'profile'],
    ['parked', async () => settleAs({ kind: 'parked', reason: 'r' }), 'unchanged', 'credential'],
    ['conflict', async () => settleAs({ kind: 'conflict', reason: 'r' }), 'unchanged', 'credential'],
    ['stale', async () => settleAs({ kind: 'stale', reason: 'r' }), 'credential', 'credential'],
    ['gone', async () => settleAs({ kind: 'gone', reason: 'r' }), 'credential', 'credential'],
  ] as const)('of somebody %s is assessed by what changed since.', async (state, reach, same, profile) => {
    await ledger.capture(login);
    await reach();
    expect(await stateOf(1)).toBe(state);
    expect(await ledger.assess(login)).toBe(same);
    expect(await ledger.assess(newProfile)).toBe(profile);
    expect(await ledger.assess(newPassword)).toBe('credential');
  });

  test('of somebody unknown needs everything.', async () => {
    expect(await ledger.assess(login)).toBe('credential');
  });

  test('whose profile changed after the copy is copied without the password.', async () => {
    await ledger.capture(login);
    await settleAs(COPIED);
    await ledger.capture(withoutRehash(newProfile));
    const claim = await claimOne();
    expect(claim.rehash).toBeUndefined();
    await ledger.settle(claim, { kind: 'copied', profileDigest: 'profile-2' });
    expect(await ledger.assess(newProfile)).toBe('unchanged');
  });

  test('of somebody who was copied without a password brings the password.', async () => {
    await ledger.capture(withoutRehash(login));
    expect(await ledger.assess(login)).toBe('credential');
    await settleAs(COPIED);
    expect(await ledger.assess(login)).toBe('credential');
    await ledger.capture(withoutRehash(login));
    expect(await stateOf(1)).toBe('copied');
    await ledger.capture(login);
    expect((await claimOne()).rehash).toBe(login.rehash);
  });
});

test('The ledger counts its rows by target, state and reason, and knows the oldest that waits.', async () => {
  expect(await ledger.oldestWaiting()).toBeUndefined();
  const begin = time.clock();
  for (const id of [1, 2, 3]) {
    await ledger.capture(captureOf(id));
    time.pass(10);
  }
  expect(await ledger.oldestWaiting()).toBe(begin);
  for (const claim of await claimAll()) {
    if (claim.person.legacyId === '1') await ledger.settle(claim, COPIED);
    else await ledger.settle(claim, { kind: 'conflict', reason: 'email' });
  }
  expect(await ledger.counts()).toEqual([
    { target: 'new', state: 'conflict', reason: 'email', count: 2 },
    { target: 'new', state: 'copied', reason: null, count: 1 },
  ]);
  expect(await ledger.oldestWaiting()).toBeUndefined();
});

describe('What is urgent', () => {
  test('is claimed first, whoever has been due for longer.', async () => {
    await ledger.capture(captureOf(1, { urgency: URGENCY.whenIdle, origin: 'backfill' }));
    time.pass(1_000);
    await ledger.capture(captureOf(2, { urgency: URGENCY.soon }));
    time.pass(1_000);
    await ledger.capture(captureOf(3, { urgency: URGENCY.now }));
    const order: string[] = [];
    for (let claims = await claimAll(1); claims.length > 0; claims = await claimAll(1)) {
      order.push(...claims.map((claim) => claim.person.legacyId));
    }
    expect(order).toEqual(['3', '2', '1']);
  });

  test('becomes a row that only waited for an idle moment when its person logs in.', async () => {
    await ledger.capture(captureOf(1, { urgency: URGENCY.whenIdle, origin: 'backfill' }));
    await ledger.capture(captureOf(2, { urgency: URGENCY.whenIdle, origin: 'backfill' }));
    await ledger.capture(captureOf(2, { fingerprint: 'other', urgency: URGENCY.soon, scheme: 'phpass' }));
    expect((await claimOne()).person.legacyId).toBe('2');
    expect(await ledger.find('new', person(2))).toMatchObject({ origin: 'login', scheme: 'phpass' });
  });
});
