import type { Credential } from '../domain/credential.ts';
import { BridgeError } from '../domain/errors.ts';
import type { PersonRef, Subject } from '../domain/ids.ts';
import { deriveSubject } from '../domain/subject.ts';
import type { UserProfile } from '../domain/user-profile.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import type { LegacyUser, LookUp } from '../legacy/directory.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import { identifyAs } from '../passwords/identify.ts';
import type { Passwords } from '../passwords/passwords.ts';
import type { Clock } from '../runtime/clock.ts';
import { refusalByStatus } from './admit-person.ts';
import type { Persons } from './persons.ts';
import type {
  ClaimsByScope,
  ClientStep,
  LookUpStep,
  Rehearsal,
  RehearsalStep,
  VerdictStep,
} from './rehearsal.ts';
import { type ClientRehearsalDeps, type RehearsedClient, rehearseClient } from './rehearse-client.ts';

export interface RehearsalDeps extends ClientRehearsalDeps {
  readonly directories: Pick<LegacyDirectories, 'byName' | 'find'>;
  readonly passwords: Pick<Passwords, 'verify' | 'spendDecoy'>;
  readonly hooks: PersonHooks;
  readonly persons: Pick<Persons, 'find'>;
  readonly clients: readonly RehearsedClient[];
  /** What every `sub` is derived with, or will be. */
  readonly subjectKey: Uint8Array;
  claims(subject: Subject, profile: UserProfile): ClaimsByScope;
  readonly clock: Clock;
}

/**
 * Goes through a login as the desk does, by the same functions, and writes nothing. The operator's hooks run.
 *
 * @param password undefined: everything but the verdict. Taken over and wiped
 */
export async function rehearseLogin(
  deps: RehearsalDeps,
  identifier: string,
  password: Uint8Array | undefined,
): Promise<Rehearsal> {
  const steps: RehearsalStep[] = [];
  try {
    const wouldLogIn = await walk(deps, identifier, password, (step) => steps.push(step));
    return { login: identifier, steps, wouldLogIn };
  } finally {
    password?.fill(0);
  }
}

type Tell = (step: RehearsalStep) => void;

/** @returns whether the person would be let in */
async function walk(
  deps: RehearsalDeps,
  identifier: string,
  password: Uint8Array | undefined,
  tell: Tell,
): Promise<boolean> {
  const { step, user } = await lookUp(deps, identifier);
  tell(step);
  if (step.answer === 'unavailable') return false;
  if (user === undefined) {
    tell(await verdictOnNobody(deps));
    return false;
  }
  const { configured, identity } = schemeOf(user.credential);
  tell({ step: 'scheme', configured: [configured].flat().join(', '), identity });
  const { step: verdict, passed, lossy } = await verdictOn(deps, user.credential, password);
  tell(verdict);
  if (!passed) return false;
  tell(statusOf(user));
  if (refusalByStatus(user, deps.clock()) !== undefined) return false;
  return tellWhatFollows(deps, user, lossy, tell);
}

async function tellWhatFollows(
  deps: RehearsalDeps,
  user: LegacyUser,
  lossy: boolean,
  tell: Tell,
): Promise<boolean> {
  const person: PersonRef = { directory: user.directory, legacyId: user.id };
  const transformed = await deps.hooks.transform(person, user.profile);
  if (transformed.kind === 'failed') {
    tell({ step: 'hook-failed', hook: transformed.hook });
    return false;
  }
  const subject = deriveSubject(deps.subjectKey, person);
  const loggedInBefore = (await deps.persons.find(subject)) !== undefined;
  tell({ step: 'claims', subject, loggedInBefore, scopes: deps.claims(subject, transformed.profile) });
  const told: ClientStep[] = [];
  for (const client of deps.clients) {
    const step = await rehearseClient(deps, client, { user, subject, lossy });
    tell(step);
    told.push(step);
  }
  return told.length > 0 && told.every(({ outcome }) => outcome.kind === 'authenticated');
}

async function lookUp(
  { directories, clock }: RehearsalDeps,
  identifier: string,
): Promise<{ step: LookUpStep; user?: LegacyUser }> {
  const seen = new Map<string, LookUp>();
  const since = clock();
  const found = await directories.find(identifier, (each) => seen.set(each.directory, each));
  const milliseconds = clock() - since;
  const asked = [...directories.byName.keys()].map((name) => ({ name, lookUp: seen.get(name) ?? null }));
  const step = { step: 'look-up', milliseconds, directories: asked, answer: found.kind } as const;
  switch (found.kind) {
    case 'found': {
      const { directory, id } = found.user;
      return { step: { ...step, directory, legacyIds: [id] }, user: found.user };
    }
    case 'ambiguous':
      return { step: { ...step, directory: found.directory, legacyIds: found.legacyIds } };
    case 'none':
      return { step };
    case 'unavailable': {
      const directory = asked.find((one) => one.lookUp?.answer === 'unavailable')?.name;
      const why = found.cause instanceof BridgeError ? found.cause.message : 'It cannot be asked.';
      return { step: { ...step, ...(directory === undefined ? {} : { directory }), why } };
    }
  }
}

const schemeOf = (credential: Credential) => ({
  configured: credential.scheme,
  identity: identifyAs(credential),
});

/** With an empty password, which is nobody's, a row is read and compared with nothing: it says whether it can be. */
const NOTHING = new Uint8Array();

async function verdictOn(
  deps: RehearsalDeps,
  credential: Credential,
  password: Uint8Array | undefined,
): Promise<{ step: VerdictStep; passed: boolean; lossy: boolean }> {
  const decoyMilliseconds = await decoyTime(deps);
  const since = deps.clock();
  const verdict = await deps.passwords.verify(credential, password ?? NOTHING);
  const milliseconds = deps.clock() - since;
  const base = { step: 'verdict', milliseconds, decoyMilliseconds } as const;
  if (password === undefined && verdict.kind === 'mismatch') {
    return {
      step: { ...base, milliseconds: 0, verdict: { kind: 'not-asked' } },
      passed: true,
      lossy: false,
    };
  }
  const passed = verdict.kind === 'match';
  return { step: { ...base, verdict }, passed, lossy: passed && verdict.lossy };
}

async function verdictOnNobody(deps: RehearsalDeps): Promise<VerdictStep> {
  const decoyMilliseconds = await decoyTime(deps);
  return {
    step: 'verdict',
    verdict: { kind: 'nobody' },
    milliseconds: decoyMilliseconds,
    decoyMilliseconds,
  };
}

async function decoyTime({ passwords, clock }: RehearsalDeps): Promise<number> {
  const since = clock();
  await passwords.spendDecoy(NOTHING);
  return clock() - since;
}

function statusOf({ status, lockedUntil, changePasswordUrl }: LegacyUser): RehearsalStep {
  return {
    step: 'status',
    status,
    ...(lockedUntil === undefined ? {} : { lockedUntil }),
    ...(changePasswordUrl === undefined ? {} : { changePasswordUrl }),
  };
}
