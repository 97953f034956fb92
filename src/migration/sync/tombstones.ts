import type { PersonRef } from '../../domain/ids.ts';
import type { Known, LedgerBulk } from '../../ledger/bulk.ts';
import { type LegacyDirectory, MOST_FOUND_AT_ONCE } from '../../legacy/directory.ts';
import { type Gone, isCarried } from './gone.ts';

/**
 * Asks of everybody in the ledger whether the legacy row is still there, page by page. A directory that is no longer
 * configured says nothing about anybody.
 *
 * @throws BridgeError `legacy_unavailable`
 */
export async function* tombstones(
  target: string,
  directories: ReadonlyMap<string, LegacyDirectory>,
  bulk: Pick<LedgerBulk, 'page'>,
): AsyncGenerator<Gone[]> {
  let after: PersonRef | undefined;
  for (;;) {
    const people = await bulk.page(target, after, MOST_FOUND_AT_ONCE);
    const last = people.at(-1);
    if (last === undefined) return;
    after = last.person;
    yield await goneAmong(
      people.filter((known) => known.state !== 'excluded' && !isCarried(known)),
      directories,
    );
  }
}

async function goneAmong(
  people: readonly Known[],
  directories: ReadonlyMap<string, LegacyDirectory>,
): Promise<Gone[]> {
  const gone: Gone[] = [];
  for (const [name, known] of Map.groupBy(people, ({ person }) => person.directory)) {
    const directory = directories.get(name);
    if (directory === undefined) continue;
    const users = await directory.findMany(known.map(({ person }) => person.legacyId));
    const statuses = new Map(users.map(({ id, status }) => [id, status]));
    for (const one of known) {
      const status = statuses.get(one.person.legacyId);
      if (status === undefined) gone.push({ known: one, why: 'deleted' });
      else if (status === 'disabled') gone.push({ known: one, why: 'disabled' });
    }
  }
  return gone;
}
