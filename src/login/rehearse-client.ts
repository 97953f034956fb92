import type { RegisteredClient } from '../clients/client.ts';
import type { Credential } from '../domain/credential.ts';
import type { PersonRef, Subject } from '../domain/ids.ts';
import type { UserProfile } from '../domain/user-profile.ts';
import type { Digests } from '../ledger/digests.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LegacyUser } from '../legacy/directory.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Target } from '../targets/target.ts';
import { admitPerson } from './admit-person.ts';
import { planCapture } from './hand-over.ts';
import { bucketOf, type MigrationPlan, planFor } from './migration-switch.ts';
import type { ClientStep, RehashSettings, RehearsedCapture } from './rehearsal.ts';

export interface ClientRehearsalDeps {
  readonly hooks: Pick<PersonHooks, 'admit'>;
  readonly ledger: Pick<Ledger, 'assess' | 'find'>;
  readonly digests: Digests;
  readonly targets: ReadonlyMap<string, Pick<Target, 'preview'>>;
  /** Undefined before the first start, which makes it. */
  readonly bucketKey: Uint8Array | undefined;
  /** What a rehash that replaces this credential is made with. */
  rehashSettings(replaces: Credential): RehashSettings;
  readonly clock: Clock;
}

export interface RehearsedClient extends Pick<RegisteredClient, 'metadata' | 'migration'> {
  /** False: the configuration names it, and the next start registers it. */
  readonly registered: boolean;
}

interface Verified {
  readonly user: LegacyUser;
  readonly subject: Subject;
  readonly lossy: boolean;
}

/** What a login of this person at one client would come to. */
export async function rehearseClient(
  deps: ClientRehearsalDeps,
  client: RehearsedClient,
  login: Verified,
): Promise<ClientStep> {
  const { client_id: clientId, scope } = client.metadata;
  const { user } = login;
  const person: PersonRef = { directory: user.directory, legacyId: user.id };
  const { target, mode, percent } = client.migration;
  const plan = planHere(deps, client, user);
  const admission = await admitPerson(deps, user, clientId);
  const outcome = admission.kind === 'admitted' ? ({ kind: 'authenticated' } as const) : admission.outcome;
  return {
    step: 'client',
    clientId,
    registered: client.registered,
    target,
    mode,
    percent,
    modeHere: plan?.mode ?? null,
    ...(scope === undefined ? {} : { scope }),
    bucket: deps.bucketKey === undefined ? null : bucketOf(person, deps.bucketKey),
    outcome: outcome.kind === 'authenticated' ? { kind: 'authenticated' } : outcome,
    ledger: (target === undefined ? undefined : await deps.ledger.find(target, person)) ?? null,
    capture:
      admission.kind === 'admitted'
        ? await captureOf(deps, plan, person, login, admission.profile)
        : { kind: 'not-let-in' },
  };
}

/** @returns undefined while the key that a percentage is told by is not made, and the percentage decides */
function planHere(deps: ClientRehearsalDeps, client: RehearsedClient, user: LegacyUser) {
  const { percent } = client.migration;
  if (deps.bucketKey === undefined && percent > 0 && percent < 100) return undefined;
  const person = { directory: user.directory, legacyId: user.id };
  const login = { person, email: user.profile.email, app: undefined };
  return planFor(client, login, deps.clock(), deps.bucketKey ?? ANY_KEY);
}

async function captureOf(
  deps: ClientRehearsalDeps,
  here: MigrationPlan | undefined,
  person: PersonRef,
  { user, subject, lossy }: Verified,
  profile: UserProfile,
): Promise<RehearsedCapture> {
  if (here === undefined) return { kind: 'undecided' };
  const { mode, target } = here;
  if (mode === 'off' || mode === 'shadow') return { kind: mode };
  const copied = (await deps.ledger.find(target, person))?.passwordCopied ?? false;
  if (mode === 'cutover' && copied) return { kind: 'at-target' };
  const { credential } = user;
  const plan = await planCapture(deps, { target, person, credential, profile, lossy });
  if (plan.kind === 'lossy' || plan.kind === 'unchanged') return { kind: plan.kind };
  const withRehash = plan.kind === 'credential';
  const preview = await deps.targets
    .get(target)
    ?.preview({ externalId: subject, profile, rehash: withRehash });
  return {
    kind: plan.kind,
    fields: preview?.fields ?? [],
    ...(preview === undefined ? { unsure: `No target called ${target} is configured.` } : {}),
    ...(preview?.unsure === undefined ? {} : { unsure: preview.unsure }),
    ...(withRehash ? { rehash: deps.rehashSettings(credential) } : {}),
  };
}

/** At 0 and 100 percent everybody is on the same side, whatever the key. */
const ANY_KEY = new Uint8Array(32);
