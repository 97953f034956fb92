import { expect, test } from 'vitest';
import { findPerson, sampleOf } from '../../../src/inspect/find-person.ts';
import { withFoundPassword } from '../../../src/inspect/found-password.ts';
import { inspect } from '../../../src/inspect/inspect.ts';
import { tablesInMemory } from '../../support/tables-in-memory.ts';

const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99';
const source = tablesInMemory({
  name: 'users',
  columns: ['id', 'Username', 'email', 'password', 'salt'],
  primaryKey: ['id'],
  rows: [
    ['1', 'anna', 'Anna@example.org', MD5, 'aa'],
    ['2', 'Anna', 'other@example.org', MD5, null],
    ['3', 'eva', 'EVA@example.org', MD5, 'cc'],
    ['4', 'eve', 'eva@Example.org', MD5, 'dd'],
    ['5', 'bob', 'bob', MD5, 'ee'],
  ],
});
const [users] = await source.tables();
if (users === undefined) throw new Error('There is one table.');
const person = (name: string, logins = ['username', 'email', 'nickname']) =>
  findPerson(source, users.definition, logins, name);

test('A person is found by any login column, in the case that is stored before any other.', async () => {
  expect(await person('Anna')).toMatchObject({ id: '2', salt: '' });
  expect(await person('anna@EXAMPLE.org')).toMatchObject({ id: '1' });
  expect(await person('bob')).toMatchObject({ id: '5' });
  expect(await person('nobody')).toBeUndefined();
});

test('Nobody is chosen where several rows match, or where there is no column to look in.', async () => {
  await expect(person('eva@example.org')).rejects.toThrow(
    '2 rows of users match that name in Username, email',
  );
  await expect(person('anna', ['nickname'])).rejects.toThrow('users has none of the columns nickname');
});

test('A sample holds the columns as text.', async () => {
  expect((await sampleOf(source, users.definition))[1]).toEqual({
    id: '2',
    Username: 'Anna',
    email: 'other@example.org',
    password: MD5,
    salt: '',
  });
});

const FOUND = {
  kind: 'found',
  configuration: { column: 'password', scheme: 'md5($salt.$pass)', salt: 'salt' },
  lossy: false,
  judgement: { strength: 'broken', reason: 'one md5' },
  others: [],
  notes: [],
  tried: 1,
} as const;

test('What was found stands in the proposal, with a comment; a choice by another column stays.', async () => {
  const inspection = await inspect(source, { maxRows: 10 });
  const { legacy, reasons } = withFoundPassword(inspection, FOUND);
  expect(legacy.password).toEqual(FOUND.configuration);
  expect(reasons['password.scheme']).toBe("verified with one person's password; broken: one md5");
  expect(reasons['password.salt']).toBe('found with that password');
  const chosen = {
    ...inspection.legacy,
    password: { column: 'password', scheme: { column: 'salt', map: {} } },
  };
  expect(withFoundPassword({ ...inspection, legacy: chosen }, FOUND).legacy).toBe(chosen);
});
