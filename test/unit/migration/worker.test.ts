import { beforeEach, describe, expect, test } from 'vitest';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { WorkerDependencies } from '../../../src/migration/create-worker.ts';
import type { Store } from '../../../src/store/store.ts';
import type { PutResult } from '../../../src/targets/target.ts';
import {
  clientsOf,
  courierOn,
  type FakeClients,
  type FakeDirectory,
  type FakeTarget,
  fakeDirectory,
  fakeTarget,
  legacyUser,
  loginOf,
} from '../../support/test-courier.ts';
import {
  ledgerOn,
  openMemoryStore,
  person,
  type StoppedClock,
  stoppedClock,
} from '../../support/test-ledger.ts';
import { until } from '../../support/until.ts';

let time: StoppedClock;
let store: Store;
let ledger: Ledger;
let directory: FakeDirectory;
let target: FakeTarget;
let log: string;
beforeEach(async () => {
  time = stoppedClock();
  store = await openMemoryStore(time.clock);
  ledger = ledgerOn(store);
  directory = fakeDirectory();
  target = fakeTarget();
  log = '';
});

function courier(changes: Partial<WorkerDependencies> = {}, options: Record<string, unknown> = {}) {
  const write = (line: string) => {
    log += line;
  };
  return courierOn({ store, target, directory, clock: time.clock, options, log: write }, changes).worker;
}

async function login(id: number, changes: Parameters<typeof loginOf>[1] = {}) {
  const user = directory.users.get(String(id)) ?? legacyUser(id);
  directory.users.set(user.id, user);
  const capture = loginOf(user, changes);
  await ledger.capture(capture);
  return capture;
}
const entry = async (id: number) => ledger.find('new', person(id));

describe('A captured person', () => {
  test('is sent with the profile as it is now and the rehash of the login, and is copied.', async () => {
    const { rehash, externalId } = await login(1);
    directory.users.set('1', legacyUser(1, { name: 'newer name' }));
    expect(await courier().runOnce()).toBe(1);
    expect(target.puts).toEqual([
      { externalId, rehash, profile: { email: 'person-1@example.com', name: 'newer name' } },
    ]);
    expect(await entry(1)).toMatchObject({ state: 'copied', attempts: 1, reason: null });
    expect(await ledger.assess(loginOf(legacyUser(1, { name: 'newer name' })))).toBe('unchanged');
  });

  test('is not sent with a password that has changed in legacy since.', async () => {
    await login(1);
    directory.users.set('1', legacyUser(1, {}, 'changed in a legacy app'));
    expect(await courier().runOnce()).toBe(1);
    expect(target.puts).toEqual([]);
    expect((await entry(1))?.state).toBe('stale');
  });

  test.each([
    ['deleted', () => void directory.users.delete('1')],
    ['disabled', () => void directory.users.set('1', { ...legacyUser(1), status: 'disabled' })],
  ])('who is %s in legacy meanwhile is gone, and not sent.', async (_, change) => {
    await login(1);
    change();
    expect(await courier().runOnce()).toBe(1);
    expect(target.puts).toEqual([]);
    expect((await entry(1))?.state).toBe('gone');
  });

  test('of a directory that is not configured waits and says why.', async () => {
    await login(1);
    expect(await courier({ directories: new Map() }).runOnce()).toBe(1);
    expect(await entry(1)).toMatchObject({
      state: 'retrying',
      attempts: 0,
      reason: expect.stringContaining('legacy'),
    });
  });

  test('who logs in again with a new password during the copy is copied again.', async () => {
    await login(1);
    target.answer = async () => {
      target.answer = () => ({ kind: 'updated' });
      directory.users.set('1', legacyUser(1, {}, 'newer'));
      await login(1, { rehash: '$argon2id$newer' });
      return { kind: 'created' };
    };
    const worker = courier();
    await worker.runOnce();
    expect((await entry(1))?.state).toBe('captured');
    await worker.runOnce();
    expect(target.puts.at(-1)?.rehash).toBe('$argon2id$newer');
    expect((await entry(1))?.state).toBe('copied');
  });
});

describe('A client whose migration is', () => {
  test.each([
    ['off', { mode: 'off', target: 'new' }],
    ['pointed at another target', { mode: 'lazy', target: 'elsewhere' }],
    ['removed', undefined],
  ] as const)('%s has nobody sent, and everybody once it is on again.', async (_, off) => {
    const switches: FakeClients = new Map([['other', { mode: 'lazy', target: 'new' }]]);
    if (off !== undefined) switches.set('app', off);
    for (const id of [1, 2, 3]) await login(id);
    await login(4, { clientId: 'other' });
    const worker = courier({ clients: clientsOf(switches) }, { concurrency: 2 });
    for (let looks = 0; looks < 4; looks += 1) await worker.runOnce();
    expect(target.puts.map(({ externalId }) => externalId)).toEqual(['sub-4']);
    expect(await entry(1)).toMatchObject({ state: 'captured', attempts: 0 });

    switches.set('app', { mode: 'lazy', target: 'new' });
    time.pass(1_000);
    for (let looks = 0; looks < 2; looks += 1) await worker.runOnce();
    expect(target.puts).toHaveLength(4);
  });
});

