import type { Clients } from '../../clients/clients.ts';
import type { UserProfile } from '../../domain/user-profile.ts';
import type { BulkEntry, Known } from '../../ledger/bulk.ts';
import type { Digests } from '../../ledger/digests.ts';
import type { LegacyUser } from '../../legacy/directory.ts';
import type { PersonHooks } from '../../legacy/person-hooks.ts';
import { toEnter } from '../backfill/judge.ts';
import { copyMany, type ManyCopy, type ManyDependencies } from '../many/copy-many.ts';
import type { SyncCounts } from '../sync.ts';
import { type Gone, isCarried } from './gone.ts';

export interface CompareDependencies extends ManyDependencies {
  readonly hooks: PersonHooks;
  readonly digests: Digests;
  readonly clients: Pick<Clients, 'find'>;
  readonly leaseMs: number;
}

/** What somebody's legacy row, as it is now, means for what the ledger holds. */
type Finding =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'gone'; readonly gone: Gone }
  | { readonly kind: 'drifted'; readonly known: Known }
  | {
      readonly kind: 'changed';
      readonly known: Known;
      readonly user: LegacyUser;
      readonly profile: UserProfile;
    };

const DRIFTED = 'The password changed in legacy after the copy; the next login is copied.';

/**
 * Compares a page of one directory with the ledger, and carries across what changed.
 *
 * @returns whoever is disabled by now
 */
export async function comparePage(
  users: readonly LegacyUser[],
  counts: SyncCounts,
  deps: CompareDependencies,
): Promise<Gone[]> {
  const { target, bulk } = deps;
  counts.read += users.length;
  const [first] = users;
  if (first === undefined) return [];
  const known = await bulk.look(
    target.name,
    first.directory,
    users.map(({ id }) => id),
  );
  const findings: Finding[] = [];
  for (const user of users) {
    const row = known.get(user.id);
    if (row !== undefined) findings.push(await findingOf(user, row, deps));
  }
  counts.unchanged += findings.filter(({ kind }) => kind === 'unchanged').length;
  for (const finding of findings) {
    if (finding.kind !== 'drifted') continue;
    if (await bulk.mark(finding.known, { state: 'stale', reason: DRIFTED })) counts.drifted += 1;
  }
  const changed = findings.flatMap((finding) => (finding.kind === 'changed' ? [finding] : []));
  await carryChanges(changed, counts, deps);
  return findings.flatMap((finding) => (finding.kind === 'gone' ? [finding.gone] : []));
}

async function findingOf(
  user: LegacyUser,
  known: Known,
  { hooks, digests }: CompareDependencies,
): Promise<Finding> {
  const unchanged: Finding = { kind: 'unchanged' };
  if (known.state === 'excluded') return unchanged;
  if (user.status === 'disabled') {
    return isCarried(known) ? unchanged : { kind: 'gone', gone: { known, why: 'disabled' } };
  }
  // A lock ends by itself, and whoever waits is the courier's, who reads the row again.
  if (user.status !== 'active' || !['copied', 'stale', 'gone'].includes(known.state)) return unchanged;
  const transformed = await hooks.transform(known.person, user.profile);
  if (transformed.kind === 'failed') return unchanged;
  const { profile } = transformed;
  if (known.state === 'gone' || known.copiedDigest !== digests.profile(profile)) {
    return { kind: 'changed', known, user, profile };
  }
  const fingerprint = digests.fingerprint(user.credential);
  const drifted = known.copiedFingerprint !== null && known.copiedFingerprint !== fingerprint;
  return drifted && known.state === 'copied' ? { kind: 'drifted', known } : unchanged;
}

async function carryChanges(
  changed: readonly Extract<Finding, { kind: 'changed' }>[],
  counts: SyncCounts,
  deps: CompareDependencies,
): Promise<void> {
  const { target, bulk, digests, leaseMs, clock } = deps;
  const wanted: { known: Known; profile: UserProfile; entry: BulkEntry; drifted: boolean }[] = [];
  for (const finding of changed) {
    const { known, user, profile } = finding;
    if (!(await isWanted(known, deps))) {
      counts.notCopied += 1;
      continue;
    }
    const judged = { target: target.name, user, profile, subject: known.externalId, known, hash: undefined };
    const { entry, drifted } = toEnter({ ...judged, origin: 'sync' }, digests);
    wanted.push({ known, profile, entry, drifted });
  }
  const leaseOver = clock() + leaseMs;
  const claims = await bulk.enter(
    wanted.map(({ entry }) => entry),
    leaseMs,
  );
  const byId = new Map(wanted.map((one) => [one.known.person.legacyId, one]));
  const copies = claims.flatMap((claim): ManyCopy[] => {
    const one = byId.get(claim.person.legacyId);
    return one === undefined ? [] : [{ claim, profile: one.profile, drifted: one.drifted }];
  });
  const tally = await copyMany(copies, leaseOver, deps);
  counts.updated += tally.copied;
  counts.drifted += copies.filter(({ drifted }) => drifted).length;
  counts.reopened += wanted.filter(({ known }) => known.state === 'gone').length;
  for (const kind of ['conflict', 'parked', 'waiting'] as const) counts[kind] += tally[kind];
}

/** As the courier does: nothing is copied for a client whose switch is off. */
async function isWanted({ clientId, target }: Known, { clients }: CompareDependencies): Promise<boolean> {
  if (clientId === '') return true;
  const client = await clients.find(clientId);
  if (client === undefined || client.migration.target !== target) return false;
  return !['off', 'shadow'].includes(client.migration.mode);
}
