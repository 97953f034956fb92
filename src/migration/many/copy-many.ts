import type { UserProfile } from '../../domain/user-profile.ts';
import type { Held, LedgerBulk } from '../../ledger/bulk.ts';
import type { DriftReason } from '../../ledger/drift.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { TargetCircuit } from '../../ledger/target-circuit.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { FaultPoints } from '../../runtime/fault-points.ts';
import type { PutResult, Target, UserCopy } from '../../targets/target.ts';
import { letIn } from '../courier/copy-user.ts';
import { outcomeOf, type RetryPolicy } from '../courier/retry-policy.ts';
import type { TargetRates } from '../target-rates.ts';

export interface ManyDependencies {
  readonly target: Target;
  readonly ledger: Pick<Ledger, 'settle' | 'release'>;
  readonly bulk: LedgerBulk;
  readonly circuit: TargetCircuit;
  /** Every limit that holds: the target's own, and the run's. */
  readonly rates: readonly TargetRates[];
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly faults: FaultPoints;
  readonly pause: (ms: number) => Promise<void>;
}

export interface ManyCopy {
  readonly claim: Held;
  readonly profile: UserProfile;
  /** For whom the password at the target is no longer the legacy one, and stays so. */
  readonly drift: DriftReason | undefined;
}

/** How the copies of a page ended, by kind; `waiting` are left to the courier. */
export type Tally = Record<'copied' | 'conflict' | 'parked' | 'waiting', number>;

/** Copies under way at once to a target that takes one at a time. */
const SINGLY = 8;

/**
 * Sends people who have just been read and entered, and settles them. What the target cannot take now is given back to
 * the ledger, due for any courier.
 *
 * @param leaseOver by our clock, in milliseconds since 1970
 */
export async function copyMany(
  copies: readonly ManyCopy[],
  leaseOver: number,
  deps: ManyDependencies,
): Promise<Tally> {
  const tally: Tally = { copied: 0, conflict: 0, parked: 0, waiting: 0 };
  if (copies.length === 0) return tally;
  if (!(await withinRates(copies.length, leaseOver, deps))) return giveBack(copies, tally, deps);
  deps.faults('backfill.before-put');
  const results = await sendBefore(leaseOver, copies, deps);
  deps.faults('backfill.after-put');
  if (results === 'none') {
    // Nobody knows what the target did: the rows stay leased, so that nothing overtakes it.
    await deps.circuit.failed(deps.target.name, 'The target did not answer in time.');
    return { ...tally, waiting: copies.length };
  }
  const arrived: ManyCopy[] = [];
  for (const [index, copy] of copies.entries()) {
    const result = results[index] ?? { kind: 'retry', reason: 'The target gave no answer for this person.' };
    if (result.kind === 'created' || result.kind === 'updated') {
      arrived.push(copy);
    } else await conclude(copy, result, tally, deps);
  }
  for (const [drift, alike] of Map.groupBy(arrived, (copy) => copy.drift)) {
    await deps.bulk.settle(
      alike.map(({ claim }) => claim),
      drift,
    );
  }
  tally.copied += arrived.length;
  return tally;
}

/** @returns false when the lease would be over before all may be sent */
async function withinRates(
  wanted: number,
  leaseOver: number,
  { rates, target, clock, pause }: ManyDependencies,
): Promise<boolean> {
  for (const rate of rates) {
    for (let taken = 0; taken < wanted; ) {
      const waitMs = await rate.take(target.name);
      if (waitMs === 0) taken += 1;
      else if (clock() + waitMs >= leaseOver) return false;
      else await pause(waitMs);
    }
  }
  return clock() < leaseOver;
}

async function sendBefore(
  leaseOver: number,
  copies: readonly ManyCopy[],
  deps: ManyDependencies,
): Promise<PutResult[] | 'none'> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'none'>((done) => {
    timer = setTimeout(done, leaseOver - deps.clock(), 'none');
  });
  try {
    return await Promise.race([send(copies, deps), silence]);
  } finally {
    clearTimeout(timer);
  }
}

async function send(copies: readonly ManyCopy[], { target }: ManyDependencies): Promise<PutResult[]> {
  const users = copies.map(
    ({ claim: { externalId, rehash }, profile }): UserCopy => ({
      externalId,
      profile,
      ...(rehash === undefined ? {} : { rehash }),
    }),
  );
  const results =
    target.putMany === undefined ? await oneByOne(users, target) : await answersOf(target, users);
  for (const [index, { claim }] of copies.entries()) {
    const result = results[index];
    if (claim.lockedOut && result !== undefined) results[index] = await letIn(claim, result, { target });
  }
  return results;
}

async function answersOf(target: Target, users: readonly UserCopy[]): Promise<PutResult[]> {
  return target.putMany === undefined ? [] : target.putMany(users);
}

async function oneByOne(users: readonly UserCopy[], target: Target): Promise<PutResult[]> {
  const results: PutResult[] = [];
  let next = 0;
  const lane = async () => {
    while (next < users.length) {
      const index = next;
      next += 1;
      const user = users[index];
      if (user !== undefined) results[index] = await putSafely(user, target);
    }
  };
  await Promise.all(Array.from({ length: SINGLY }, lane));
  return results;
}

async function putSafely(user: UserCopy, target: Target): Promise<PutResult> {
  try {
    return await target.put(user);
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    return { kind: 'retry', reason: `The connector failed unexpectedly (${name}).` };
  }
}

async function conclude(
  { claim }: ManyCopy,
  result: PutResult,
  tally: Tally,
  { ledger, circuit, target, policy }: ManyDependencies,
): Promise<void> {
  const outcome = outcomeOf(result, claim, claim.profileDigest, policy);
  switch (outcome.kind) {
    case 'target-out':
      await circuit.failed(target.name, outcome.reason);
      await ledger.release(claim);
      break;
    case 'target-busy':
      await circuit.pause(target.name, outcome.reason, outcome.retryAfterMs);
      await ledger.release(claim);
      break;
    case 'settle': {
      await ledger.settle(claim, outcome.settlement);
      const { kind } = outcome.settlement;
      if (kind === 'conflict' || kind === 'parked') {
        tally[kind] += 1;
        return;
      }
      break;
    }
    default:
      await ledger.release(claim);
  }
  tally.waiting += 1;
}

async function giveBack(
  copies: readonly ManyCopy[],
  tally: Tally,
  { ledger }: ManyDependencies,
): Promise<Tally> {
  for (const { claim } of copies) await ledger.release(claim);
  return { ...tally, waiting: copies.length };
}
