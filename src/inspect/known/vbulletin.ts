import type { KnownLayout, LayoutTable } from '../known-layout.ts';
import { findTable, profileOf, ruleOf, textsOf } from './find-table.ts';

/** The group that the installer makes for banned users; `userban` only says until when. */
const status = { column: 'usergroupid', disabled: [8] };

const profileFor = (table: LayoutTable) =>
  profileOf(table, { preferred_username: 'username', email: 'email', website: 'homepage' });

const birthdate = { birthdate: { column: 'birthday_search', format: 'date' } };

const NOTES = [
  'Group 8 is Banned Users as vBulletin installs it; name the other groups whose people are banned in status.disabled.',
  'Group 3 waits for the address to be confirmed, and still logs in. email_verified stays false for everybody.',
];

const vbulletin3: KnownLayout = {
  software: 'vBulletin 3 and 4',
  versions: '3.0 to 4.2',

  match: (tables) =>
    findTable(tables, {
      called: 'user',
      columns: ['userid', 'usergroupid', 'username', 'password', 'salt', 'passworddate', 'birthday_search'],
    }),

  legacy: ({ table }) => ({
    legacy: {
      table: table.name,
      id: 'userid',
      login: ['username'],
      match: ruleOf(table, 'username'),
      password: {
        column: 'password',
        scheme: 'vbulletin',
        salt: 'salt',
        ...(isLatin1(table) ? { charset: 'cp1252' } : {}),
      },
      status,
      profile: { ...profileFor(table), ...birthdate },
    },
    notes: [
      ...NOTES,
      'A board in latin1 hashes passwords as browsers send them from such pages: charset cp1252.',
    ],
  }),
};

const vbulletin5: KnownLayout = {
  software: 'vBulletin 5',
  versions: '5 and later',

  match: (tables) =>
    findTable(tables, {
      called: 'user',
      columns: ['userid', 'usergroupid', 'username', 'token', 'scheme', 'secret', 'birthday_search'],
    }),

  legacy: ({ table }) => ({
    legacy: {
      table: table.name,
      id: 'userid',
      login: ['username', 'email'],
      match: ruleOf(table, 'username'),
      password: {
        column: 'token',
        scheme: {
          column: 'scheme',
          map: {
            ...Object.fromEntries(
              Array.from({ length: 9 }, (_, index) => [`blowfish:${index + 7}`, 'vbulletin5']),
            ),
            argon2id: 'argon2id(md5($pass))',
            legacy: "md5(md5($pass).$salt).' '.$salt",
          },
        },
      },
      status,
      profile: { ...profileFor(table), ...birthdate },
    },
    notes: [
      ...NOTES,
      'vBulletin 5 logs in by user name or e-mail address.',
      'Rows whose scheme is legacy hold hash and salt of vBulletin 4 in one text, with a blank between.',
    ],
  }),
};

function isLatin1(table: LayoutTable): boolean {
  const { charset, collation } = textsOf(table, 'username');
  return [charset, collation].some((name) => name?.startsWith('latin1'));
}

export const vbulletin: readonly KnownLayout[] = [vbulletin3, vbulletin5];
