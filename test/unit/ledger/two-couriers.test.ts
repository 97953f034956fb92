import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Claim, Ledger } from '../../../src/ledger/ledger.ts';
import {
  captureOf,
  ledgerOn,
  openMemoryStore,
  person,
  type StoppedClock,
  stoppedClock,
} from '../../support/test-ledger.ts';

/** What may happen between a desk and two couriers, in any order. */
type Event =
  | { kind: 'login'; who: number; password: number }
  | { kind: 'claim'; courier: 0 | 1 }
  | { kind: 'put'; courier: 0 | 1 }
  | { kind: 'settle'; courier: 0 | 1 }
  | { kind: 'release'; courier: 0 | 1 }
  | { kind: 'crash'; courier: 0 | 1 }
  | { kind: 'pass'; ms: number };

const LEASE_MS = 1_000;
const courier = fc.constantFrom(0 as const, 1 as const);
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant('login'), who: fc.integer({ min: 1, max: 3 }), password: fc.nat(2) }),
  ...(['claim', 'put', 'settle', 'release', 'crash'] as const).map((kind) =>
    fc.record({ kind: fc.constant(kind), courier }),
  ),
  fc.record({ kind: fc.constant('pass'), ms: fc.constantFrom(1, 300, 1_000) }),
) as fc.Arbitrary<Event>;

/** A desk, a target and two couriers on one ledger, with what the target holds. */
function simulate(ledger: Ledger, time: StoppedClock) {
  const passwords = new Map<number, string>();
  const target = new Map<string, string | undefined>();
  const hands: [Claim[], Claim[]] = [[], []];
  const leases = new Map<string, { token: string; until: number }>();

  const login = async (who: number, password: number) => {
    const fingerprint = `password-${password}`;
    passwords.set(who, fingerprint);
    const key = captureOf(who, { fingerprint, rehash: `rehash of ${fingerprint}` });
    if ((await ledger.assess(key)) !== 'unchanged') await ledger.capture(key);
  };
  const claim = async (hand: Claim[]) => {
    for (const taken of await ledger.claim({ target: 'new', limit: 2, leaseMs: LEASE_MS })) {
      const id = taken.person.legacyId;
      expect(leases.get(id)?.until ?? 0, 'nobody else holds the row').toBeLessThanOrEqual(time.clock());
      leases.set(id, { token: taken.leaseToken, until: time.clock() + LEASE_MS });
      hand.push(taken);
    }
  };
  const alive = ({ person: { legacyId }, leaseToken }: Claim) => {
    const lease = leases.get(legacyId);
    return lease?.token === leaseToken && lease.until > time.clock();
  };
  const sent = new Set<string>();
  const put = (taken: Claim) => {
    if (!alive(taken)) return;
    if (taken.rehash !== undefined) target.set(taken.person.legacyId, taken.rehash);
    sent.add(taken.leaseToken);
  };
  const settle = async (taken: Claim) => {
    put(taken);
    // A courier sends nothing any more when its lease is over, and then has nothing to settle either.
    if (!sent.has(taken.leaseToken)) return;
    const wasAlive = alive(taken);
    const digest = `profile-${taken.person.legacyId}`;
    const ended = await ledger.settle(taken, { kind: 'copied', profileDigest: digest });
    if (wasAlive) expect(ended, 'a live lease is never lost').not.toBe('lost');
    if (ended !== 'lost') leases.delete(taken.person.legacyId);
  };
  const release = async (taken: Claim) => {
    const wasAlive = alive(taken);
    await ledger.release(taken);
    if (wasAlive) leases.delete(taken.person.legacyId);
  };

  async function happen(what: Event): Promise<void> {
    if (what.kind === 'login') return login(what.who, what.password);
    if (what.kind === 'pass') return time.pass(what.ms);
    const hand = hands[what.courier];
    if (what.kind === 'claim') return claim(hand);
    if (what.kind === 'crash') return void hand.splice(0);
    const [first] = hand;
    if (first === undefined) return;
    if (what.kind === 'put') return put(first);
    hand.shift();
    return what.kind === 'settle' ? settle(first) : release(first);
  }

  async function drain(): Promise<void> {
    hands[0].splice(0);
    hands[1].splice(0);
    time.pass(LEASE_MS);
    for (let rounds = 0; rounds < 20; rounds += 1) {
      await claim(hands[0]);
      if (hands[0].length === 0) return;
      for (const taken of hands[0].splice(0)) await settle(taken);
    }
    throw new Error('The ledger does not come to rest.');
  }
  return { passwords, target, happen, drain };
}

test('Whatever happens in whatever order, everybody arrives with the last password they logged in with.', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 60, size: 'max' }), async (events) => {
      const time = stoppedClock();
      const store = await openMemoryStore(time.clock);
      const ledger = ledgerOn(store);
      const world = simulate(ledger, time);
      for (const what of events) await world.happen(what);
      await world.drain();
      for (const [who, fingerprint] of world.passwords) {
        expect((await ledger.find('new', person(who)))?.state).toBe('copied');
        expect(world.target.get(String(who))).toBe(`rehash of ${fingerprint}`);
      }
      await store.close();
    }),
    { numRuns: 200 },
  );
}, 60_000);
