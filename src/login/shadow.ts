import type { PersonRef, Subject } from '../domain/ids.ts';
import type { Digests } from '../ledger/digests.ts';
import type { CaptureKey } from '../ledger/ledger.ts';
import type { PasswordTrait, ShadowProblem, ShadowRecords } from '../ledger/shadow-records.ts';
import type { LegacyUser } from '../legacy/directory.ts';
import type { Passwords } from '../passwords/passwords.ts';
import type { Logger } from '../runtime/logger.ts';
import type { UserCopy } from '../targets/target.ts';
import type { AskedTarget, AskedTargets } from './authority.ts';

export interface ShadowDeps {
  readonly targets: AskedTargets;
  readonly passwords: Pick<Passwords, 'verify' | 'rehash'>;
  readonly digests: Digests;
  readonly shadow: Pick<ShadowRecords, 'isKnownClean' | 'record' | 'tally'>;
  readonly logger: Logger;
}

export interface ShadowedLogin {
  readonly clientId: string;
  readonly plan: { readonly target: string };
  readonly person: PersonRef;
  readonly subject: Subject;
  /** The profile as the hooks have made it. */
  readonly user: LegacyUser;
  readonly password: Uint8Array;
  readonly scheme: string | undefined;
  readonly lossy: boolean;
}

interface Finding {
  readonly problem: ShadowProblem | undefined;
  readonly reason: string | undefined;
}

/**
 * Makes the copy that this login would have been, holds the rehash against the password just typed, and asks the target
 * what would become of it. Nothing leaves: what was found out is written down, and the rehash forgotten.
 */
export async function lookInShadow(deps: ShadowDeps, login: ShadowedLogin): Promise<void> {
  const { person, plan, user } = login;
  const target = deps.targets.get(plan.target);
  if (target === undefined) return;
  const key: CaptureKey = {
    target: plan.target,
    person,
    fingerprint: deps.digests.fingerprint(user.credential),
    profileDigest: deps.digests.profile(user.profile),
  };
  if (await deps.shadow.isKnownClean(key)) return;
  const finding = login.lossy ? LOSSY : await tryCopy(deps, login, target);
  if (finding !== undefined) await deps.shadow.record({ ...key, clientId: login.clientId, ...finding });
}

const CLEAN: Finding = { problem: undefined, reason: undefined };
const LOSSY: Finding = {
  problem: 'lossy',
  reason: 'The legacy scheme looks at only a part of the password, so it is not copied.',
};
const MISMATCH: Finding = {
  problem: 'mismatch',
  reason: 'The new hash does not open with the password that the old one opened with.',
};

/** @returns undefined when the target could not be asked: nothing is known then */
async function tryCopy(
  deps: ShadowDeps,
  login: ShadowedLogin,
  target: AskedTarget,
): Promise<Finding | undefined> {
  const copy: UserCopy = { externalId: login.subject, profile: login.user.profile };
  if (!target.capabilities.firstHash) return foreseen(deps, target, copy);
  const rehash = await deps.passwords.rehash(login.password, login.user.credential);
  const { kind } = await deps.passwords.verify({ encoded: rehash, scheme: 'auto' }, login.password);
  const matched = kind === 'match';
  await deps.shadow.tally(target.name, login.scheme ?? 'unknown', traitsOf(login.password), matched);
  return matched ? foreseen(deps, target, { ...copy, rehash }) : MISMATCH;
}

async function foreseen(
  { logger }: ShadowDeps,
  target: AskedTarget,
  copy: UserCopy,
): Promise<Finding | undefined> {
  const foresight = await target.foresee?.(copy);
  switch (foresight?.kind) {
    case 'conflict':
    case 'rejected':
      return { problem: foresight.kind, reason: foresight.reason };
    case 'unavailable':
      logger.warn(
        { target: target.name, reason: foresight.reason },
        'Shadow could not ask the target; the next login is looked at.',
      );
      return undefined;
    default:
      return CLEAN;
  }
}

const BCRYPT_LIMIT_BYTES = 72;
const isBlank = (byte: number | undefined) =>
  byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);

/** What a password has in common with others, as counts alone remember it. */
export function traitsOf(password: Uint8Array): PasswordTrait[] {
  return [
    'any',
    ...(password.some((byte) => byte > 0x7f) ? (['non-ascii'] as const) : []),
    ...(password.length > BCRYPT_LIMIT_BYTES ? (['over-72-bytes'] as const) : []),
    ...(isBlank(password[0]) || isBlank(password.at(-1)) ? (['outer-blanks'] as const) : []),
  ];
}
