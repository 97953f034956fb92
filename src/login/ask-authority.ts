import type { Credential } from '../domain/credential.ts';
import type { PersonRef } from '../domain/ids.ts';
import type { UnverifiableRows } from '../ledger/unverifiable.ts';
import type { LegacyUser } from '../legacy/directory.ts';
import type { Passwords } from '../passwords/passwords.ts';
import type { Verdict } from '../passwords/verdict.ts';
import type { Logger } from '../runtime/logger.ts';
import type { AskedTargets, Authority } from './authority.ts';
import type { MigrationPlan } from './migration-switch.ts';

export interface AskDeps {
  readonly passwords: Pick<Passwords, 'verify' | 'spendDecoy'>;
  readonly targets: AskedTargets;
  readonly unverifiable: Pick<UnverifiableRows, 'record'>;
  /** A hash as the targets keep them, of nobody's password. */
  readonly targetDecoy: Credential;
  readonly logger: Logger;
}

/** What was said of a password. `disabled`: it is right, and the person locked out at the target. */
export type Answer =
  | { readonly kind: 'right'; readonly scheme: string | undefined; readonly lossy: boolean }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'unavailable' };

/**
 * Asks whoever knows. Where a target may be asked, a wrong password costs two hashes, one of the old house and one of the
 * new: whose password has been copied cannot be told by the time.
 */
export async function askAuthority(
  deps: AskDeps,
  { authority, plan, user }: { authority: Authority; plan: MigrationPlan; user: LegacyUser },
  password: Uint8Array,
): Promise<Answer> {
  if (authority.kind === 'target') return askTarget(deps, authority, password);
  const person = { directory: user.directory, legacyId: user.id };
  const verdict = await deps.passwords.verify(user.credential, password);
  if (verdict.kind === 'match') return { kind: 'right', scheme: verdict.scheme, lossy: verdict.lossy };
  await noteUnreadable(deps, person, verdict);
  await spendTargetDecoy(deps, plan, password);
  return { kind: 'wrong' };
}

/** The hash of the new house that a wrong password costs whom the target knows nothing of. */
export async function spendTargetDecoy(
  { passwords, targets, targetDecoy }: AskDeps,
  { mode, target }: MigrationPlan,
  password: Uint8Array,
): Promise<void> {
  if (mode !== 'cutover' || targets.get(target)?.verify === undefined) return;
  await passwords.verify(targetDecoy, password);
}

async function askTarget(
  deps: AskDeps,
  { target, externalId, verify }: Extract<Authority, { kind: 'target' }>,
  password: Uint8Array,
): Promise<Answer> {
  const verdict = await verify(externalId, password);
  switch (verdict.kind) {
    case 'match':
      return { kind: 'right', scheme: undefined, lossy: false };
    case 'disabled':
      return { kind: 'disabled' };
    case 'mismatch':
      await deps.passwords.spendDecoy(password);
      return { kind: 'wrong' };
    case 'absent':
      deps.logger.warn(
        { target, sub: externalId },
        'Somebody who was copied is not at the target any more, and the old password does not count: they cannot log in. ' +
          '"footbridge ledger forget" lets them begin anew.',
      );
      await deps.passwords.verify(deps.targetDecoy, password);
      await deps.passwords.spendDecoy(password);
      return { kind: 'wrong' };
    case 'unavailable':
      deps.logger.error(
        { target, reason: verdict.reason },
        'The target could not say whether a password is right: a login was not possible.',
      );
      return { kind: 'unavailable' };
  }
}

async function noteUnreadable(
  deps: AskDeps,
  person: PersonRef,
  verdict: Exclude<Verdict, { kind: 'match' }>,
): Promise<void> {
  if (verdict.kind === 'mismatch') return;
  const looksLike =
    verdict.kind === 'unknown-scheme' ? verdict.shape : `${verdict.scheme}: ${verdict.reason}`;
  deps.logger.warn(
    { directory: person.directory, legacy_id: person.legacyId, looks_like: looksLike },
    'The password of this row could not be verified: no scheme reads its column.',
  );
  await deps.unverifiable.record(person, looksLike);
}
