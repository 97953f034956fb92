import type { Selectable } from 'kysely';
import { expect } from 'vitest';
import type { RegisteredClient } from '../../src/clients/client.ts';
import { BridgeError } from '../../src/domain/errors.ts';
import type { Subject } from '../../src/domain/ids.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { LegacyUser } from '../../src/legacy/directory.ts';
import { authorityFor } from '../../src/login/authority.ts';
import { createHandOver } from '../../src/login/hand-over.ts';
import { planFor } from '../../src/login/migration-switch.ts';
import type { Worker } from '../../src/migration/worker.ts';
import { createLogger } from '../../src/runtime/logger.ts';
import type { LedgerTable } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import type { PutResult, UserCopy } from '../../src/targets/target.ts';
import { courierOn, digests, fakeDirectory, fakeTarget, legacyUser } from './test-courier.ts';
import { ledgerOn, openMemoryStore, person, stoppedClock } from './test-ledger.ts';

/** What may happen to a bridge, its neighbours and its people, in any order. */
export type Event =
  | { readonly kind: 'login' | 'change password' | 'change profile'; readonly who: number }
  | { readonly kind: 'disable' | 'delete' | 'enable' | 'change at target'; readonly who: number }
  | { readonly kind: 'mode'; readonly mode: CopyingMode }
  | { readonly kind: 'work'; readonly couriers: readonly (0 | 1)[] }
  | { readonly kind: 'kill'; readonly courier: 0 | 1; readonly at: (typeof KILL_POINTS)[number] }
  | { readonly kind: 'target'; readonly answers: (typeof TARGET_ANSWERS)[number] }
  | { readonly kind: 'legacy' | 'store'; readonly out: boolean }
  | { readonly kind: 'pass'; readonly ms: number };

export const KILL_POINTS = [
  'courier.after-claim',
  'courier.after-read',
  'courier.before-put',
  'courier.after-put',
  'courier.before-settle',
  'courier.after-settle',
] as const;

/** `lost`: done, and the answer never arrives. `meanwhile`: the person logs in with a new password during the put. */
export const TARGET_ANSWERS = [
  'ok',
  'lost',
  'unavailable',
  'throttled',
  'retry',
  'rejected',
  'conflict',
  'meanwhile',
] as const;

export const PEOPLE = [1, 2, 3, 4] as const;
const HOUR = 3_600_000;

interface AtTarget {
  rehash: string | undefined;
  name: string | undefined;
}

export type CopyingMode = 'off' | 'shadow' | 'lazy' | 'cutover';

const KEY = Buffer.alloc(32);

