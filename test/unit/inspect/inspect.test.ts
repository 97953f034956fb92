import { expect, test } from 'vitest';
import { inspect } from '../../../src/inspect/inspect.ts';
import { legacyOptions } from '../../../src/legacy/options.ts';
import { type MemoryTable, tablesInMemory } from '../../support/tables-in-memory.ts';

const BCRYPT = '$2y$10$9NB6RGU6rThg8quKUdH1muctcahOQnJUp2nSowqe2d/wTpH6rtcBq';
const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99';

/** The import guide's table: its one hash lost its last three characters. */
const BE_USERS: MemoryTable = {
  name: 'be_users',
  columns: [
    'id int(10)',
    'first_name varchar(255)',
    'last_name varchar(255)',
    'username varchar(255)',
    'email varchar(255)',
    'password varchar(60)',
    "gender enum('M','F')",
    'birthday datetime',
    'remember_token varchar(100)',
    'is_logged tinyint(1)',
    'updated_at timestamp',
  ],
  primaryKey: ['id'],
  indexes: [
    { columns: ['username'], unique: true },
    { columns: ['email'], unique: true },
  ],
  rows: [
    ['1', null, null, 'testuser', 'testuser@example.com', BCRYPT.slice(0, 57), 'M', null, null, '0', null],
    ['2', 'Anna', 'Ångström', 'anna', 'anna@example.com', BCRYPT, 'F', '1980-02-29 00:00:00', MD5, '0', null],
  ],
};

const KUNDEN: MemoryTable = {
  name: 'kunden',
  columns: ['kundennr', 'anrede', 'vorname', 'nachname', 'email', 'kennwort', 'gesperrt', 'geaendert'],
  primaryKey: ['kundennr'],
  collation: 'latin1_german1_ci',
  rows: [
    ['1', 'Herr', 'Otto', 'Maier', 'otto@example.com', MD5, '0', '2020-01-01 10:00:00'],
    ['2', 'Frau', 'Eva', 'Groß', 'EVA@example.com', MD5, '1', '2020-01-01 10:00:00'],
    ['3', 'Frau', 'Eva', 'Groß', 'eva@example.com', '', '0', '0000-00-00 00:00:00'],
    ['4', 'Frau', 'Ute', 'Klein', 'keine ', MD5, '0', null],
  ],
};

const NOISE: MemoryTable[] = [
  {
    name: 'password_resets',
    columns: ['email', 'token', 'created_at'],
    rows: [['a@example.com', BCRYPT, '']],
  },
  { name: 'user_sessions', columns: ['id', 'user_id', 'username', 'password', 'email'], rows: [] },
  { name: 'orders', columns: ['id', 'email', 'total'], rows: [] },
];

const look = (...tables: MemoryTable[]) => inspect(tablesInMemory(...NOISE, ...tables), { maxRows: 100 });

test('The table of the import guide is understood, and its cut hash is named as such.', async () => {
  const found = await look(BE_USERS);
  expect(found.legacy).toEqual({
    table: 'be_users',
    id: 'id',
    login: ['username', 'email'],
    match: 'case-insensitive',
    updatedAt: 'updated_at',
    password: { column: 'password', scheme: 'auto' },
    profile: {
      preferred_username: 'username',
      email: 'email',
      email_verified: false,
      given_name: 'first_name',
      family_name: 'last_name',
      gender: { column: 'gender', map: { M: 'male', F: 'female' } },
      birthdate: { column: 'birthday', format: 'date' },
    },
  });
  expect(found.census).toContainEqual(
    expect.objectContaining({ people: 1, judgement: 'strong', what: 'bcrypt (cost 10)' }),
  );
  const told = found.findings.map((finding) => finding.found).join('\n');
  expect(told).toContain('57 of 60 characters');
});

test('What is proposed is a configuration that the bridge accepts.', async () => {
  for (const table of [BE_USERS, KUNDEN]) {
    const { legacy } = await look(table);
    const result = legacyOptions.safeParse({ kind: 'sqlite', url: 'sqlite:./legacy.sqlite', ...legacy });
    expect(result.error).toBeUndefined();
  }
});

