import type { PersonRef, Subject } from '../domain/ids.ts';
import type { LedgerBulk } from '../ledger/bulk.ts';
import type { Digests } from '../ledger/digests.ts';
import { URGENCY } from '../ledger/ledger.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import type { LegacyUser } from '../legacy/directory.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import { judge, type Skip } from './backfill/judge.ts';

export interface CopyNowDependencies {
  readonly directories: Pick<LegacyDirectories, 'findPerson'>;
  readonly bulk: Pick<LedgerBulk, 'look' | 'enter'>;
  readonly hooks: Pick<PersonHooks, 'transform'>;
  readonly digests: Digests;
  readonly subjectOf: (person: PersonRef) => Subject;
}

/** `entered`: the profile waits, before everybody else's; everything else says why nothing was written. */
export type CopyNow =
  | 'entered'
  | Skip
  | 'notThere'
  | 'hookFailed'
  | 'changedMeanwhile'
  | Exclude<LegacyUser['status'], 'active'>;

/**
 * Has the profile of somebody copied for whom nothing waits, as a backfill would: without a password, which stays at the
 * target as it is and comes with the next login otherwise.
 *
 * @throws BridgeError `legacy_unavailable`
 */
export function createCopyNow(deps: CopyNowDependencies) {
  return async (target: string, person: PersonRef): Promise<CopyNow> => {
    const user = await deps.directories.findPerson(person);
    if (user === undefined) return 'notThere';
    if (user.status !== 'active') return user.status;
    const known = await lookedUp(target, person, deps);
    const transformed = await deps.hooks.transform(person, user.profile);
    if (transformed.kind === 'failed') return 'hookFailed';
    const judgement = judge(
      {
        target,
        user,
        profile: transformed.profile,
        subject: deps.subjectOf(person),
        known,
        hash: undefined,
        origin: 'admin',
      },
      deps.digests,
    );
    if (judgement.kind === 'skip') return judgement.why;
    await deps.bulk.enter([{ ...judgement.entry, urgency: URGENCY.now }], undefined);
    const entered = await lookedUp(target, person, deps);
    return entered?.generation === (known?.generation ?? 0) + 1 ? 'entered' : 'changedMeanwhile';
  };
}

async function lookedUp(
  target: string,
  { directory, legacyId }: PersonRef,
  { bulk }: Pick<CopyNowDependencies, 'bulk'>,
) {
  return (await bulk.look(target, directory, [legacyId])).get(legacyId);
}
