import { BridgeError, hasCode } from '../domain/errors.ts';
import type { LegacyId, PersonRef } from '../domain/ids.ts';
import { deriveSubject } from '../domain/subject.ts';
import type { UnverifiableRows } from '../ledger/unverifiable.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import type { LegacyUser } from '../legacy/directory.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import type { Passwords } from '../passwords/passwords.ts';
import type { Verdict } from '../passwords/verdict.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import { admitPerson, UNAVAILABLE } from './admit-person.ts';
import type { HandOver } from './hand-over.ts';
import type { LoginAttempt, LoginDesk } from './login-desk.ts';
import type { LoginOutcome } from './outcome.ts';
import type { Persons } from './persons.ts';
import type { CountedAttempt, Throttle } from './throttle.ts';

const REJECTED: LoginOutcome = { kind: 'rejected' };

export interface LoginDeskDeps {
  readonly directories: LegacyDirectories;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  readonly persons: Persons;
  readonly unverifiable: UnverifiableRows;
  readonly handOver: HandOver;
  /** 32 bytes: what every `sub` is derived with. */
  readonly subjectKey: Uint8Array;
  readonly hooks: PersonHooks;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function createLoginDesk(deps: LoginDeskDeps): LoginDesk {
  return {
    authenticate: (attempt) => authenticate(deps, attempt),
    async findAccount(subject) {
      const person = await deps.persons.find(subject);
      const user = person && (await deps.directories.findPerson(person));
      if (person === undefined || user === undefined || user.status !== 'active') return undefined;
      const transformed = await deps.hooks.transform(person, user.profile);
      if (transformed.kind === 'failed') {
        const message = `The hook ${transformed.hook} of ${person.directory} failed for one person.`;
        throw new BridgeError('legacy_unavailable', message);
      }
      return { subject: person.subject, profile: transformed.profile };
    },
    close: () => deps.handOver.close(),
  };
}

async function authenticate(deps: LoginDeskDeps, attempt: LoginAttempt): Promise<LoginOutcome> {
  const admission = await deps.throttle.admit(attempt.identifier, attempt.address);
  if (admission.kind === 'throttled') return admission;
  let handedOver = false;
  try {
    const outcome = await identify(deps, attempt, admission.attempt);
    handedOver = outcome.kind === 'authenticated';
    return outcome;
  } catch (error) {
    await admission.attempt.forgive();
    if (!hasCode(error, 'overloaded')) throw error;
    deps.logger.warn('Too many logins at once: one was turned away with "try again".');
    return UNAVAILABLE;
  } finally {
    if (!handedOver) attempt.password.fill(0);
  }
}

async function identify(
  deps: LoginDeskDeps,
  attempt: LoginAttempt,
  counted: CountedAttempt,
): Promise<LoginOutcome> {
  const found = await deps.directories.find(attempt.identifier);
  switch (found.kind) {
    case 'found':
      return verify(deps, attempt, counted, found.user);
    case 'unavailable':
      await counted.forgive();
      deps.logger.error(
        { err: found.cause },
        'The legacy directory could not be asked: a login was not possible.',
      );
      return UNAVAILABLE;
    case 'ambiguous':
      deps.logger.error(
        { directory: found.directory, legacy_ids: found.legacyIds },
        'Several people of the legacy directory answer to one login name: none of them can log in with it.',
      );
      return rejectUnknown(deps, attempt, counted);
    case 'none':
      return rejectUnknown(deps, attempt, counted);
  }
}

/** Takes the same steps as a wrong password does, so that neither the answer nor its time tells who exists. */
async function rejectUnknown(
  deps: LoginDeskDeps,
  attempt: LoginAttempt,
  counted: CountedAttempt,
): Promise<LoginOutcome> {
  const nobody: PersonRef = { directory: '', legacyId: attempt.identifier as LegacyId };
  const wait = await counted.admitPerson(nobody);
  if (wait !== undefined) return { kind: 'throttled', retryAfterSeconds: wait };
  await deps.passwords.spendDecoy(attempt.password);
  return REJECTED;
}

async function verify(
  deps: LoginDeskDeps,
  attempt: LoginAttempt,
  counted: CountedAttempt,
  user: LegacyUser,
): Promise<LoginOutcome> {
  const person: PersonRef = { directory: user.directory, legacyId: user.id };
  const wait = await counted.admitPerson(person);
  if (wait !== undefined) return { kind: 'throttled', retryAfterSeconds: wait };

  const verdict = await deps.passwords.verify(user.credential, attempt.password);
  if (verdict.kind !== 'match') return refuse(deps, person, verdict);

  await counted.succeeded();
  const admitted = await admitPerson(deps, user, attempt.clientId);
  if (admitted.kind === 'turned-away') return admitted.outcome;
  const subject = deriveSubject(deps.subjectKey, person);
  await deps.persons.remember(subject, person);
  deps.handOver.accept({
    clientId: attempt.clientId,
    person,
    subject,
    user: { ...user, profile: admitted.profile },
    password: attempt.password,
    scheme: verdict.scheme,
    lossy: verdict.lossy,
  });
  return { kind: 'authenticated', subject };
}

async function refuse(
  deps: LoginDeskDeps,
  person: PersonRef,
  verdict: Exclude<Verdict, { kind: 'match' }>,
): Promise<LoginOutcome> {
  if (verdict.kind === 'mismatch') return REJECTED;
  const looksLike =
    verdict.kind === 'unknown-scheme' ? verdict.shape : `${verdict.scheme}: ${verdict.reason}`;
  deps.logger.warn(
    { directory: person.directory, legacy_id: person.legacyId, looks_like: looksLike },
    'The password of this row could not be verified: no scheme reads its column.',
  );
  await deps.unverifiable.record(person, looksLike);
  return REJECTED;
}
