import { expect, test, vi } from 'vitest';
import type { Known } from '../../../../src/ledger/bulk.ts';
import { tombstones } from '../../../../src/migration/sync/tombstones.ts';
import { fakeDirectory, legacyUser } from '../../../support/test-courier.ts';
import { person } from '../../../support/test-ledger.ts';

const known = (id: number, changes: Partial<Known> = {}) =>
  ({ person: person(id), state: 'copied', copiedDigest: 'x', lockedOut: false, ...changes }) as Known;

/** A ledger whose pages are these. */
function ledgerOf(...pages: Known[][]) {
  return { page: async () => pages.shift() ?? [] };
}

test('A page of the ledger is one question to the directory, however many people it has.', async () => {
  const directory = fakeDirectory();
  for (let id = 0; id < 500; id += 1) directory.users.set(String(id), legacyUser(id));
  directory.users.delete('7');
  directory.users.set('8', { ...legacyUser(8), status: 'disabled' });
  const findMany = vi.spyOn(directory, 'findMany');
  const people = Array.from({ length: 500 }, (_, id) => known(id));
  const gone = [];
  for await (const page of tombstones('new', new Map([['legacy', directory]]), ledgerOf(people))) {
    gone.push(...page.map(({ known: { person }, why }) => [person.legacyId, why]));
  }
  expect(gone).toEqual([
    ['7', 'deleted'],
    ['8', 'disabled'],
  ]);
  expect(findMany).toHaveBeenCalledTimes(1);
  expect(directory.reads).toBe(0);
});

test('A directory that is not configured, or is out, makes nobody gone.', async () => {
  const directory = fakeDirectory();
  const elsewhere = { ...known(1), person: { ...person(1), directory: 'staff' } };
  const all = async (...people: Known[]) => {
    const pages = [];
    for await (const page of tombstones('new', new Map([['legacy', directory]]), ledgerOf(people))) {
      pages.push(page);
    }
    return pages;
  };
  expect(await all(elsewhere)).toEqual([[]]);
  directory.out = true;
  await expect(all(known(1))).rejects.toMatchObject({ code: 'legacy_unavailable' });
});
