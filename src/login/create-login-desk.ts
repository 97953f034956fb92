import type { RegisteredClient } from '../clients/client.ts';
import type { Clients } from '../clients/clients.ts';
import { BridgeError, hasCode } from '../domain/errors.ts';
import type { LegacyId, PersonRef } from '../domain/ids.ts';
import { deriveSubject } from '../domain/subject.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import type { LegacyUser } from '../legacy/directory.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import type { Passwords } from '../passwords/passwords.ts';
import type { Clock } from '../runtime/clock.ts';
import { admitPerson, UNAVAILABLE } from './admit-person.ts';
import { type AskDeps, askAuthority, spendTargetDecoy } from './ask-authority.ts';
import { authorityFor } from './authority.ts';
import type { HandOver } from './hand-over.ts';
import type { LoginAttempt, LoginDesk } from './login-desk.ts';
import { type MigrationPlan, movedHint, planFor } from './migration-switch.ts';
import type { LoginOutcome } from './outcome.ts';
import type { Persons } from './persons.ts';
import type { CountedAttempt, Throttle } from './throttle.ts';

const REJECTED: LoginOutcome = { kind: 'rejected' };

export interface LoginDeskDeps extends AskDeps {
  readonly clients: Pick<Clients, 'find'>;
  readonly ledger: Pick<Ledger, 'find'>;
  readonly directories: LegacyDirectories;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  readonly persons: Persons;
  readonly handOver: HandOver;
  /** 32 bytes: what every `sub` is derived with. */
  readonly subjectKey: Uint8Array;
  /** 32 bytes: what decides who is meant by a percentage. */
  readonly bucketKey: Uint8Array;
  readonly hooks: PersonHooks;
  readonly clock: Clock;
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
  const client = await deps.clients.find(attempt.clientId);
  const outcome = await find(deps, { ...attempt, client }, counted);
  if (outcome.kind !== 'rejected') return outcome;
  const location = movedHint(client, attempt.app, deps.clock());
  return location === undefined ? outcome : { ...outcome, location };
}

/** The attempt with the client as it is at this moment; undefined when it was removed meanwhile. */
interface Attempt extends LoginAttempt {
  readonly client: RegisteredClient | undefined;
}

async function find(deps: LoginDeskDeps, attempt: Attempt, counted: CountedAttempt): Promise<LoginOutcome> {
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
  attempt: Attempt,
  counted: CountedAttempt,
): Promise<LoginOutcome> {
  const nobody: PersonRef = { directory: '', legacyId: attempt.identifier as LegacyId };
  const wait = await counted.admitPerson(nobody);
  if (wait !== undefined) return { kind: 'throttled', retryAfterSeconds: wait };
  const plan = planOf(deps, attempt, nobody, undefined);
  await authorityFor(deps, plan, nobody);
  await deps.passwords.spendDecoy(attempt.password);
  await spendTargetDecoy(deps, plan, attempt.password);
  return REJECTED;
}

function planOf(
  { clock, bucketKey }: LoginDeskDeps,
  { client, app }: Attempt,
  person: PersonRef,
  email: string | undefined,
): MigrationPlan {
  return planFor(client, { person, email, app }, clock(), bucketKey);
}

async function verify(
  deps: LoginDeskDeps,
  attempt: Attempt,
  counted: CountedAttempt,
  user: LegacyUser,
): Promise<LoginOutcome> {
  const person: PersonRef = { directory: user.directory, legacyId: user.id };
  const wait = await counted.admitPerson(person);
  if (wait !== undefined) return { kind: 'throttled', retryAfterSeconds: wait };

  const plan = planOf(deps, attempt, person, user.profile.email);
  const authority = await authorityFor(deps, plan, person);
  const answer = await askAuthority(deps, { authority, plan, user }, attempt.password);
  if (answer.kind === 'wrong') return REJECTED;
  if (answer.kind === 'unavailable') {
    await counted.forgive();
    return UNAVAILABLE;
  }

  await counted.succeeded();
  if (answer.kind === 'disabled') return answer;
  const admitted = await admitPerson(deps, standing(user, authority.kind), attempt.clientId);
  if (admitted.kind === 'turned-away') return admitted.outcome;
  if (authority.kind === 'elsewhere') {
    return { kind: 'moved', ...(plan.movedUrl === undefined ? {} : { location: plan.movedUrl }) };
  }
  const subject = deriveSubject(deps.subjectKey, person);
  await deps.persons.remember(subject, person);
  deps.handOver.accept({
    clientId: attempt.clientId,
    plan,
    authority: authority.kind,
    person,
    subject,
    user: { ...user, profile: admitted.profile },
    password: attempt.password,
    scheme: answer.scheme,
    lossy: answer.lossy,
  });
  return { kind: 'authenticated', subject };
}

/** A legacy password that would have to be changed is nothing to somebody who has another one by now. */
function standing(user: LegacyUser, authority: 'legacy' | 'target' | 'elsewhere'): LegacyUser {
  const isOver = authority !== 'legacy' && user.status === 'must-change-password';
  return isOver ? { ...user, status: 'active' } : user;
}