test('A table in another language is understood by its names and by what stands in it.', async () => {
  const { legacy } = await look(KUNDEN);
  expect(legacy).toMatchObject({
    id: 'kundennr',
    login: ['email'],
    updatedAt: 'geaendert',
    password: { column: 'kennwort' },
    status: { column: 'gesperrt', active: [0] },
    profile: { given_name: 'vorname', gender: { map: { Herr: 'male', Frau: 'female' } } },
  });
});

test('What is odd is told: names that are one up to case, no address, blanks, zero dates, missing indexes.', async () => {
  const { findings } = await look(KUNDEN);
  const told = findings.map(({ level, about, found }) => `${level} ${about}: ${found}`);
  expect(told).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^error legacy\.password\.scheme: 3 of 4 rows: 32 hexadecimal digits/),
      expect.stringMatching(/^warning legacy\.login\.email: No index/),
      expect.stringMatching(/^warning legacy\.login\.email: 1 of 4 rows have the same email/),
      expect.stringMatching(/^warning legacy\.login\.email: 1 values of email begin or end with a blank/),
      expect.stringMatching(/^warning legacy\.profile\.email: 1 of 4 values/),
      expect.stringMatching(/^ok legacy\.login\.email: The collation latin1_german1_ci/),
      expect.stringMatching(/^ok column geaendert: 1 of its values are zero dates/),
    ]),
  );
});

test('No finding, note or comment holds a hash or an address.', async () => {
  const text = JSON.stringify([await look(BE_USERS), await look(KUNDEN)]);
  for (const secret of [BCRYPT.slice(0, 57), MD5, 'anna@example.com']) expect(text).not.toContain(secret);
});

test('A status that is no plain yes or no is left to a person.', async () => {
  const table: MemoryTable = {
    name: 'members',
    columns: ['id', 'login', 'pwd', 'state'],
    primaryKey: ['id'],
    rows: [
      ['1', 'anna', BCRYPT, '3'],
      ['2', 'bob', BCRYPT, '7'],
    ],
  };
  const { legacy, findings } = await look(table);
  expect(legacy.status).toBeUndefined();
  expect(findings).toContainEqual(
    expect.objectContaining({
      level: 'warning',
      about: 'legacy.status',
      found: expect.stringContaining('state seems to say who may log in; its values: 3 (1), 7 (1)'),
    }),
  );
});

test('A date of deletion and words of a status say who may log in.', async () => {
  const rows = [
    ['1', 'anna', BCRYPT, null, 'active'],
    ['2', 'bob', BCRYPT, '2020-01-01', 'banned'],
  ];
  const columns = ['id', 'username', 'password', 'deleted_at', 'status'];
  const byDate = await look({ name: 'users', columns, primaryKey: ['id'], rows });
  expect(byDate.legacy.status).toEqual({ active: 'deleted_at IS NULL' });
  const byWords = await look({
    name: 'users',
    columns: [...columns.slice(0, 3), 'x', 'status'],
    primaryKey: ['id'],
    rows,
  });
  expect(byWords.legacy.status).toEqual({ column: 'status', active: ['active'], disabled: ['banned'] });
});

test('A column that says who confirmed the address makes it verified; a name alone never does.', async () => {
  const rows = [['1', 'a@example.com', BCRYPT, '2020-01-01 10:00:00']];
  const of = async (column: string) =>
    (await look({ name: 'users', columns: ['id', 'email', 'password', column], primaryKey: ['id'], rows }))
      .legacy.profile.email_verified;
  expect(await of('email_verified_at')).toEqual({ column: 'email_verified_at', format: 'timestamp' });
  expect(await of('created_at')).toBe(false);
});

test('Where nothing looks like users, the tables are named.', async () => {
  await expect(look()).rejects.toThrow('No table looks like users');
  await expect(inspect(tablesInMemory(BE_USERS), { table: 'persons', maxRows: 1 })).rejects.toThrow(
    'There is no table persons that may be read. There are: be_users.',
  );
  await expect(inspect(tablesInMemory(...NOISE), { table: 'orders', maxRows: 1 })).rejects.toThrow(
    'orders cannot be a table of users: no column looks like a password.',
  );
});

test('An empty table is proposed by its names alone, with a warning.', async () => {
  const { legacy, findings } = await look({ ...BE_USERS, rows: [] });
  expect(legacy).toMatchObject({ login: ['username', 'email'], password: { column: 'password' } });
  expect(findings).toContainEqual(
    expect.objectContaining({ level: 'warning', found: expect.stringContaining('no rows') }),
  );
});
