import { hasCode } from '../../domain/errors.ts';
import type { LegacyId, PersonRef } from '../../domain/ids.ts';
import type { LedgerEntry, LedgerState } from '../../ledger/ledger.ts';
import type { LegacyDirectory, LegacyUser } from '../../legacy/directory.ts';
import type { StewardsDesk } from '../desk.ts';

/** More than so many are not told: a key or a name that means so many is no key and no name. */
const MOST = 50;
const MAX_ID = 191;

export const FOUND_BY = ['login', 'legacyId', 'sub'] as const;
export type FoundBy = (typeof FOUND_BY)[number];

export interface FoundPerson extends PersonRef {
  readonly sub: string;
  readonly by: readonly FoundBy[];
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  /** Absent: the row is gone, or its directory does not answer. */
  readonly status?: LegacyUser['status'] | undefined;
  readonly targets: readonly { readonly target: string; readonly state: LedgerState }[];
}

export interface FoundPeople {
  readonly items: readonly FoundPerson[];
  /** Directories that could not be asked: people of theirs may be missing. */
  readonly unavailable: readonly string[];
}

/** Whoever a text may mean: a login name, a legacy id or a `sub`. */
export function createFindPeople({
  directories,
  steward,
  subjectOf,
  findSubject,
}: Pick<StewardsDesk, 'directories' | 'steward' | 'subjectOf' | 'findSubject'>) {
  /** Each directory is asked for itself, so that namesakes are told whom a login would not reach. */
  async function inDirectory(directory: LegacyDirectory, text: string) {
    const found = await directory.find(text);
    if (found.kind === 'unavailable') throw found.cause;
    const named = found.kind === 'found' ? [found.user.id] : [];
    const logins = found.kind === 'ambiguous' ? found.legacyIds : named;
    const row = text.length <= MAX_ID ? await directory.findById(text as LegacyId) : undefined;
    const hit = (legacyId: LegacyId, by: FoundBy) => ({ directory: directory.name, legacyId, by });
    return [
      ...logins.map((legacyId) => hit(legacyId, 'login')),
      ...(row === undefined ? [] : [hit(row.id, 'legacyId')]),
    ];
  }

  async function inTheBridge(text: string) {
    const seen = await findSubject(text);
    const rows = await steward.find(text);
    return [
      ...(seen === undefined
        ? []
        : [{ directory: seen.directory, legacyId: seen.legacyId, by: 'sub' as const }]),
      // Compared again, whatever the store's collation takes for equal.
      ...rows.flatMap(({ person, externalId }) => [
        ...(externalId === text ? [{ ...person, by: 'sub' as const }] : []),
        ...(person.legacyId === text ? [{ ...person, by: 'legacyId' as const }] : []),
      ]),
    ];
  }

  /** The row may have been found by the ledger alone, while its directory does not answer. */
  async function described(person: PersonRef, by: readonly FoundBy[]): Promise<FoundPerson> {
    const [row, entries] = await Promise.all([
      directories.findPerson(person).catch(outageAsNothing),
      steward.find(person.legacyId),
    ]);
    const { name, preferred_username, email } = row?.profile ?? {};
    return {
      ...person,
      sub: subjectOf(person),
      by,
      name: name ?? preferred_username,
      email,
      status: row?.status,
      targets: entries.filter(isOf(person)).map(({ target, state }) => ({ target, state })),
    };
  }

  /**
   * @param text as typed
   * @param directory where to look; everywhere when absent
   */
  return async (text: string, directory?: string): Promise<FoundPeople> => {
    const asked = [...directories.byName.values()].filter(({ name }) => (directory ?? name) === name);
    const unavailable: string[] = [];
    const answers = await Promise.all(
      asked.map((one) =>
        inDirectory(one, text).catch((error: unknown) => {
          if (!hasCode(error, 'legacy_unavailable')) throw error;
          unavailable.push(one.name);
          return [];
        }),
      ),
    );
    const hits = [...answers.flat(), ...(await inTheBridge(text))];
    const people = new Map<string, { person: PersonRef; by: Set<FoundBy> }>();
    for (const { by, ...person } of hits.filter((hit) => (directory ?? hit.directory) === hit.directory)) {
      const key = JSON.stringify([person.directory, person.legacyId]);
      const known = people.get(key) ?? { person, by: new Set() };
      known.by.add(by);
      people.set(key, known);
    }
    const items = await Promise.all(
      [...people.values()].slice(0, MOST).map(({ person, by }) => described(person, [...by])),
    );
    return { items, unavailable };
  };
}

const isOf =
  ({ directory, legacyId }: PersonRef) =>
  ({ person }: LedgerEntry) =>
    person.directory === directory && person.legacyId === legacyId;

function outageAsNothing(error: unknown): undefined {
  if (!hasCode(error, 'legacy_unavailable')) throw error;
}
