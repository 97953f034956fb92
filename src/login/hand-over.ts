import type { Clients } from '../clients/clients.ts';
import type { Credential } from '../domain/credential.ts';
import { hasCode } from '../domain/errors.ts';
import type { PersonRef, Subject } from '../domain/ids.ts';
import type { UserProfile } from '../domain/user-profile.ts';
import type { Digests } from '../ledger/digests.ts';
import { type Assessment, type CaptureKey, type Ledger, URGENCY } from '../ledger/ledger.ts';
import type { UnverifiableRows } from '../ledger/unverifiable.ts';
import type { LegacyUser } from '../legacy/directory.ts';
import type { Passwords } from '../passwords/passwords.ts';
import type { Logger } from '../runtime/logger.ts';
import { captureTarget } from './migration-switch.ts';

/** Carries verified logins over to the ledger, off the person's path. */
export interface HandOver {
  /** Takes the password over and wipes it when done. Never throws: what fails here is made up at the next login. */
  accept(login: VerifiedLogin): void;
  /** Waits for what has been accepted. */
  close(): Promise<void>;
}

export interface VerifiedLogin {
  readonly clientId: string;
  readonly person: PersonRef;
  readonly subject: Subject;
  readonly user: LegacyUser;
  readonly password: Uint8Array;
  /** By which the password was verified. */
  readonly scheme: string;
  /** The scheme looked at only a part of the password. */
  readonly lossy: boolean;
}

export interface HandOverDeps {
  readonly clients: Pick<Clients, 'find'>;
  readonly ledger: Pick<Ledger, 'assess' | 'capture'>;
  readonly passwords: Pick<Passwords, 'rehash'>;
  readonly digests: Digests;
  readonly unverifiable: Pick<UnverifiableRows, 'clear'>;
  readonly bucketKey: Uint8Array;
  readonly logger: Logger;
}

export function createHandOver(deps: HandOverDeps): HandOver {
  const underWay = new Set<Promise<void>>();

  async function run(login: VerifiedLogin): Promise<void> {
    try {
      await deps.unverifiable.clear(login.person);
      await captureLogin(deps, login);
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

async function captureLogin(deps: HandOverDeps, login: VerifiedLogin): Promise<void> {
  const { clientId, person, subject, user } = login;
  const client = await deps.clients.find(clientId);
  const target = client && captureTarget(client, person, deps.bucketKey);
  if (target === undefined) return;
  const plan = await planCapture(deps, { target, person, ...user, lossy: login.lossy });
  if (plan.kind === 'lossy') {
    deps.logger.info(
      { client_id: clientId, sub: subject },
      'This login is not captured: the legacy scheme looked at only a part of the password.',
    );
    return;
  }
  if (plan.kind === 'unchanged') return;
  const capture = {
    ...plan.key,
    externalId: subject,
    clientId,
    origin: 'login',
    urgency: URGENCY.soon,
    scheme: login.scheme,
  } as const;
  if (plan.kind === 'profile') return deps.ledger.capture(capture);
  const rehash = await deps.passwords.rehash(login.password, user.credential);
  await deps.ledger.capture({ ...capture, rehash });
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
