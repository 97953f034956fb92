import type { PersonRef } from '../../domain/ids.ts';
import type { Known, LedgerBulk } from '../../ledger/bulk.ts';
import type { LegacyDirectory } from '../../legacy/directory.ts';
import { type Gone, isCarried } from './gone.ts';

/** People of the ledger a page, and rows that are looked for at once. */
const PAGE = 500;
const AT_ONCE = 8;

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
    const people = await bulk.page(target, after, PAGE);
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
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const looked = people.slice(from, from + AT_ONCE).map(async (known) => {
      const directory = directories.get(known.person.directory);
      if (directory === undefined) return;
      const user = await directory.findById(known.person.legacyId);
      if (user === undefined) gone.push({ known, why: 'deleted' });
      else if (user.status === 'disabled') gone.push({ known, why: 'disabled' });
    });
    await Promise.all(looked);
  }
  return gone;
}
