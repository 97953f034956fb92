import type { Clients } from '../clients/clients.ts';
import { isCutOverForAll } from '../clients/migration.ts';
import type { Credential } from '../domain/credential.ts';
import type { PersonRef, Subject } from '../domain/ids.ts';
import type { UserProfile } from '../domain/user-profile.ts';
import type { Digests } from '../ledger/digests.ts';
import type { Standings } from '../ledger/standings.ts';
import type { LegacyDirectory, LegacyUser } from '../legacy/directory.ts';
import type { DecommissionReport, ReportGroup, ReportPerson } from './report.ts';
import { KEPT_OUT, LAST_LOGINS, STANDINGS } from './report.ts';
import { lastLoginOf, standingOf } from './standing-of.ts';
import { whatBreaks } from './what-breaks.ts';

export interface ReportDependencies {
  readonly issuer: string;
  readonly directories: readonly LegacyDirectory[];
  readonly standings: Standings;
  readonly clients: Pick<Clients, 'list'>;
  readonly digests: Digests;
  readonly subjectOf: (person: PersonRef) => Subject;
  /** By which scheme a password is stored, and whether none reads it. */
  readonly schemeOf: (credential: Credential) => { readonly scheme: string; readonly unverifiable: boolean };
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface ReportRequest {
  readonly target: string;
  /** How many people are named of each group that is not across. */
  readonly examples: number;
  /** Adds names to them; else legacy ids are all that is told of a person. */
  readonly withNames: boolean;
  readonly onProgress?: (people: number) => void;
}

/** Rows read at a time. */
const PAGE = 500;
/** So many groups are told apart; reasons beyond are counted together. */
const MOST_GROUPS = 5_000;

/**
 * Goes through the legacy directories once, page by page; what is kept is one number a group and a few people.
 *
 * @throws BridgeError `legacy_unavailable`: a report of a part would mislead
 */
export async function compileReport(
  { target, examples: mostExamples, withNames, onProgress }: ReportRequest,
  deps: ReportDependencies,
): Promise<DecommissionReport> {
  const groups = new Map<string, ReportGroup>();
  const examples = new Map<string, DecommissionReport['examples'][number] & { people: ReportPerson[] }>();
  const directories: { name: string; people: number }[] = [];
  let people = 0;

  function count(user: LegacyUser, group: Omit<ReportGroup, 'people'>): void {
    const full = groups.size >= MOST_GROUPS;
    const [name, rest] = [JSON.stringify(group), { ...group, reason: 'other reasons' }];
    const key = full && !groups.has(name) ? JSON.stringify(rest) : name;
    const known = groups.get(key) ?? { ...(JSON.parse(key) as typeof group), people: 0 };
    groups.set(key, { ...known, people: known.people + 1 });
    const { standing, reason } = known;
    if (!KEPT_OUT.includes(standing)) return;
    const shown = examples.get(`${standing} ${reason}`) ?? { standing, reason, people: [] };
    examples.set(`${standing} ${reason}`, shown);
    if (shown.people.length < mostExamples) shown.people.push(personOf(user, withNames));
  }

  for (const directory of deps.directories) {
    let [after, read]: [string | undefined, number] = [undefined, 0];
    do {
      const page = await directory.scan(after, PAGE);
      const refs = page.rows.map((user) => ({ directory: user.directory, legacyId: user.id }));
      const ids = refs.map(({ legacyId }) => legacyId);
      const known = await deps.standings.of(target, directory.name, ids, refs.map(deps.subjectOf));
      for (const user of page.rows) {
        const standing = known.get(user.id);
        const { scheme, unverifiable } = deps.schemeOf(user.credential);
        count(user, {
          standing: standingOf(user, standing, deps.digests.fingerprint(user.credential)),
          reason: standing?.row?.reason ?? null,
          scheme: standing?.row?.scheme ?? scheme,
          unverifiable,
          lastLogin: lastLoginOf(standing, deps.now),
        });
      }
      read += page.rows.length;
      onProgress?.(people + read);
      after = page.next;
    } while (after !== undefined);
    people += read;
    directories.push({ name: directory.name, people: read });
  }

  const sorted = [...groups.values()].sort(byStanding);
  const clients = (await deps.clients.list()).map(({ metadata, migration }) => ({
    client_id: metadata.client_id,
    mode: migration.mode,
    target: migration.target ?? null,
    needsLegacy: !isCutOverForAll(migration, target, deps.now),
  }));
  const breaks = whatBreaks(sorted, clients, target);
  return {
    kind: 'footbridge-decommission-report',
    version: 1,
    issuer: deps.issuer,
    target,
    at: new Date(deps.now).toISOString(),
    directories,
    people,
    across: sorted.reduce((sum, group) => sum + (group.standing === 'across' ? group.people : 0), 0),
    verdict: breaks.length === 0 ? 'ready' : 'not-ready',
    breaks,
    clients,
    groups: sorted,
    examples: [...examples.values()],
  };
}

function personOf({ directory, id, profile }: LegacyUser, withNames: boolean): ReportPerson {
  const person = { directory, legacyId: id };
  const name = withNames ? nameOf(profile) : undefined;
  return name === undefined ? person : { ...person, name };
}

const nameOf = ({ preferred_username, email, name }: UserProfile) => preferred_username ?? email ?? name;

function byStanding(one: ReportGroup, other: ReportGroup): number {
  const order = Object.keys(STANDINGS);
  return (
    order.indexOf(one.standing) - order.indexOf(other.standing) ||
    LAST_LOGINS.indexOf(one.lastLogin) - LAST_LOGINS.indexOf(other.lastLogin) ||
    other.people - one.people ||
    (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)
  );
}
