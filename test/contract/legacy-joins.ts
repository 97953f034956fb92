import { beforeAll, describe, expect, test } from 'vitest';
import type { LegacyStage } from './legacy-directory.ts';

const JOINS = {
  details: { table: 'person_details', key: 'person_id' },
  roles: {
    table: 'person_roles',
    key: 'person_id',
    many: true,
    where: 'expired = 0',
    through: { table: 'role_names', column: 'role_id' },
  },
  flags: { table: 'person_flags', key: 'person_id', many: true, where: "kind = 'group'" },
};

/** What every connector promises of further tables. Several have no column that the users' own table lacks. */
export function legacyJoinsContract(stageOf: () => LegacyStage): void {
  describe('further tables', () => {
    const open = (changes: Record<string, unknown> = {}) =>
      stageOf().open({
        table: 'joined_people',
        login: ['name'],
        password: { column: 'details.pw' },
        updatedAt: undefined,
        joins: JOINS,
        status: { disabledWhen: 'details.banned', deletedAt: 'deleted_at' },
        profile: { nickname: 'details.nick', roles: 'roles.name', groups: 'flags.word' },
        mfa: { totp: { column: 'details.seed', present: true } },
        ...changes,
      });

    beforeAll(async () => {
      for (const sql of [
        'CREATE TABLE joined_people (id integer PRIMARY KEY, name varchar(50), deleted_at varchar(30))',
        `CREATE TABLE person_details (person_id integer, nick varchar(50), pw varchar(50), banned varchar(1),
          seed varchar(50))`,
        'CREATE TABLE person_roles (person_id integer, role_id integer, expired integer)',
        'CREATE TABLE role_names (id integer PRIMARY KEY, name varchar(50))',
        'CREATE TABLE person_flags (person_id varchar(20), kind varchar(20), word varchar(50))',
        `INSERT INTO joined_people VALUES (1, 'ann', NULL), (2, 'bea', NULL), (3, 'cid', NULL), (4, 'dan', NULL),
          (5, 'eve', '2020-01-01 00:00:00'), (6, 'eve', NULL)`,
        `INSERT INTO person_details VALUES (1, 'Annie', 'pw-1', 'N', 'SECRETSEED'), (2, 'B', 'pw-2', 'Y', ''),
          (4, 'x', 'pw-4', 'N', NULL), (4, 'y', 'pw-5', 'N', NULL), (6, 'E', 'pw-6', NULL, NULL)`,
        'INSERT INTO person_roles VALUES (1, 8, 0), (1, 7, 0), (1, 9, 1), (2, 7, 0)',
        "INSERT INTO role_names VALUES (7, 'admin'), (8, 'editor, in chief'), (9, 'old')",
        `INSERT INTO person_flags VALUES ('1', 'group', 'g2'), ('1', 'group', 'g1'), ('1', 'other', 'no'),
          ('1x', 'group', 'not hers'), ('01', 'group', 'nor this')`,
      ]) {
        await stageOf().run(sql);
      }
    });

    test('bring columns, roles by a table in between, and rows that a condition chooses.', async () => {
      const directory = open();
      const result = await directory.find('ann');
      expect(result).toMatchObject({
        kind: 'found',
        user: {
          id: '1',
          status: 'active',
          credential: { encoded: 'pw-1' },
          profile: {
            nickname: 'Annie',
            roles: ['admin', 'editor, in chief'],
            groups: ['g1', 'g2'],
            mfa: { totp: true },
          },
        },
      });
      expect(JSON.stringify(result)).not.toContain('SECRETSEED');
      expect(await directory.find('bea')).toMatchObject({
        user: { status: 'disabled', profile: { roles: ['admin'], mfa: { totp: false } } },
      });
      await directory.close();
    });

    test('may have no row, and never two where there is to be one.', async () => {
      const directory = open();
      const without = await directory.find('cid');
      expect(without).toMatchObject({
        user: { credential: { encoded: '' }, profile: { mfa: { totp: false } } },
      });
      expect(await directory.find('dan')).toMatchObject({ kind: 'ambiguous', legacyIds: ['4'] });
      await expect(directory.findById('4' as never)).rejects.toMatchObject({ code: 'legacy_unavailable' });
      await directory.close();
    });

    test('leave a deleted row out, so that its name is free for somebody else.', async () => {
      const directory = open();
      expect(await directory.find('eve')).toMatchObject({ kind: 'found', user: { id: '6' } });
      expect(await directory.findById('5' as never)).toBeUndefined();
      await directory.close();
    });

    test('are part of a sample where the password is there.', async () => {
      const directory = open();
      const sample = await directory.sampleCredentials(3);
      expect(sample.map(({ encoded }) => encoded).sort()).toEqual(['pw-1', 'pw-2']);
      await directory.close();
    });

    test('are looked at by check, and a missing column is said by name.', async () => {
      const directory = open({
        joins: { ...JOINS, details: { table: 'person_details', key: 'persn_id' } },
      });
      const errors = (await directory.check()).filter(({ level }) => level === 'error');
      expect(errors).toMatchObject([
        { about: 'legacy.joins.details', found: expect.stringContaining('persn_id') },
      ]);
      expect(await directory.find('ann')).toMatchObject({ kind: 'unavailable' });
      await directory.close();
    });
  });
}
