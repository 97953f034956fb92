import type { Credential } from '../domain/credential.ts';
import { hasCode } from '../domain/errors.ts';
import type { PersonRef, Subject } from '../domain/ids.ts';
import type { UserProfile } from '../domain/user-profile.ts';
import type { Digests } from '../ledger/digests.ts';
import {
  type Assessment,
  type Capture,
  type CaptureKey,
  type Ledger,
  URGENCY,
  type Urgency,
} from '../ledger/ledger.ts';
import type { UnverifiableRows } from '../ledger/unverifiable.ts';
import type { LegacyUser } from '../legacy/directory.ts';
import type { MigrationPlan } from './migration-switch.ts';
import { lookInShadow, type ShadowDeps } from './shadow.ts';

/** Carries verified logins over to the ledger, off the person's path. */
export interface HandOver {
  /** Takes the password over and wipes it when done. Never throws: what fails here is made up at the next login. */
  accept(login: VerifiedLogin): void;
  /** Waits for what has been accepted. */
  close(): Promise<void>;
}

export interface VerifiedLogin {
  readonly clientId: string;
  readonly plan: MigrationPlan;
  /** Who said that the password is right. */
  readonly authority: 'legacy' | 'target';
  readonly person: PersonRef;
  readonly subject: Subject;
  readonly user: LegacyUser;
  readonly password: Uint8Array;
  /** By which the legacy password was verified; undefined when the target said so. */
  readonly scheme: string | undefined;
  /** The scheme looked at only a part of the password. */
  readonly lossy: boolean;
}

export interface HandOverDeps extends ShadowDeps {
  readonly ledger: Pick<Ledger, 'assess' | 'capture' | 'find' | 'hurry'>;
  readonly unverifiable: Pick<UnverifiableRows, 'clear'>;
}

export function createHandOver(deps: HandOverDeps): HandOver {
  const underWay = new Set<Promise<void>>();

  async function run(login: VerifiedLogin): Promise<void> {
    try {
      if (login.authority === 'legacy') await deps.unverifiable.clear(login.person);
      await carryOver(deps, login);
    } catch (err) {
      const facts = { client_id: login.clientId, sub: login.subject };
      if (hasCode(err, 'overloaded')) {
        deps.logger.info(facts, 'The machine is busy: this login was not captured; the next one will be.');
      } else {
        deps.logger.error(
          { ...facts, err },
          'A verified login could not be captured; the next one will be tried.',
        );
      }
    } finally {
      login.password.fill(0);
    }
  }

  return {
    accept(login) {
      const work = run(login).finally(() => underWay.delete(work));
      underWay.add(work);
    },
    async close() {
      await Promise.all(underWay);
    },
  };
}

async function carryOver(deps: HandOverDeps, login: VerifiedLogin): Promise<void> {
  switch (login.plan.mode) {
    case 'off':
      return;
    case 'shadow':
      return lookInShadow(deps, login);
    case 'lazy':
      return captureLogin(deps, login, URGENCY.soon);
    case 'cutover':
      return login.authority === 'target' ? watchDrift(deps, login) : captureLogin(deps, login, URGENCY.now);
  }
}

async function captureLogin(deps: HandOverDeps, login: VerifiedLogin, urgency: Urgency): Promise<void> {
  const { clientId, person, subject, user } = login;
  const { target } = login.plan;
  const plan = await planCapture(deps, { target, person, ...user, lossy: login.lossy });
  if (plan.kind === 'lossy') {
    deps.logger.info(
      { client_id: clientId, sub: subject },
      'This login is not captured: the legacy scheme looked at only a part of the password.',
    );
    return;
  }
  if (plan.kind === 'unchanged') {
    if (urgency === URGENCY.now) await deps.ledger.hurry(target, person);
    return;
  }
  const capture = captureOf(login, plan.key, urgency);
  if (plan.kind === 'profile') return deps.ledger.capture(capture);
  if (await isTooLate(deps, login)) {
    deps.logger.warn(
      { client_id: clientId, sub: subject, target },
      'The legacy password changed after the copy, and the target takes no later one: the two differ from now on.',
    );
    return deps.ledger.capture(capture);
  }
  const rehash = await deps.passwords.rehash(login.password, user.credential);
  await deps.ledger.capture({ ...capture, rehash });
}

/** Whether the target has a password of this person already and takes no other. One that keeps none has none. */
async function isTooLate(
  { ledger, targets }: HandOverDeps,
  { plan, person }: VerifiedLogin,
): Promise<boolean> {
  const { firstHash = true, laterHash = true } = targets.get(plan.target)?.capabilities ?? {};
  if (laterHash || !firstHash) return false;
  return (await ledger.find(plan.target, person))?.passwordCopied ?? false;
}

/**
 * Somebody whom the target has let in: the profile still comes from legacy. A password changed there after the copy is
 * seen, and has no say any more.
 */
async function watchDrift(deps: HandOverDeps, login: VerifiedLogin): Promise<void> {
  const { person, plan, subject, user } = login;
  const assessed = await planCapture(deps, { target: plan.target, person, ...user, lossy: false });
  if (assessed.kind === 'unchanged' || assessed.kind === 'lossy') return;
  if (assessed.kind === 'credential') {
    deps.logger.warn(
      { client_id: login.clientId, sub: subject, target: plan.target },
      'The legacy password differs from the one that was copied; the target’s counts, and stays as it is.',
    );
  }
  await deps.ledger.capture(captureOf(login, assessed.key, URGENCY.soon));
}

function captureOf(login: VerifiedLogin, key: CaptureKey, urgency: Urgency): Capture {
  return {
    ...key,
    externalId: login.subject,
    clientId: login.clientId,
    origin: 'login',
    urgency,
    ...(login.scheme === undefined ? {} : { scheme: login.scheme }),
  };
}

/** What a verified login of somebody who is to be copied comes to. */
export type CapturePlan =
  | { readonly kind: Assessment; readonly key: CaptureKey }
  /** What was typed need not be the person's password. */
  | { readonly kind: 'lossy' };

/** Decides without writing anything. */
export async function planCapture(
  { ledger, digests }: { readonly ledger: Pick<Ledger, 'assess'>; readonly digests: Digests },
  login: {
    readonly target: string;
    readonly person: PersonRef;
    readonly credential: Credential;
    readonly profile: UserProfile;
    readonly lossy: boolean;
  },
): Promise<CapturePlan> {
  if (login.lossy) return { kind: 'lossy' };
  const { target, person } = login;
  const key = {
    target,
    person,
    fingerprint: digests.fingerprint(login.credential),
    profileDigest: digests.profile(login.profile),
  };
  return { kind: await ledger.assess(key), key };
}
