import type { KnownLayout } from '../known-layout.ts';
import { findTable } from './find-table.ts';

export const nextcloud: KnownLayout = {
  software: 'Nextcloud',
  versions: '12 and later, ownCloud 10',

  match: (tables) =>
    findTable(tables, {
      called: 'users',
      columns: ['uid', 'displayname', 'password'],
      without: ['email', 'id'],
      beside: { preferences: ['userid', 'appid', 'configkey', 'configvalue'] },
    }),

  legacy: ({ table, prefix }) => ({
    legacy: {
      table: table.name,
      id: 'uid',
      login: ['uid'],
      match: 'case-insensitive',
      password: { column: 'password', scheme: 'auto' },
      joins: {
        mail: {
          table: `${prefix}preferences`,
          key: 'userid',
          where: "appid = 'settings' AND configkey = 'email'",
        },
        enabled: {
          table: `${prefix}preferences`,
          key: 'userid',
          where: "appid = 'core' AND configkey = 'enabled'",
        },
      },
      status: { column: 'enabled.configvalue', disabled: ['false'] },
      profile: { preferred_username: 'uid', name: 'displayname', email: 'mail.configvalue' },
    },
    notes: [
      'Nextcloud takes the user name in whatever case. It also logs in by an e-mail address that one person alone has, ' +
        'which is kept in another table and is not looked up here.',
      'A disabled account has the value false for the key enabled in the table preferences.',
      'Nextcloud confirms addresses only in part, so email_verified stays false.',
      'People of LDAP or another backend are not in this table.',
    ],
  }),
};