/** A bridge in one process whose neighbours fail as they are told, with the promises that it has to keep. */
export async function createCourierModel() {
  const time = stoppedClock();
  const store = await openMemoryStore(time.clock);
  const ledger = ledgerOn(store);
  const directory = fakeDirectory();
  const target = fakeTarget();
  const there = new Map<string, AtTarget>();
  /** Passwords that were chosen at the target after the copy, by the legacy one that must not come back. */
  const ownChoice = new Map<string, string>();
  const broken: string[] = [];
  const state = { mode: 'lazy' as CopyingMode, storeOut: false, answers: 'ok' as string, versions: 0 };
  for (const id of PEOPLE) directory.users.set(String(id), legacyUser(id));

  const clients = {
    find: async () =>
      ({ migration: { mode: state.mode, target: 'new', percent: 100 } }) as unknown as RegisteredClient,
  };
  const rehashOf = (encoded: string) => `$argon2id$ of ${encoded}`;
  /** As the desk knows it: whoever is there knows the password that is there. */
  const targets = new Map([
    [
      'new',
      {
        ...target,
        verify: async (id: string) => ({ kind: there.has(id) ? ('match' as const) : ('absent' as const) }),
      },
    ],
  ]);
  /** By who said that the password is right. */
  const handOvers = { legacy: handOverOf('legacy'), target: handOverOf('target') };
  function handOverOf(said: 'legacy' | 'target') {
    return createHandOver({
      targets,
      shadow: { isKnownClean: async () => false, record: async () => {}, tally: async () => {} },
      ledger: failing(ledger, () => state.storeOut),
      passwords: {
        async rehash(_, { encoded }) {
          if (said === 'target') broken.push('a password was rehashed that the target had verified');
          return rehashOf(encoded);
        },
        verify: async () => ({ kind: 'match', scheme: 'argon2', lossy: false }),
      },
      digests,
      unverifiable: { clear: async () => {} },
      logger: createLogger('silent'),
    });
  }

  async function login(who: number): Promise<void> {
    const user = directory.users.get(String(who));
    if (directory.out || user?.status !== 'active') return;
    const whom = { person: person(who), email: undefined, app: undefined };
    const plan = planFor(await clients.find(), whom, 0, KEY);
    if (state.storeOut) return;
    const authority = await authorityFor({ ledger, targets }, plan, person(who));
    if (authority.kind === 'elsewhere') broken.push('a target that can verify was not asked');
    const said = authority.kind === 'target' ? 'target' : 'legacy';
    if (said === 'target' && !there.has(`sub-${who}`)) broken.push('the target was asked for a stranger');
    const handOver = handOvers[said];
    handOver.accept({
      clientId: 'app',
      plan,
      authority: said,
      person: person(who),
      subject: `sub-${who}` as Subject,
      user,
      password: Buffer.from('typed'),
      scheme: 'bcrypt',
      lossy: false,
    });
    await handOver.close();
  }

  function change(who: number, changes: (user: LegacyUser, version: number) => Partial<LegacyUser>): void {
    const user = directory.users.get(String(who));
    state.versions += 1;
    if (user !== undefined) directory.users.set(user.id, { ...user, ...changes(user, state.versions) });
  }
  const newPassword = (who: number) =>
    change(who, (_, version) => ({ credential: { encoded: `version ${version}`, scheme: 'auto' } }));

  function write({ externalId, rehash, profile }: UserCopy): PutResult {
    const known = there.get(externalId);
    const user = directory.users.get(externalId.slice('sub-'.length));
    // The courier outlives what its target throws, so that a broken promise has to be noted.
    if (rehash !== undefined && rehash !== rehashOf(user?.credential.encoded ?? 'deleted')) {
      broken.push(`${externalId} was sent a password that is not the one of today`);
    }
    if (rehash !== undefined && ownChoice.get(externalId) === rehash) {
      broken.push(`${externalId} had the password replaced that was chosen at the target`);
    }
    there.set(externalId, { rehash: rehash ?? known?.rehash, name: profile.name });
    return { kind: known === undefined ? 'created' : 'updated' };
  }
  target.answer = async (copy) => {
    switch (state.answers) {
      case 'lost':
        write(copy);
        throw new BridgeError('target_unavailable', 'The connection was reset.');
      case 'meanwhile': {
        const result = write(copy);
        const who = Number(copy.externalId.slice('sub-'.length));
        newPassword(who);
        await login(who);
        return result;
      }
      case 'unavailable':
      case 'retry':
      case 'rejected':
      case 'conflict':
        return { kind: state.answers, reason: `The target said ${state.answers}.` };
      case 'throttled':
        return { kind: 'throttled', reason: '429', retryAfterMs: 30_000 };
      default:
        return write(copy);
    }
  };

  const couriers = [courier(), courier()] as const;

  /** One that dies when it reaches the armed point: from then on nothing it does arrives anywhere. */
  function courier() {
    const life = { armed: undefined as string | undefined, dead: false };
    const die = () => life.dead || state.storeOut;
    const own = failing(ledger, die);
    let worker: Worker = start();
    function start(): Worker {
      life.dead = false;
      return courierOn(
        { store, target, directory, clock: time.clock, options: { maxAttempts: 5, concurrency: 2 } },
        {
          ledger: own,
          clients: { find: clients.find },
          faults(point) {
            if (point === life.armed) {
              life.armed = undefined;
              life.dead = true;
            }
            if (life.dead) throw new Error('killed');
          },
        },
      ).worker;
    }
    return {
      arm(at: string) {
        life.armed = at;
      },
      async work() {
        await worker.runOnce().catch(() => {});
        if (life.dead) worker = start();
      },
      heal() {
        life.armed = undefined;
        worker = start();
      },
    };
  }

  async function changeAtTarget(who: number): Promise<void> {
    const row = await rowOf(store, who);
    const user = there.get(`sub-${who}`);
    if (row?.state !== 'copied' || user?.rehash === undefined) return;
    if (row.copied_fingerprint !== row.credential_fingerprint) return;
    ownChoice.set(`sub-${who}`, user.rehash);
    user.rehash = 'chosen at the target';
  }

  /** Who comes back comes back as they were: with an older password, a row that is stale by it would look wrong. */
  const deleted = new Map<number, LegacyUser>();

  async function happen(event: Event): Promise<void> {
    switch (event.kind) {
      case 'login':
        return login(event.who);
      case 'change password':
        return newPassword(event.who);
      case 'change profile':
        return change(event.who, ({ profile }, version) => ({
          profile: { ...profile, name: `n${version}` },
        }));
      case 'disable':
        return change(event.who, () => ({ status: 'disabled' }));
      case 'enable':
        if (!directory.users.has(String(event.who)))
          directory.users.set(String(event.who), deleted.get(event.who) ?? legacyUser(event.who));
        return change(event.who, () => ({ status: 'active' }));
      case 'delete': {
        const user = directory.users.get(String(event.who));
        if (user !== undefined) deleted.set(event.who, user);
        return void directory.users.delete(String(event.who));
      }
      case 'change at target':
        return changeAtTarget(event.who);
      case 'mode':
        state.mode = event.mode;
        return;
      case 'work':
        return void (await Promise.all(event.couriers.map((index) => couriers[index].work())));
      case 'kill':
        return couriers[event.courier].arm(event.at);
      case 'target':
        state.answers = event.answers;
        return;
      case 'legacy':
        directory.out = event.out;
        return;
      case 'store':
        state.storeOut = event.out;
        return;
      case 'pass':
        return time.pass(event.ms);
    }
  }

  /** Everything is mended, and the couriers work until nothing is left to do. */
  async function comeToRest(): Promise<void> {
    Object.assign(state, { mode: 'lazy', storeOut: false, answers: 'ok' });
    directory.out = false;
    for (const one of couriers) one.heal();
    for (let rounds = 0; rounds < 40; rounds += 1) {
      time.pass(HOUR);
      await Promise.all(couriers.map((one) => one.work()));
      const waiting = (await ledger.counts()).some((row) =>
        ['captured', 'copying', 'retrying'].includes(row.state),
      );
      if (!waiting) return;
    }
    throw new Error('The ledger does not come to rest.');
  }

  /** Everybody who was captured is copied, or their row says why not, and rightly. */
  async function expectPromises(): Promise<void> {
    expect(broken).toEqual([]);
    for (const who of PEOPLE) {
      const row = await rowOf(store, who);
      if (row?.state === 'copied') expectCopied(who, row);
      else if (row !== undefined) expectReason(who, row);
    }
  }

  const isOfToday = (who: number, fingerprint: string) => {
    const user = directory.users.get(String(who));
    return user !== undefined && digests.fingerprint(user.credential) === fingerprint;
  };

  function expectReason(who: number, row: Selectable<LedgerTable>): void {
    expect(['stale', 'gone', 'parked', 'conflict']).toContain(row.state);
    expect(row.reason, 'says why').toBeTruthy();
    if (row.state !== 'stale') return;
    const isThere = row.copied_fingerprint === null || isOfToday(who, row.copied_fingerprint);
    expect(isThere && isOfToday(who, row.credential_fingerprint), 'stale means another password').toBe(false);
  }

  function expectCopied(who: number, row: Selectable<LedgerTable>): void {
    expect(row.copied_fingerprint).toBe(row.credential_fingerprint);
    expect(row.sealed_rehash, 'no rehash is kept once it is there').toBe(null);
    const arrived = there.get(`sub-${who}`);
    expect(arrived, 'copied means that it is there').toBeDefined();
    if (arrived?.rehash === 'chosen at the target' || !isOfToday(who, row.credential_fingerprint)) return;
    const encoded = directory.users.get(String(who))?.credential.encoded ?? '';
    expect(arrived?.rehash).toBe(rehashOf(encoded));
  }

  /** A further login brings everybody across with the password of today whom no admin has to look after. */
  async function expectNextLoginToMend(): Promise<void> {
    for (const who of PEOPLE) await login(who);
    await comeToRest();
    await expectPromises();
    for (const who of PEOPLE) {
      const user = directory.users.get(String(who));
      const row = await rowOf(store, who);
      if (user?.status !== 'active' || ['parked', 'conflict'].includes(row?.state ?? '')) continue;
      expect(row?.state).toBe('copied');
      expect(row?.copied_fingerprint).toBe(digests.fingerprint(user.credential));
      expect(there.get(`sub-${who}`)?.name).toBe(user.profile.name);
    }
  }

  return { happen, comeToRest, expectPromises, expectNextLoginToMend, close: () => store.close() };
}

const rowOf = (store: Store, who: number) =>
  store.db.selectFrom('ledger').selectAll().where('legacy_id', '=', String(who)).executeTakeFirst();

/** The ledger behind a store that may be out. */
function failing(ledger: Ledger, isOut: () => boolean): Ledger {
  const guarded = Object.entries(ledger).map(([name, operation]) => [
    name,
    (...args: unknown[]) =>
      isOut()
        ? Promise.reject(new BridgeError('store_unavailable', 'The store is out.'))
        : (operation as (...args: unknown[]) => Promise<unknown>)(...args),
  ]);
  return Object.fromEntries(guarded) as unknown as Ledger;
}
