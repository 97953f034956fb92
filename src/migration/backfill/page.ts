import type { PersonRef, Subject } from '../../domain/ids.ts';
import type { UserProfile } from '../../domain/user-profile.ts';
import type { BulkEntry } from '../../ledger/bulk.ts';
import type { Digests } from '../../ledger/digests.ts';
import { DRIFT } from '../../ledger/drift.ts';
import type { LegacyUser } from '../../legacy/directory.ts';
import type { PersonHooks } from '../../legacy/person-hooks.ts';
import type { LegacyHashes } from '../../targets/target.ts';
import { copyMany, type ManyCopy, type ManyDependencies, type Tally } from '../many/copy-many.ts';
import { type Judgement, judge, type Skip } from './judge.ts';
import { hashAsItIs } from './legacy-hash.ts';
import { isMeant, type Only } from './only.ts';

export interface PageDependencies extends ManyDependencies {
  readonly hooks: PersonHooks;
  readonly digests: Digests;
  readonly subjectOf: (person: PersonRef) => Subject;
  readonly schemeOf: (user: LegacyUser) => string;
  readonly leaseMs: number;
}

export interface PageOptions {
  readonly only: Only;
  /** Legacy hashes that are sent as they are; undefined: the profile alone. */
  readonly hashes: LegacyHashes | undefined;
  /** False: they are entered into the ledger, for the couriers. */
  readonly copy: boolean;
}

/** How the people of a page ended. `disabled` and `later` were entered and are not sent. */
export type Counts = Record<
  'read' | 'notMeant' | 'entered' | 'disabled' | 'later' | 'withHash' | Skip | keyof Tally,
  number
>;

export const noCounts = (): Counts => ({
  read: 0,
  notMeant: 0,
  entered: 0,
  disabled: 0,
  later: 0,
  withHash: 0,
  across: 0,
  underWay: 0,
  waitsForAdmin: 0,
  excluded: 0,
  gone: 0,
  copied: 0,
  conflict: 0,
  parked: 0,
  waiting: 0,
});

/** Enters a page of one directory into the ledger and, unless told otherwise, copies it. */
export async function fillPage(
  users: readonly LegacyUser[],
  options: PageOptions,
  deps: PageDependencies,
): Promise<Counts> {
  const counts = noCounts();
  const judgements = await judgeAll(users, options, counts, deps);
  const entries = judgements.map(({ entry }) => entry);
  for (const entry of entries) count(entry, counts);
  const leaseOver = deps.clock() + deps.leaseMs;
  deps.faults('backfill.before-enter');
  const claims = await deps.bulk.enter(entries, options.copy ? deps.leaseMs : undefined);
  deps.faults('backfill.after-enter');
  const byId = new Map(judgements.map((judgement) => [judgement.entry.person.legacyId, judgement]));
  const copies = claims.flatMap((claim): ManyCopy[] => {
    const found = byId.get(claim.person.legacyId);
    return found?.profile === undefined
      ? []
      : [{ claim, profile: found.profile, drift: found.drifted ? DRIFT.nextLogin : undefined }];
  });
  const tally = await copyMany(copies, leaseOver, deps);
  return { ...counts, ...tally };
}

export function count({ instead, rehash }: BulkEntry, counts: Counts): void {
  if (instead?.state === 'gone') counts.disabled += 1;
  else if (instead !== undefined) counts.later += 1;
  else {
    counts.entered += 1;
    if (rehash !== undefined) counts.withHash += 1;
  }
}

/** What would be entered of a page, each with the profile that would be sent. */
export async function judgeAll(
  users: readonly LegacyUser[],
  { only, hashes }: PageOptions,
  counts: Counts,
  { target, bulk, digests, hooks, subjectOf, schemeOf }: PageDependencies,
): Promise<(Extract<Judgement, { kind: 'enter' }> & { readonly profile: UserProfile | undefined })[]> {
  counts.read += users.length;
  const meant = users.filter((user) => isMeant(only, user, schemeOf));
  counts.notMeant += users.length - meant.length;
  const [first] = meant;
  if (first === undefined) return [];
  const known = await bulk.look(
    target.name,
    first.directory,
    meant.map(({ id }) => id),
  );
  const found = await Promise.all(
    meant.map(async (user) => {
      const person = { directory: user.directory, legacyId: user.id };
      const transformed = await hooks.transform(person, user.profile);
      const profile = transformed.kind === 'profile' ? transformed.profile : undefined;
      const judgement = judge(
        {
          target: target.name,
          user,
          profile,
          subject: subjectOf(person),
          known: known.get(user.id),
          hash: hashAsItIs(user.credential, hashes),
        },
        digests,
      );
      return { judgement, profile };
    }),
  );
  return found.flatMap(({ judgement, profile }) => {
    if (judgement.kind === 'enter') return [{ ...judgement, profile }];
    counts[judgement.why] += 1;
    return [];
  });
}
