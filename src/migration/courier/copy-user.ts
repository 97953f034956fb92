import type { Clients } from '../../clients/clients.ts';
import { copiesTo } from '../../clients/migration.ts';
import { hasCode } from '../../domain/errors.ts';
import type { Digests } from '../../ledger/digests.ts';
import type { Claim } from '../../ledger/ledger.ts';
import type { LegacyDirectory, LegacyUser } from '../../legacy/directory.ts';
import type { PersonHooks } from '../../legacy/person-hooks.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { FaultPoints } from '../../runtime/fault-points.ts';
import type { PutResult, Target } from '../../targets/target.ts';
import type { Outcome } from './outcome.ts';
import { outcomeOf, type RetryPolicy, type SettlingEvent, settleBy } from './retry-policy.ts';

export interface CopyDependencies {
  readonly target: Target;
  readonly directories: ReadonlyMap<string, LegacyDirectory>;
  readonly hooks: PersonHooks;
  readonly clients: Pick<Clients, 'find'>;
  readonly digests: Digests;
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly faults: FaultPoints;
}

/** @param leaseOver by our clock, in milliseconds since 1970: from then on the row may be somebody else's */
export async function copyUser(claim: Claim, leaseOver: number, deps: CopyDependencies): Promise<Outcome> {
  const settle = (event: SettlingEvent, reason: string) =>
    settleBy(event, reason, claim.attempts, deps.policy);
  if (claim.attempts > deps.policy.maxAttempts) return settle('never ended', NEVER_ENDED);

  if (!(await isWanted(claim, deps))) return { kind: 'client-off' };

  const user = await readAgain(claim, deps, settle);
  deps.faults('courier.after-read');
  if (user.kind !== 'active') return user.outcome;

  const { credential, profile } = user.legacyUser;
  // A backfill that sends no password has nothing that could be outdated.
  const profileAlone = claim.rehash === undefined && claim.clientId === '';
  if (!profileAlone && deps.digests.fingerprint(credential) !== claim.fingerprint) {
    return settle(
      'password changed',
      'The password changed in legacy after the login; the next login is copied.',
    );
  }

  if (deps.clock() >= leaseOver) return { kind: 'lease-over' };
  deps.faults('courier.before-put');
  const { externalId, rehash } = claim;
  const copy = { externalId, profile, ...(rehash === undefined ? {} : { rehash }) };
  const result = await answerBefore(leaseOver, deps, () => deps.target.put(copy));
  deps.faults('courier.after-put');

  if (result === 'none') return { kind: 'no-answer', reason: 'The target did not answer in time.' };
  const ended = claim.lockedOut ? await letIn(claim, result, deps) : result;
  return outcomeOf(ended, claim, deps.digests.profile(profile), deps.policy);
}

/** Whoever is back in legacy is let in again at the target, if it was the bridge that locked them out. */
export async function letIn(
  { externalId }: Pick<Claim, 'externalId'>,
  result: PutResult,
  { target }: Pick<CopyDependencies, 'target'>,
): Promise<PutResult> {
  if ((result.kind !== 'created' && result.kind !== 'updated') || target.enable === undefined) return result;
  const enabled = await target.enable(externalId);
  return enabled.kind === 'created' || enabled.kind === 'updated' ? result : enabled;
}

const NEVER_ENDED = 'The copy never came to an end: each courier that tried it stopped in the middle.';

/** Whether one of the client's switches still says that people are copied, and to this target. */
async function isWanted(claim: Claim, { clients }: CopyDependencies): Promise<boolean> {
  // Nobody's login brought this row: a backfill did, which an admin started for the target.
  if (claim.clientId === '') return true;
  const client = await clients.find(claim.clientId);
  return client !== undefined && copiesTo(client.migration, claim.target);
}

type ReadAgain =
  | { readonly kind: 'active'; readonly legacyUser: LegacyUser }
  | { readonly kind: 'not copied'; readonly outcome: Outcome };

async function readAgain(
  { person }: Claim,
  { directories, hooks }: CopyDependencies,
  settle: (event: SettlingEvent, reason: string) => Outcome,
): Promise<ReadAgain> {
  const directory = directories.get(person.directory);
  const notCopied = (event: SettlingEvent, reason: string): ReadAgain => ({
    kind: 'not copied',
    outcome: settle(event, reason),
  });
  if (directory === undefined) {
    return notCopied('directory unknown', `No legacy directory called ${person.directory} is configured.`);
  }
  try {
    const legacyUser = await directory.findById(person.legacyId);
    if (legacyUser === undefined) return notCopied('gone in legacy', 'Deleted in legacy.');
    if (legacyUser.status === 'disabled') {
      return notCopied('gone in legacy', 'Disabled in legacy.');
    }
    if (legacyUser.status !== 'active') {
      const reason =
        legacyUser.status === 'locked' ? 'Locked in legacy.' : 'Must change the password in legacy.';
      return notCopied('locked in legacy', reason);
    }
    const transformed = await hooks.transform(person, legacyUser.profile);
    if (transformed.kind === 'failed') {
      return notCopied('hook failed', `The hook ${transformed.hook} failed for this person.`);
    }
    return { kind: 'active', legacyUser: { ...legacyUser, profile: transformed.profile } };
  } catch (error) {
    if (!hasCode(error, 'legacy_unavailable')) throw error;
    return { kind: 'not copied', outcome: { kind: 'legacy-out', reason: error.message } };
  }
}

/** A connector keeps its own time limits; this one holds even if it does not. */
async function answerBefore(
  deadline: number,
  { clock }: CopyDependencies,
  ask: () => Promise<PutResult>,
): Promise<PutResult | 'none'> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'none'>((done) => {
    timer = setTimeout(done, deadline - clock(), 'none');
  });
  try {
    return await Promise.race([ask(), silence]);
  } catch (error) {
    if (!hasCode(error, 'target_unavailable')) throw error;
    return { kind: 'unavailable', reason: error.message };
  } finally {
    clearTimeout(timer);
  }
}
