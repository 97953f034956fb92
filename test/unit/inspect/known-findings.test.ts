import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createExportTables } from '../../../src/exports/create-export-tables.ts';
import { inspect } from '../../../src/inspect/inspect.ts';
import { needsOf } from '../../../src/inspect/recognise.ts';
import { withViewNote } from '../../../src/inspect/view-note.ts';

const shapes = new URL('../../fixtures/shapes/', import.meta.url);
const people = JSON.parse(readFileSync(new URL('people.json', shapes), 'utf8')) as Record<
  string,
  { needsView?: boolean }
>;
const names = readdirSync(shapes).flatMap((file) => (file.endsWith('.sql') ? [file.slice(0, -4)] : []));
const open = (name: string) => createExportTables(new URL(`${name}.sql`, shapes).pathname);
const look = (name: string) => inspect(open(name), { maxRows: 1_000 });

describe.each(names)('What inspect finds in a dump of %s', (name) => {
  test('is that every password of a person is read, but for those that the fixture has damaged.', async () => {
    const { census } = await look(name);
    const odd = census.filter(({ judgement }) => judgement === 'undecided' || judgement === 'unverifiable');
    expect(odd.map(({ what }) => what)).toEqual(
      { 'laravel-be-users': ['damaged bcrypt'], django: ['no password'], mediawiki: ['no password'] }[name] ??
        [],
    );
  });

  test('has no error, and no guess about columns that the software is known by.', async () => {
    const { findings } = await look(name);
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
    expect(findings.filter(({ about }) => about === 'legacy.status')).toEqual([]);
    expect(findings.filter(({ found }) => /same .* as another row|undefined/.test(found))).toEqual([]);
  });

  test('names the view that load makes, where there is one to make.', async () => {
    const source = open(name);
    const { views } = needsOf((await source.tables()).map(({ definition }) => definition));
    expect(views.length > 0).toBe(people[name]?.needsView ?? false);
    expect((await look(name)).view?.name).toBe(views[0]?.name);
  });
});

test('Rows that are nobody are left out of the findings, and counted.', async () => {
  const { findings, census } = await look('prestashop');
  expect(findings.find(({ about }) => about === 'legacy.where')?.found).toMatch(/^2 of 6 rows are nobody/);
  expect(census).toMatchObject([{ people: 4 }]);
});

test('Each row is counted by the scheme that its column chooses, below a view as well.', async () => {
  expect(
    (await look('vbulletin5')).census.map(({ what, people: count }) => [what.replace(/ \(.*/, ''), count]),
  ).toEqual([
    ['bcrypt(md5($pass))', 2],
    ["md5(md5($pass).$salt).' '.$salt", 1],
    ['argon2id(md5($pass))', 1],
  ]);
  expect((await look('aspnet-membership-mysql')).census.map(({ people: count }) => count)).toEqual([3, 1]);
});

test('An index behind columns that every look-up fixes serves a login.', async () => {
  const { findings } = await look('moodle');
  expect(findings.filter(({ level }) => level === 'warning')).toEqual([]);
});

test('Of a view through which passwords are read, the index finding is about the table below.', async () => {
  const { findings, census } = await look('aspnet-membership');
  expect(findings.find(({ about }) => about === 'legacy.login.UserName')?.found).toMatch(
    /^No index of aspnet_Users/,
  );
  expect(census).toHaveLength(1);
  const magento = await look('magento1');
  expect(magento.census).toEqual([]);
  expect(magento.findings[0]?.found).toMatch(/through the view footbridge_customers/);
});

test('The note on the view says who makes it, in the words of the database.', async () => {
  const inspection = await look('magento1');
  const noteFor = (kind: 'mysql' | 'postgres' | 'sqlite', load?: string) =>
    withViewNote(inspection, { place: { kind, url: '' }, load }).notes.at(-1);
  expect(noteFor('sqlite', 'footbridge load')).toMatch(/which footbridge load makes: CREATE VIEW `/);
  expect(noteFor('mysql')).toMatch(/owner of the legacy system run: CREATE VIEW `footbridge_customers`/);
  expect(noteFor('postgres')).toMatch(/CREATE VIEW "footbridge_customers"/);
});
