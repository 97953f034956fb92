import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LegacyId } from '../../src/domain/ids.ts';
import type { FindResult, LegacyDirectory, LookUp } from '../../src/legacy/directory.ts';
import { legacyJoinsContract } from './legacy-joins.ts';

/** A legacy database with `be_users` and the people of `test/support/be-users.ts` in it. */
export interface LegacyStage {
  /** Opens the directory with the options of `beUsersOptions` and these changes. */
  open(changes?: Record<string, unknown>): LegacyDirectory;
  /** Runs a statement as the owner of the legacy system. */
  run(sql: string): Promise<void>;
  end(): Promise<void>;
}

const idOf = (result: FindResult) => (result.kind === 'found' ? result.user.id : result.kind);
const asId = (id: string) => id as LegacyId;

/** What every connector of the legacy directory promises. */
export function legacyDirectoryContract(connector: string, createStage: () => Promise<LegacyStage>): void {
  describe(`The legacy directory on ${connector}`, () => {
    let stage: LegacyStage;
    let directory: LegacyDirectory;
    beforeAll(async () => {
      stage = await createStage();
      directory = stage.open();
    });
    afterAll(async () => {
      await directory.close();
      await stage.end();
    });

    test('finds a person by each login column and maps the row.', async () => {
      const result = await directory.find('anna');
      expect(result).toEqual({
        kind: 'found',
        user: {
          directory: 'legacy',
          id: '1',
          status: 'active',
          credential: { encoded: '$2y$10$anna-anna-anna-anna-anna', scheme: 'auto' },
          profile: {
            preferred_username: 'anna',
            email: 'Anna@example.com',
            email_verified: false,
            given_name: 'Anna',
            family_name: 'Ångström',
            name: 'Anna Ångström',
            gender: 'female',
            birthdate: '1980-02-29',
            updated_at: Date.UTC(2024, 2, 1, 12) / 1000,
          },
        },
      });
      expect(await directory.find('Anna@example.com')).toEqual(result);
    });

    test('leaves out what a row does not say.', async () => {
      const result = await directory.find('mallory@example.com');
      expect(result.kind === 'found' && result.user.profile).toEqual({
        preferred_username: 'bob@example.com',
        email: 'mallory@example.com',
        email_verified: false,
        gender: 'male',
      });
    });

    test('knows nobody by a name that no row has.', async () => {
      for (const name of [
        'nobody',
        '',
        ' ',
        '%',
        'a%',
        "' OR 1=1 -- ",
        'anna\0',
        'x'.repeat(5_000),
        '0',
        '😀',
        'ł',
      ])
        expect(await directory.find(name), JSON.stringify(name)).toEqual({ kind: 'none' });
    });

    test('tells how it came to its answer: each row by each column, and whether the rule agrees.', async () => {
      const seen: LookUp[] = [];
      const watch = (lookUp: LookUp) => void seen.push(lookUp);
      await directory.find('bob@example.com', watch);
      await directory.find('eve@example.com', watch);
      await directory.find('nobody', watch);
      await directory.find('', watch);
      const row = { matches: true, deleted: false };
      expect(seen).toEqual([
        {
          directory: 'legacy',
          rule: 'exact',
          answer: 'ambiguous',
          candidates: [
            { ...row, legacyId: '3', column: 'username' },
            { ...row, legacyId: '2', column: 'email' },
          ],
        },
        {
          directory: 'legacy',
          rule: 'exact',
          answer: 'found',
          candidates: [
            { ...row, legacyId: '5', column: 'username' },
            { ...row, legacyId: '5', column: 'email' },
          ],
        },
        { directory: 'legacy', rule: 'exact', answer: 'none', candidates: [] },
        { directory: 'legacy', rule: 'exact', answer: 'none', candidates: [] },
      ]);
    });

    test('never guesses between a person and another who uses their address as a username.', async () => {
      expect(await directory.find('bob@example.com')).toEqual({
        kind: 'ambiguous',
        directory: 'legacy',
        legacyIds: ['3', '2'],
      });
      expect(idOf(await directory.find('bob'))).toBe('2');
    });

    test('takes one person with the same username and address for one.', async () => {
      expect(idOf(await directory.find('eve@example.com'))).toBe('5');
    });

    test('by the exact rule takes a name as it is written and no other way.', async () => {
      expect(idOf(await directory.find('admin'))).toBe('4');
      for (const name of [
        'Admin',
        'ADMIN',
        'admin ',
        ' admin',
        'ádmin',
        'admin\u200b',
        'ａｄｍｉｎ',
        'admın',
      ])
        expect(await directory.find(name), JSON.stringify(name)).toEqual({ kind: 'none' });
    });

    test('by the case-insensitive rule takes capitals for small letters and nothing else.', async () => {
      const folding = stage.open({ match: 'case-insensitive' });
      for (const name of ['admin', 'Admin', 'ADMIN', 'aDmIn'])
        expect(idOf(await folding.find(name))).toBe('4');
      for (const name of ['admin ', ' admin', 'ádmin', 'admin\u200b', 'ａｄｍｉｎ', 'admın'])
        expect(await folding.find(name), JSON.stringify(name)).toEqual({ kind: 'none' });
      expect(idOf(await folding.find('ANNA@EXAMPLE.COM'))).toBe('1');
      await folding.close();
    });

    test('by the case-insensitive rule folds letters beyond ASCII as well.', async () => {
      const folding = stage.open({ match: 'case-insensitive', login: ['last_name'] });
      expect(idOf(await folding.find('åNGSTRÖM'))).toBe('1');
      expect(await folding.find('angstrom')).toEqual({ kind: 'none' });
      await folding.close();
    });

    test('reads a person by primary key, and nobody by a key that is only like one.', async () => {
      expect(await directory.findById(asId('2'))).toMatchObject({
        id: '2',
        credential: { encoded: 'md5-of-bob' },
        profile: { given_name: 'Bob' },
      });
      for (const id of [
        '0',
        '99',
        '',
        ' 2',
        '2 ',
        '02',
        '2.0',
        '+2',
        '2abc',
        'abc',
        '-1',
        '0x2',
        '9'.repeat(40),
        '😀',
      ])
        expect(await directory.findById(asId(id)), id).toBeUndefined();
    });

    test('reads many people by primary key in one question, and nobody by a key that is only like one.', async () => {
      const idsOf = async (...ids: string[]) =>
        (await directory.findMany(ids.map(asId))).map(({ id }) => id).toSorted();
      expect(await idsOf()).toEqual([]);
      expect(await idsOf('2', '99', '1', '1', '0', '2 ', '02', '2.0', '1abc', '', '-1', '😀')).toEqual([
        '1',
        '2',
      ]);
      expect(await idsOf('99', 'abc')).toEqual([]);
      const [bob] = await directory.findMany([asId('2')]);
      expect(bob).toEqual(await directory.findById(asId('2')));
      const full = ['1', '3', '28774', ...Array.from({ length: 497 }, (_, index) => String(10_000 + index))];
      expect(await idsOf(...full)).toEqual(['1', '28774', '3']);
      await expect(idsOf(...full, '4')).rejects.toMatchObject({ code: 'invalid_request' });
      const poison = [0, 5, true, {}, null] as unknown as string[];
      for (const value of poison) {
        await expect(idsOf('1', value)).rejects.toMatchObject({ code: 'invalid_request' });
      }
      expect(await idsOf('2')).toEqual(['2']);
    });

    test('refuses what is not a string, whatever the compiler was told.', async () => {
      const poison = [
        0,
        5,
        true,
        false,
        new Date(0),
        Buffer.from('x'),
        {},
        { username: 1 },
        ['anna'],
        0n,
        null,
        undefined,
      ];
      for (const value of poison as unknown as string[]) {
        await expect(directory.find(value)).rejects.toMatchObject({ code: 'invalid_request' });
        await expect(directory.findById(asId(value))).rejects.toMatchObject({ code: 'invalid_request' });
      }
    });

    test('sees a changed password at once.', async () => {
      await stage.run("UPDATE be_users SET password = 'md5-of-frank-2' WHERE id = 6");
      expect(await directory.find('frank')).toMatchObject({
        user: { credential: { encoded: 'md5-of-frank-2' } },
      });
      expect(await directory.findById(asId('6'))).toMatchObject({
        credential: { encoded: 'md5-of-frank-2' },
      });
    });

    test('says who is disabled, by a column or by a condition.', async () => {
      const byColumn = stage.open({ status: { column: 'accept_personal_data', disabled: [0] } });
      const byCondition = stage.open({
        status: { active: 'accept_personal_data IS NULL OR accept_personal_data <> 0' },
      });
      for (const open of [byColumn, byCondition]) {
        expect(await open.find('frank')).toMatchObject({ user: { status: 'disabled' } });
        expect(await open.find('anna')).toMatchObject({ user: { status: 'active' } });
        expect(await open.find('bob')).toMatchObject({ user: { status: 'active' } });
        await open.close();
      }
    });

    test('gives sample credentials, without the empty ones.', async () => {
      const sample = await directory.sampleCredentials(100);
      expect(sample).toHaveLength(6);
      expect(await directory.sampleCredentials(2)).toHaveLength(2);
      expect(await directory.sampleCredentials(0)).toEqual([]);
    });

    test('names a missing column and a missing table in a sentence, and is unavailable meanwhile.', async () => {
      for (const [changes, sentence] of [
        [{ password: { column: 'passwrd' } }, /no column passwrd/],
        [{ table: 'be_user' }, /no table or view be_user/],
      ] as const) {
        const wrong = stage.open(changes);
        const result = await wrong.find('anna');
        expect(result).toMatchObject({ kind: 'unavailable', cause: { code: 'legacy_unavailable' } });
        expect(result.kind === 'unavailable' && (result.cause as Error).message).toMatch(sentence);
        await expect(wrong.findById(asId('1'))).rejects.toMatchObject({ code: 'legacy_unavailable' });
        await expect(wrong.findMany([asId('1')])).rejects.toMatchObject({ code: 'legacy_unavailable' });
        await wrong.close();
      }
    });

    test('says of a status condition that it is not understood.', async () => {
      const wrong = stage.open({ status: { active: 'deleted_at IS NUL' } });
      expect((await wrong.find('anna')).kind).toBe('unavailable');
      const errors = (await wrong.check()).filter(({ level }) => level === 'error');
      expect(errors.map(({ about }) => about)).toEqual(['legacy.status.active']);
      await wrong.close();
    });

    test('knows nobody outside of the condition on the rows, by no way of asking.', async () => {
      const people = stage.open({ where: "username <> 'bob@example.com' AND id < 6 -- no guests" });
      // Without the stranger who calls himself by it, the address is bob's again.
      expect(idOf(await people.find('bob@example.com'))).toBe('2');
      expect(idOf(await people.find('anna'))).toBe('1');
      for (const name of ['mallory@example.com', 'frank', 'frank@example.com', '28774']) {
        expect(await people.find(name), name).toEqual({ kind: 'none' });
      }
      for (const id of ['3', '6', '28774']) expect(await people.findById(asId(id)), id).toBeUndefined();
      expect(await people.findMany(['3', '5', '6'].map(asId))).toMatchObject([{ id: '5' }]);
      expect(await people.findById(asId('1'))).toMatchObject({ id: '1' });
      for (const limit of [1, 2, 100]) expect(await keysOf(people, limit)).toEqual(['1', '2', '4', '5']);
      expect(await people.count()).toBe(4);
      expect(await people.sampleCredentials(100)).toHaveLength(4);
      expect((await people.check()).filter(({ level }) => level !== 'ok')).toEqual([]);
      await people.close();
    });

    test('reads changes of those alone who are people by the condition on the rows.', async () => {
      await stage.run(
        'CREATE TABLE guests (id integer PRIMARY KEY, name varchar(50), pw varchar(50), at timestamp NULL)',
      );
      const row = (id: number, name: string) => `(${id}, '${name}', 'p', '2024-03-01 12:00:00')`;
      await stage.run(
        `INSERT INTO guests VALUES ${[row(1, 'guest'), row(2, 'n'), row(3, 'guest'), row(4, 'n'), row(5, 'n')]}`,
      );
      for (const limit of [1, 2, 100]) {
        const people = stage.open({
          table: 'guests',
          ...SMALL,
          updatedAt: 'at',
          where: "name <> 'guest' OR id = 99",
        });
        expect((await changesOf(people, undefined, limit)).ids, `pages of ${limit}`).toEqual(['2', '4', '5']);
        await people.close();
      }
    });

    test('says of the condition on the rows that it is not understood, or that it leaves nobody.', async () => {
      for (const where of ['is_guest = 0', 'id <']) {
        const wrong = stage.open({ where, status: { active: 'id > 0' } });
        expect((await wrong.find('anna')).kind, where).toBe('unavailable');
        const errors = (await wrong.check()).filter(({ level }) => level === 'error');
        expect(errors.map(({ about }) => about)).toEqual(['legacy.where']);
        await wrong.close();
      }
      const nobody = stage.open({ where: 'id < 0' });
      expect((await nobody.check()).filter(({ level }) => level !== 'ok')).toMatchObject([
        { level: 'warning', about: 'legacy.where' },
      ]);
      await nobody.close();
    });

    test('has nothing to complain about a sound table.', async () => {
      const results = await directory.check();
      expect(results.filter(({ level }) => level !== 'ok')).toEqual([]);
      expect(results.map(({ about }) => about)).toEqual(
        expect.arrayContaining([
          'legacy.reachable',
          'legacy.table',
          'legacy.columns',
          'legacy.id',
          'legacy.login.username',
        ]),
      );
    });

    test('reports every missing column at once, with the name that was probably meant.', async () => {
      const wrong = stage.open({
        login: ['username', 'e_mail'],
        profile: { given_name: 'firstname', family_name: 'completely_else' },
      });
      const errors = (await wrong.check()).filter(({ level }) => level === 'error');
      expect(
        errors.map(({ about, remedy }) => [about, /Did you mean (\w+)/.exec(remedy ?? '')?.[1]]),
      ).toEqual([
        ['legacy.login', 'email'],
        ['legacy.profile.given_name', 'first_name'],
        ['legacy.profile.family_name', undefined],
      ]);
      await wrong.close();
    });

    test('suggests the table that was probably meant.', async () => {
      const wrong = stage.open({ table: 'be_user' });
      const found = (await wrong.check()).find(({ about }) => about === 'legacy.table');
      expect(found).toMatchObject({ level: 'error', remedy: 'Did you mean be_users? Correct legacy.table.' });
      await wrong.close();
    });

    test('warns of a login column without an index, and writes the statement to ask for.', async () => {
      const open = stage.open({ login: ['last_name'] });
      const warnings = (await open.check()).filter(({ level }) => level === 'warning');
      expect(warnings.map(({ about }) => about)).toEqual(['legacy.login.last_name']);
      expect(warnings[0]?.remedy).toMatch(/CREATE UNIQUE INDEX \S+ ON \S+ \(.last_name.\);$/);
      await open.close();
    });

    test('counts who shares a login name where nothing keeps names apart.', async () => {
      await stage.run('CREATE TABLE loose_users AS SELECT * FROM be_users');
      const open = stage.open({ table: 'loose_users', login: ['username'], match: 'case-insensitive' });
      const aboutNames = async () =>
        (await open.check()).filter(({ found }) => /the rule "/.test(found) && !/collation/.test(found));
      expect(await aboutNames()).toMatchObject([
        { level: 'ok', found: expect.stringMatching(/^No two people have the same username now/) },
      ]);
      await stage.run("UPDATE loose_users SET username = 'ANNA' WHERE id = 2");
      expect(await aboutNames()).toMatchObject([
        { level: 'warning', found: expect.stringMatching(/^1 name in username stands in several rows/) },
      ]);
      await open.close();
    });

    test('says what applies to a view.', async () => {
      await stage.run('CREATE VIEW people AS SELECT * FROM be_users');
      const open = stage.open({ table: 'people' });
      expect(idOf(await open.find('anna'))).toBe('1');
      const findings = await open.check();
      expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
      expect(findings).toContainEqual({
        level: 'ok',
        about: 'legacy.id',
        found: 'people is a view, and no two of its rows have the same id.',
      });
      for (const column of ['username', 'email']) {
        expect(findings).toContainEqual(
          expect.objectContaining({ level: 'ok', about: `legacy.login.${column}` }),
        );
      }
      await open.close();
    });

    test('takes nobody from a view that gives two rows for one key.', async () => {
      await stage.run(
        'CREATE VIEW doubled AS SELECT * FROM be_users UNION ALL SELECT * FROM be_users WHERE id = 4',
      );
      const open = stage.open({ table: 'doubled' });
      expect(await open.find('admin')).toEqual({ kind: 'ambiguous', directory: 'legacy', legacyIds: ['4'] });
      await expect(open.findById(asId('4'))).rejects.toMatchObject({ code: 'legacy_unavailable' });
      await expect(open.findMany([asId('1'), asId('4')])).rejects.toMatchObject({
        code: 'legacy_unavailable',
      });
      expect(idOf(await open.find('anna'))).toBe('1');
      expect((await open.check()).filter(({ level }) => level === 'error')).toMatchObject([
        { about: 'legacy.id', found: expect.stringContaining('Several rows of the view doubled') },
      ]);
      await open.close();
    });

    test('calls a name ambiguous when more rows may answer to it than are read.', async () => {
      await stage.run('CREATE TABLE crowd (id integer PRIMARY KEY, name varchar(50), pw varchar(50))');
      await stage.run(
        `INSERT INTO crowd VALUES ${Array.from({ length: 20 }, (_, n) => `(${n}, 'same', '')`).join()}`,
      );
      const open = stage.open({
        table: 'crowd',
        login: ['name'],
        password: { column: 'pw' },
        profile: {},
        updatedAt: undefined,
      });
      const result = await open.find('same');
      expect(result.kind === 'ambiguous' && result.legacyIds.length).toBe(8);
      await open.close();
    });

    test('scans everybody once, page by page, in the order of keys.', async () => {
      for (const limit of [1, 2, 3, 7, 8, 5_000]) {
        expect(await keysOf(directory, limit), `pages of ${limit}`).toEqual([
          ...['1', '2', '3', '4', '5', '6', '28774'],
        ]);
      }
      const { rows } = await directory.scan(undefined, 1);
      expect(rows).toMatchObject([{ directory: 'legacy', id: '1', profile: { given_name: 'Anna' } }]);
    });

    test('scans keys of every kind once each: spellings, signs, blanks and long ones.', async () => {
      const texts = [
        'a',
        'A1',
        'b',
        'B1',
        'ä2',
        'Z',
        'zz',
        '10',
        '9',
        "o'brien",
        'x y',
        '\u{1F600}',
        '%',
        'Ω',
        'ß',
      ];
      const numbers = ['-3', '0', '5', '10', '9007199254740993', '9223372036854775807'];
      for (const [table, type, keys] of [
        ['text_keys', 'varchar(50)', texts],
        ['number_keys', 'bigint', numbers],
      ] as const) {
        await stage.run(`CREATE TABLE ${table} (id ${type} PRIMARY KEY, name varchar(50), pw varchar(50))`);
        const values = keys.map((key) => `('${key.replaceAll("'", "''")}', 'n', 'p')`);
        await stage.run(`INSERT INTO ${table} VALUES ${values.join()}`);
        const keyed = stage.open({ table, ...SMALL });
        for (const limit of [1, 2, 4, 100]) {
          expect((await keysOf(keyed, limit)).toSorted(), `${table}, pages of ${limit}`).toEqual(
            keys.toSorted(),
          );
        }
        expect((await keyed.findMany(keys.map(asId))).map(({ id }) => id).toSorted()).toEqual(
          keys.toSorted(),
        );
        const others = keys.flatMap((key) => [`${key} `, ` ${key}`, key.toUpperCase(), key.toLowerCase()]);
        const strangers = others.filter((key) => !keys.includes(key));
        expect(await keyed.findMany(strangers.map(asId))).toEqual([]);
        await keyed.close();
      }
    });

    test('scans on from where it was while rows come and go.', async () => {
      await stage.run('CREATE TABLE moving (id integer PRIMARY KEY, name varchar(50), pw varchar(50))');
      await stage.run(
        `INSERT INTO moving VALUES ${[10, 20, 30, 40, 50].map((id) => `(${id}, 'n', 'p')`).join()}`,
      );
      const moving = stage.open({ table: 'moving', ...SMALL });
      const first = await moving.scan(undefined, 2);
      await stage.run('DELETE FROM moving WHERE id IN (10, 20)');
      await stage.run("INSERT INTO moving VALUES (5, 'n', 'p'), (25, 'n', 'p')");
      const rest = await moving.scan(first.next, 100);
      expect([...first.rows, ...rest.rows].map(({ id }) => id)).toEqual(['10', '20', '25', '30', '40', '50']);
      expect(rest.next).toBeUndefined();
      await moving.close();
    });

    test('refuses a place that it did not give, and a page that is no text.', async () => {
      for (const place of ['nonsense', "1' OR 1=1"]) {
        await expect(directory.scan(place, 10)).rejects.toMatchObject({ code: 'invalid_request' });
        await expect(directory.changedSince(place, 10)).rejects.toMatchObject({ code: 'invalid_request' });
        await expect(directory.changedSince(JSON.stringify([place]), 10)).rejects.toMatchObject({
          code: 'invalid_request',
        });
      }
      const poison = [0, 5, true, {}, null] as unknown as string[];
      for (const place of poison) {
        await expect(directory.scan(place, 10)).rejects.toMatchObject({ code: 'invalid_request' });
        await expect(directory.changedSince(place, 10)).rejects.toMatchObject({ code: 'invalid_request' });
      }
    });

    test('reads changes in the order of their moments, and loses nobody who shares one.', async () => {
      await stage.run(
        'CREATE TABLE news (id integer PRIMARY KEY, name varchar(50), pw varchar(50), at timestamp NULL)',
      );
      const row = (id: number, at: string) => `(${id}, 'n', 'p', ${at})`;
      const same = "'2024-03-01 12:00:00'";
      await stage.run(
        `INSERT INTO news VALUES ${[row(9, "'2024-02-01 00:00:00'"), ...[1, 2, 3, 4, 5].map((id) => row(id, same)), row(7, 'NULL')].join()}`,
      );
      for (const limit of [1, 2, 3, 100]) {
        const news = stage.open({ table: 'news', ...SMALL, updatedAt: 'at' });
        const first = await changesOf(news, undefined, limit);
        expect(first.ids, `pages of ${limit}`).toEqual(['9', '1', '2', '3', '4', '5']);
        expect((await changesOf(news, first.watermark, limit)).ids).toEqual([]);
        await news.close();
      }
    });

    test('gives a change again that is so new that another of its moment may still be written.', async () => {
      await stage.run(
        'CREATE TABLE fresh (id integer PRIMARY KEY, name varchar(50), pw varchar(50), at timestamp NULL)',
      );
      const fresh = stage.open({ table: 'fresh', ...SMALL, updatedAt: 'at' });
      expect(await fresh.changedSince(undefined, 10)).toEqual({
        rows: [],
        watermark: undefined,
        more: false,
      });
      await stage.run("INSERT INTO fresh VALUES (5, 'n', 'p', CURRENT_TIMESTAMP)");
      const first = await changesOf(fresh, undefined, 10);
      expect(first.ids).toEqual(['5']);
      await stage.run('INSERT INTO fresh SELECT 2, name, pw, at FROM fresh');
      await stage.run("INSERT INTO fresh VALUES (1, 'n', 'p', '2037-01-01 00:00:00')");
      const second = await changesOf(fresh, first.watermark, 10);
      expect(second.ids).toEqual(['2', '5', '1']);
      await stage.run("INSERT INTO fresh VALUES (8, 'n', 'p', CURRENT_TIMESTAMP)");
      expect((await changesOf(fresh, second.watermark, 1)).ids, 'a row of the future hides nobody').toContain(
        '8',
      );
      await fresh.close();
    });

    test('says that nothing tells of changes where no column does.', async () => {
      const silent = stage.open({ updatedAt: undefined });
      await expect(silent.changedSince(undefined, 10)).rejects.toThrow(/legacy\.updatedAt names no column/);
      await silent.close();
    });

    legacyJoinsContract(() => stage);

    test('says about how many there are, or that nothing cheap says it.', async () => {
      const count = await directory.count();
      expect(count === undefined || (count >= 0 && count < 100)).toBe(true);
    });
  });
}

const SMALL = { login: ['name'], password: { column: 'pw' }, profile: {}, updatedAt: undefined };

async function keysOf(directory: LegacyDirectory, limit: number): Promise<string[]> {
  const keys: string[] = [];
  let next: string | undefined;
  do {
    const page = await directory.scan(next, limit);
    keys.push(...page.rows.map(({ id }) => id));
    next = page.next;
  } while (next !== undefined);
  return keys;
}

async function changesOf(directory: LegacyDirectory, from: string | undefined, limit: number) {
  const ids: string[] = [];
  let watermark = from;
  for (let more = true; more; ) {
    const changes = await directory.changedSince(watermark, limit);
    ids.push(...changes.rows.map(({ id }) => id));
    ({ watermark, more } = changes);
  }
  return { ids, watermark };
}
