import { beforeEach, expect, test } from 'vitest';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { LegacyUser } from '../../../src/legacy/directory.ts';
import { type CopyEvent, RETRY_POLICY } from '../../../src/migration/courier/retry-policy.ts';
import type { WorkerDependencies } from '../../../src/migration/create-worker.ts';
import { workerOptions } from '../../../src/migration/options.ts';
import type { Store } from '../../../src/store/store.ts';
import type { PutResult } from '../../../src/targets/target.ts';
import {
  clientsOf,
  courierOn,
  type FakeDirectory,
  type FakeTarget,
  fakeDirectory,
  fakeTarget,
  legacyUser,
  loginOf,
} from '../../support/test-courier.ts';
import { ledgerOn, openMemoryStore, type StoppedClock, stoppedClock } from '../../support/test-ledger.ts';
import { until } from '../../support/until.ts';

interface World {
  readonly target: FakeTarget;
  readonly directory: FakeDirectory;
  readonly ledger: Ledger;
  readonly time: StoppedClock;
}

const answers = (result: PutResult) => (world: World) => {
  world.target.answer = () => result;
  return undefined;
};
const now = (user: LegacyUser) => (world: World) => {
  world.directory.users.set('1', user);
  return undefined;
};
const never = () => Promise.reject(new Error('the store is out'));

/** How each event comes about. */
const PROVOKE: Record<CopyEvent, (world: World) => Partial<WorkerDependencies> | undefined> = {
  arrived: answers({ kind: 'updated' }),
  conflict: answers({ kind: 'conflict', reason: 'r' }),
  rejected: answers({ kind: 'rejected', reason: 'r' }),
  failed: answers({ kind: 'retry', reason: 'r' }),
  'target out': answers({ kind: 'unavailable', reason: 'r' }),
  'target busy': answers({ kind: 'throttled', reason: 'r', retryAfterMs: 5_000 }),
  'no answer': ({ target, time }) => {
    // The clock has almost reached the end of the lease, so that the wait for an answer is short.
    const findById = async () => {
      time.pass(59_990);
      return legacyUser(1);
    };
    target.answer = () => new Promise(() => {});
    return { directories: new Map([['legacy', { ...fakeDirectory(), findById }]]) };
  },
  unexpected: ({ target }) => {
    target.answer = () => {
      throw new TypeError('unheard of');
    };
    return undefined;
  },
  'hook failed': () => ({
    hooks: { transform: async () => ({ kind: 'failed', hook: 'transform' }) } as never,
  }),
  killed: ({ ledger }) => ({ ledger: { ...ledger, settle: never } }),
  'never ended': ({ time }) => {
    time.pass(1);
    return { options: workerOptions.parse({ maxAttempts: 1 }) };
  },
  'lease over': ({ time }) => {
    const findById = async () => {
      time.pass(60_000);
      return legacyUser(1);
    };
    return { directories: new Map([['legacy', { ...fakeDirectory(), findById }]]) };
  },
  stopped: ({ target }) => {
    target.answer = () => new Promise(() => {});
    return { stopMs: 1 };
  },
  'too fast': () => ({ rates: { take: async () => 700 } }),
  'client off': () => ({ clients: clientsOf(new Map([['app', { mode: 'off', target: 'new' }]])) }),
  'legacy out': ({ directory }) => {
    directory.out = true;
    return undefined;
  },
  'directory unknown': () => ({ directories: new Map() }),
  'locked in legacy': now({ ...legacyUser(1), status: 'must-change-password' }),
  'gone in legacy': now({ ...legacyUser(1), status: 'disabled' }),
  'password changed': now(legacyUser(1, {}, 'changed')),
};

const SAYS_WHY: readonly string[] = ['retrying', 'parked', 'conflict', 'stale', 'gone'];

function expectWait(rule: (typeof RETRY_POLICY)[CopyEvent], ms: number): void {
  if (rule.row === 'retrying') expect(ms).toBe(rule.wait === 'back-off' ? 1_000 : rule.wait);
  if (rule.row === 'leased' && rule.waits === 'row') expect(ms, 'the lease').toBeGreaterThan(0);
  if (rule.row === 'as it was') expect(ms, 'the row itself is due').toBeLessThanOrEqual(0);
}

let time: StoppedClock;
let store: Store;
beforeEach(async () => {
  time = stoppedClock();
  store = await openMemoryStore(time.clock);
});

test.each(Object.keys(RETRY_POLICY) as CopyEvent[])('"%s" ends as the table says.', async (event) => {
  const rule = RETRY_POLICY[event];
  const ledger = ledgerOn(store);
  const [target, directory] = [fakeTarget(), fakeDirectory()];
  const user = legacyUser(1);
  directory.users.set('1', user);
  await ledger.capture(loginOf(user));
  // The circuit is half open, so that it can be seen what it learns.
  const before = { failures: 1, closed_until: 0, reason: null, updated_at: 0 };
  await store.db
    .insertInto('target_state')
    .values({ target: 'new', ...before })
    .execute();
  const changes = PROVOKE[event]({ target, directory, ledger, time }) ?? {};
  const random = (bytes: number) => Buffer.alloc(bytes, 0xff);
  const { worker } = courierOn({ store, target, directory, clock: time.clock }, { random, ...changes });

  if (event === 'never ended') {
    await ledger.claim({ target: 'new', limit: 1, leaseMs: 5_000 });
    time.pass(5_000);
  }
  const run = worker.runOnce();
  if (event === 'stopped') {
    await until('it is under way', () => target.puts.length > 0);
    await worker.stop();
  } else await run;

  const row = await store.db.selectFrom('ledger').selectAll().executeTakeFirstOrThrow();
  const states: Record<string, string> = { 'as it was': 'captured', leased: 'copying' };
  expect(row.state).toBe(states[rule.row] ?? rule.row);
  const spent = event === 'never ended' ? 2 : 1;
  expect(row.attempts).toBe(rule.attempt === 'spent' ? spent : 0);
  expect(row.reason !== null, 'a row that stays behind says why').toBe(SAYS_WHY.includes(rule.row));
  expectWait(rule, row.next_attempt_at - time.clock());

  const circuit = await store.db.selectFrom('target_state').selectAll().executeTakeFirstOrThrow();
  const learned = 'circuit' in rule ? rule.circuit : undefined;
  expect(circuit.failures).toBe({ answers: 0, fails: 2, pauses: 1, none: 1 }[learned ?? 'none']);
  expect(circuit.closed_until > time.clock()).toBe(learned === 'fails' || learned === 'pauses');
  await store.close();
});
