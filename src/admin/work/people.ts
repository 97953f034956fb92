import { BridgeError } from '../../domain/errors.ts';
import type { LegacyId, PersonRef } from '../../domain/ids.ts';
import type { LedgerEntry } from '../../ledger/ledger.ts';
import type { LegacyUser } from '../../legacy/directory.ts';
import { identifyAs } from '../../passwords/identify.ts';
import { listAudit } from '../../store/audit.ts';
import type { StewardsDesk } from '../desk.ts';
import { createCopyNow } from './copy-now.ts';
import { createExplain } from './explain.ts';
import { createKeyWork } from './keys.ts';

const HISTORY = 50;

/** By what a person is looked for; one of them. */
export type PersonQuery =
  | { readonly login: string }
  | { readonly legacyId: string }
  | { readonly sub: string };

/** Finding a person, seeing where they stand, and acting on their rows in the ledger. */
export function createPeopleWork(desk: StewardsDesk) {
  const { directories, targets, steward, store, subjectOf, findSubject, lastLoginAt } = desk;
  const explain = createExplain(desk);
  const copyNow = createCopyNow(desk);
  const { revoke } = createKeyWork(desk);
  const referred = (person: PersonRef) => ({ ...person, sub: subjectOf(person) });

  /** @throws BridgeError `not_found` for a directory that is not configured */
  function inDirectory(directory: string, legacyId: string): PersonRef {
    if (directories.byName.has(directory)) return { directory, legacyId: legacyId as LegacyId };
    const names = [...directories.byName.keys()].join(', ');
    throw new BridgeError('not_found', `There is no directory "${directory}"; directories: ${names}.`);
  }

  function atTarget(target: string): string {
    if (targets.has(target)) return target;
    const names = [...targets.keys()].join(', ') || 'none is configured';
    throw new BridgeError('invalid_request', `There is no target "${target}"; targets: ${names}.`);
  }

  /** The person's rows, each found by its key. */
  async function atAllTargets(person: PersonRef): Promise<LedgerEntry[]> {
    const pages = await Promise.all(
      [...targets.keys()].map((target) => steward.list({ person, target }, { limit: 1 })),
    );
    return pages.flatMap(({ entries }) => entries);
  }

  /** Asks the legacy directories as a login would: an outage is an error, never nobody. */
  async function byLogin(login: string): Promise<PersonRef[]> {
    const found = await directories.find(login);
    switch (found.kind) {
      case 'found':
        return [{ directory: found.user.directory, legacyId: found.user.id }];
      case 'none':
        return [];
      case 'ambiguous':
        return found.legacyIds.map((legacyId) => ({ directory: found.directory, legacyId }));
      case 'unavailable':
        throw found.cause;
    }
  }

  async function byLegacyId(legacyId: string): Promise<PersonRef[]> {
    const people = [...directories.byName.keys()].map((directory) => inDirectory(directory, legacyId));
    const found = await Promise.all(
      people.map(async (person) => ({
        person,
        known:
          (await directories.findPerson(person)) !== undefined || (await atAllTargets(person)).length > 0,
      })),
    );
    return found.filter(({ known }) => known).map(({ person }) => person);
  }

  async function bySubject(sub: string): Promise<PersonRef[]> {
    const seen = await findSubject(sub);
    if (seen !== undefined) return [{ directory: seen.directory, legacyId: seen.legacyId }];
    return (await steward.find(sub))
      .filter(({ externalId }) => externalId === sub)
      .slice(0, 1)
      .map(({ person }) => person);
  }

  return {
    async search(query: PersonQuery) {
      if ('login' in query) return (await byLogin(query.login)).map(referred);
      return (await ('sub' in query ? bySubject(query.sub) : byLegacyId(query.legacyId))).map(referred);
    },
    /** The row as it is mapped now, where the person stands at each target, and what was done about them. */
    async show(directory: string, legacyId: string) {
      const person = inDirectory(directory, legacyId);
      const row = await directories.findPerson(person);
      const entries = await atAllTargets(person);
      const history = await listAudit(store, { subject: auditSubject(person) }, { limit: HISTORY });
      if (row === undefined && entries.length === 0 && history.length === 0) {
        throw new BridgeError(
          'not_found',
          `Directory "${directory}" has no person ${legacyId}, and the ledger neither.`,
        );
      }
      return {
        ...referred(person),
        legacy: row === undefined ? undefined : legacyView(row),
        targets: await Promise.all(entries.map(async (entry) => ({ ...entry, ...(await explain(entry)) }))),
        lastLoginAt: (await lastLoginAt(subjectOf(person))) ?? null,
        history,
      };
    },
    async retry(directory: string, legacyId: string, target: string | undefined, actor: string) {
      const person = inDirectory(directory, legacyId);
      return { rows: await steward.retry({ person, target }, actor) };
    },
    /**
     * Puts what waits before everybody else; where nothing does, has the profile alone copied, as a backfill would.
     *
     * @throws BridgeError `not_in_this_state` with the reason why nothing can be copied now
     */
    copyNow: async (directory: string, legacyId: string, target: string, actor: string) =>
      copyNow(inDirectory(directory, legacyId), atTarget(target), actor),
    /** Ends the person's sessions, grants and tokens at the bridge. */
    revoke: async (directory: string, legacyId: string, actor: string) =>
      revoke(subjectOf(inDirectory(directory, legacyId)), actor),
    async park(directory: string, legacyId: string, target: string, reason: string, actor: string) {
      await steward.park(atTarget(target), inDirectory(directory, legacyId), reason, actor);
    },
    async exclude(directory: string, legacyId: string, target: string, reason: string, actor: string) {
      const person = inDirectory(directory, legacyId);
      await steward.exclude(atTarget(target), { ...person, subject: subjectOf(person) }, reason, actor);
    },
    async forget(directory: string, legacyId: string, target: string, actor: string) {
      await steward.forget(target, inDirectory(directory, legacyId), actor);
    },
  };
}

const auditSubject = ({ directory, legacyId }: PersonRef) => `person:${directory}:${legacyId}`;

/** Everything of the row but the hash. */
function legacyView({ status, lockedUntil, profile, credential }: LegacyUser) {
  const identity = identifyAs(credential);
  return {
    status,
    lockedUntil: lockedUntil === undefined ? undefined : lockedUntil * 1000,
    profile,
    password:
      identity.kind === 'scheme'
        ? {
            kind: identity.kind,
            scheme: identity.scheme,
            judgement: identity.judgement,
            unverifiable: identity.outOfBounds,
          }
        : {
            kind: identity.kind,
            scheme: identity.kind === 'damaged' ? identity.scheme : undefined,
            unverifiable: identity.kind === 'damaged' ? identity.why : undefined,
          },
  };
}