describe('An outage of the legacy directory', () => {
  test('uses up nobody’s attempts and is not asked about all the time.', async () => {
    for (const id of [1, 2, 3, 4, 5, 6]) await login(id);
    directory.out = true;
    const worker = courier({}, { maxAttempts: 2, concurrency: 4 });
    for (let hours = 0; hours < 10; hours += 1) {
      expect(await worker.runOnce()).toBe(0);
      expect(await worker.runOnce()).toBe(0);
      time.pass(3_600_000);
    }
    expect(directory.reads, 'no second look before the rest is over').toBe(10 * 4);
    expect(await entry(1)).toMatchObject({ state: 'captured', attempts: 0 });
    directory.out = false;
    expect(await worker.runOnce()).toBe(4);
    expect(await worker.runOnce()).toBe(2);
    expect(target.puts).toHaveLength(6);
  });
});

describe('An outage of the target', () => {
  const out: PutResult = { kind: 'unavailable', reason: 'refused' };

  test('uses up nobody’s attempts, is probed with one copy at a time, and ends with one success.', async () => {
    for (const id of [1, 2, 3, 4, 5]) await login(id);
    target.answer = () => out;
    const worker = courier({}, { maxAttempts: 2 });
    expect(await worker.runOnce()).toBe(0);
    expect(target.puts).toHaveLength(4);
    expect(await worker.runOnce()).toBe(0);
    expect(target.puts, 'nobody is sent while the circuit is closed').toHaveLength(4);
    for (const seconds of [1, 2, 4]) {
      time.pass(seconds * 1_000);
      await worker.runOnce();
    }
    expect(target.puts, 'one probe each').toHaveLength(7);
    target.answer = () => ({ kind: 'created' });
    time.pass(8_000);
    expect(await worker.runOnce()).toBe(1);
    expect(await worker.runOnce()).toBe(4);
    for (const id of [1, 2, 3, 4, 5]) expect(await entry(id)).toMatchObject({ state: 'copied', attempts: 1 });
  });

  test('of one target does not stop another.', async () => {
    const other = fakeTarget('other');
    await login(1);
    await login(2, { target: 'other', clientId: 'second' });
    target.answer = () => out;
    const switches: FakeClients = new Map([
      ['app', { mode: 'lazy', target: 'new' }],
      ['second', { mode: 'lazy', target: 'other' }],
    ]);
    const targets = new Map([target, other].map((one) => [one.name, one]));
    expect(await courier({ targets, clients: clientsOf(switches) }).runOnce()).toBe(1);
    expect(other.puts).toHaveLength(1);
  });

  test('that asks for time is given exactly that, and spends no attempt.', async () => {
    await login(1);
    target.answer = () => ({ kind: 'throttled', reason: '429', retryAfterMs: 30_000 });
    const worker = courier({}, { maxAttempts: 1 });
    await worker.runOnce();
    time.pass(29_999);
    await worker.runOnce();
    expect(target.puts).toHaveLength(1);
    target.answer = () => ({ kind: 'created' });
    time.pass(1);
    expect(await worker.runOnce()).toBe(1);
    expect((await entry(1))?.state).toBe('copied');
  });
});

describe('A copy that fails', () => {
  test('is tried again later, and parked after the last attempt with its reason.', async () => {
    await login(1);
    target.answer = () => ({ kind: 'retry', reason: 'deadlock' });
    const worker = courier({}, { maxAttempts: 3 });
    for (const state of ['retrying', 'retrying', 'parked']) {
      await worker.runOnce();
      expect(await entry(1)).toMatchObject({ state, reason: 'deadlock' });
      time.pass(900_000);
    }
    expect(await worker.runOnce()).toBe(0);
    expect(target.puts).toHaveLength(3);
  });

  test('as a conflict stays one until somebody looks, and is never sent again by itself.', async () => {
    await login(1);
    target.answer = () => ({ kind: 'conflict', reason: 'email' });
    const worker = courier();
    await worker.runOnce();
    time.pass(86_400_000);
    await login(1);
    await worker.runOnce();
    expect(target.puts).toHaveLength(1);
    expect(await entry(1)).toMatchObject({ state: 'conflict', reason: 'email' });
  });

  test('by an exception stops nobody else, and is parked in the end without telling what it said.', async () => {
    for (const id of [1, 2, 3]) await login(id);
    target.answer = ({ externalId }) => {
      if (externalId === 'sub-2') throw new TypeError('a poisoned row holds s3cret');
      return { kind: 'created' };
    };
    const worker = courier({}, { maxAttempts: 2 });
    expect(await worker.runOnce()).toBe(3);
    time.pass(900_000);
    await worker.runOnce();
    expect(await ledger.counts()).toEqual([
      { target: 'new', state: 'copied', reason: null, count: 2 },
      { target: 'new', state: 'parked', reason: expect.stringContaining('TypeError'), count: 1 },
    ]);
    expect((await entry(2))?.reason).not.toContain('s3cret');
  });

  test('by killing every courier that tries it is parked in the end.', async () => {
    await login(1);
    for (let kills = 0; kills < 3; kills += 1) {
      await ledger.claim({ target: 'new', limit: 1, leaseMs: 5_000 });
      time.pass(5_000);
    }
    await courier({}, { maxAttempts: 3 }).runOnce();
    expect(target.puts).toEqual([]);
    expect(await entry(1)).toMatchObject({ state: 'parked', reason: expect.stringContaining('stopped') });
  });
});

