import type { Clients } from '../../clients/clients.ts';
import { copiesTo, cutsOver } from '../../clients/migration.ts';
import type { UserProfile } from '../../domain/user-profile.ts';
import type { BulkEntry, Known } from '../../ledger/bulk.ts';
import type { Digests } from '../../ledger/digests.ts';
import { DRIFT, type DriftReason } from '../../ledger/drift.ts';
import type { LegacyUser } from '../../legacy/directory.ts';
import type { PersonHooks } from '../../legacy/person-hooks.ts';
import { toEnter } from '../backfill/judge.ts';
import { hashAsItIs } from '../backfill/legacy-hash.ts';
import { copyMany, type ManyCopy, type ManyDependencies } from '../many/copy-many.ts';
import type { SyncCounts } from '../sync.ts';
import { type Gone, isCarried } from './gone.ts';

export interface CompareDependencies extends ManyDependencies {
  readonly hooks: PersonHooks;
  readonly digests: Digests;
  readonly clients: Pick<Clients, 'find' | 'list'>;
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
      /** The new legacy password as it is, where the target takes that in the place of the copied one. */
      readonly hash: string | undefined;
    };

/** What a page shares. */
interface Page extends CompareDependencies {
  /** Where clients ask the target for passwords, the one that is there counts. */
  readonly isCutOver: boolean;
}

/**
 * Compares a page of one directory with the ledger, and carries across what changed.
 *
 * @returns whoever is disabled by now
 */
export async function comparePage(
  users: readonly LegacyUser[],
  counts: SyncCounts,
  dependencies: CompareDependencies,
): Promise<Gone[]> {
  const { target, bulk, clients } = dependencies;
  counts.read += users.length;
  const [first] = users;
  if (first === undefined) return [];
  const known = await bulk.look(
    target.name,
    first.directory,
    users.map(({ id }) => id),
  );
  const isCutOver = (await clients.list()).some(({ migration }) => cutsOver(migration, target.name));
  const deps: Page = { ...dependencies, isCutOver };
  const findings: Finding[] = [];
  for (const user of users) {
    const row = known.get(user.id);
    if (row !== undefined) findings.push(await findingOf(user, row, deps));
  }
  counts.unchanged += findings.filter(({ kind }) => kind === 'unchanged').length;
  for (const finding of findings) {
    if (finding.kind !== 'drifted') continue;
    if (await bulk.mark(finding.known, { state: 'stale', reason: driftReason(deps) })) counts.drifted += 1;
  }
  const changed = findings.flatMap((finding) => (finding.kind === 'changed' ? [finding] : []));
  await carryChanges(changed, counts, deps);
  return findings.flatMap((finding) => (finding.kind === 'gone' ? [finding.gone] : []));
}

async function findingOf(user: LegacyUser, known: Known, deps: Page): Promise<Finding> {
  const { hooks, digests, target } = deps;
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
  const drifted =
    target.capabilities.firstHash &&
    known.copiedFingerprint !== null &&
    known.copiedFingerprint !== digests.fingerprint(user.credential);
  const hash = drifted ? replacementFor(user, deps) : undefined;
  if (known.state === 'gone' || hash !== undefined || known.copiedDigest !== digests.profile(profile)) {
    return { kind: 'changed', known, user, profile, hash };
  }
  return drifted && known.state === 'copied' ? { kind: 'drifted', known } : unchanged;
}

/** The new password in its own encoding, if the target verifies that by itself and may be given another password. */
function replacementFor({ credential }: LegacyUser, { target, isCutOver }: Page): string | undefined {
  const { laterHash, legacyHashes } = target.capabilities;
  return laterHash && !isCutOver ? hashAsItIs(credential, legacyHashes) : undefined;
}

const driftReason = ({ target, isCutOver }: Page): DriftReason =>
  isCutOver || !target.capabilities.laterHash ? DRIFT.kept : DRIFT.nextLogin;

async function carryChanges(
  changed: readonly Extract<Finding, { kind: 'changed' }>[],
  counts: SyncCounts,
  deps: Page,
): Promise<void> {
  const { target, bulk, digests, leaseMs, clock } = deps;
  const wanted: { known: Known; profile: UserProfile; entry: BulkEntry; drifted: boolean }[] = [];
  for (const finding of changed) {
    const { known, user, profile, hash } = finding;
    if (!(await isWanted(known, deps))) {
      counts.notCopied += 1;
      continue;
    }
    const judged = {
      target: target.name,
      user,
      profile,
      subject: known.externalId,
      known,
      hash,
      replaces: true,
    };
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
    return one === undefined
      ? []
      : [{ claim, profile: one.profile, drift: one.drifted ? driftReason(deps) : undefined }];
  });
  const tally = await copyMany(copies, leaseOver, deps);
  counts.updated += tally.copied;
  counts.drifted += copies.filter(({ drift }) => drift !== undefined).length;
  counts.passwords += copies.filter(({ claim }) => claim.rehash !== undefined).length;
  counts.reopened += wanted.filter(({ known }) => known.state === 'gone').length;
  for (const kind of ['conflict', 'parked', 'waiting'] as const) counts[kind] += tally[kind];
}

/** As the courier does: nothing is copied for a client whose switch is off. */
async function isWanted({ clientId, target }: Known, { clients }: CompareDependencies): Promise<boolean> {
  if (clientId === '') return true;
  const client = await clients.find(clientId);
  return client !== undefined && copiesTo(client.migration, target);
}