describe('A courier', () => {
  test('that is stopped beyond its lease sends nothing and settles nothing.', async () => {
    await login(1);
    const slow = {
      ...directory,
      async findById() {
        time.pass(60_000);
        return legacyUser(1);
      },
    };
    const zombie = courier({ directories: new Map([['legacy', slow]]) });
    expect(await zombie.runOnce()).toBe(0);
    expect(target.puts).toEqual([]);
    expect(await courier().runOnce()).toBe(1);
    expect(target.puts).toHaveLength(1);
  });

  test('whose row was taken over during the put does not settle it.', async () => {
    await login(1);
    target.answer = async () => {
      time.pass(60_000);
      await ledger.claim({ target: 'new', limit: 1, leaseMs: 60_000 });
      return { kind: 'created' };
    };
    expect(await courier().runOnce()).toBe(0);
    expect((await entry(1))?.state).toBe('copying');
  });

  test('sends no faster than the rate, and gives back at once what exceeds it.', async () => {
    for (const id of [1, 2, 3, 4]) await login(id);
    let left = 3;
    const rates = { take: async () => (left-- > 0 ? 0 : 700) };
    const worker = courier({ rates });
    expect(await worker.runOnce()).toBe(3);
    expect(await ledger.counts()).toContainEqual({
      target: 'new',
      state: 'captured',
      reason: null,
      count: 1,
    });
    left = 1;
    expect(await worker.runOnce(), 'before the wait is over').toBe(0);
    time.pass(700);
    expect(await worker.runOnce()).toBe(1);
    for (const id of [1, 2, 3, 4]) expect((await entry(id))?.attempts).toBe(1);
  });

  test('that cannot ask for the rate holds nobody’s lease.', async () => {
    await login(1);
    const rates = { take: () => Promise.reject(new Error('store')) };
    await expect(courier({ rates }).runOnce()).rejects.toThrow('store');
    expect(await entry(1)).toMatchObject({ state: 'captured', attempts: 0 });
  });

  test('writes no rehash and no e-mail into its log.', async () => {
    const { rehash } = await login(1);
    await courier().runOnce();
    expect(log).toContain('A copy ended.');
    expect(log).not.toContain(rehash);
    expect(log).not.toContain('@example.com');
  });
});

describe('A started courier', () => {
  test('copies what is there and what comes, faster than it polls while there is work.', async () => {
    for (let id = 1; id <= 30; id += 1) await login(id);
    const worker = courier({}, { pollMs: 60_000, concurrency: 3 });
    worker.start();
    await until('everybody is copied', () => target.puts.length === 30);
    await worker.stop();
  });

  test('looks at an empty ledger once a poll interval, not more.', async () => {
    let looks = 0;
    const counting = {
      ...ledger,
      claim: (...request: Parameters<Ledger['claim']>) => {
        looks += 1;
        return ledger.claim(...request);
      },
    };
    const worker = courier({ ledger: counting }, { pollMs: 60_000 });
    worker.start();
    await until('it has looked', () => looks === 1);
    await new Promise(setImmediate);
    expect(looks).toBe(1);
    await worker.stop();
  });

  test('survives a store that fails, and goes on when it is back.', async () => {
    await login(1);
    let failures = 3;
    const failing = {
      ...ledger,
      claim: (...request: Parameters<Ledger['claim']>) =>
        failures-- > 0 ? Promise.reject(new Error('store')) : ledger.claim(...request),
    };
    const worker = courier({ ledger: failing }, { pollMs: 50 });
    worker.start();
    await until('the copy arrives', () => target.puts.length === 1);
    await worker.stop();
    expect(log).toContain('could not look for work');
  });

  test('that is stopped finishes the copies under way and begins no others.', async () => {
    for (const id of [1, 2, 3]) await login(id);
    let finish = () => {};
    const gate = new Promise<void>((done) => {
      finish = done;
    });
    target.answer = () => gate.then(() => ({ kind: 'created' }));
    const worker = courier({}, { concurrency: 2 });
    worker.start();
    await until('two are under way', () => target.puts.length === 2);
    const stopped = worker.stop();
    finish();
    await stopped;
    expect(target.puts).toHaveLength(2);
    expect((await ledger.counts()).map(({ state, count }) => [state, count])).toEqual([
      ['captured', 1],
      ['copied', 2],
    ]);
  });

  test('that is stopped with a copy that does not end gives its lease back.', async () => {
    await login(1);
    target.answer = () => new Promise(() => {});
    const worker = courier({ stopMs: 50 });
    worker.start();
    await until('it is under way', () => target.puts.length === 1);
    await worker.stop();
    expect(await entry(1)).toMatchObject({ state: 'captured', attempts: 0 });
  });
});
