import type { KnownLayout } from '../known-layout.ts';
import { findTable, ruleOf } from './find-table.ts';

export const mybb: KnownLayout = {
  software: 'MyBB',
  versions: '1.4 to 1.8',

  match: (tables) =>
    findTable(tables, {
      called: 'users',
      columns: ['uid', 'username', 'password', 'salt', 'loginkey', 'usergroup', 'usertitle'],
    }),

  legacy: ({ table }) => ({
    legacy: {
      table: table.name,
      id: 'uid',
      login: ['username'],
      match: ruleOf(table, 'username'),
      password: { column: 'password', scheme: 'mybb', salt: 'salt' },
      status: { column: 'usergroup', disabled: [5, 7] },
      profile: { preferred_username: 'username', email: 'email', website: 'website' },
    },
    notes: [
      'MyBB logs in by user name unless its setting username_method says otherwise; addresses may occur twice.',
      'Group 7 is Banned and group 5 Awaiting Activation, as MyBB installs them.',
      'Boards may activate people without a confirmed address, so email_verified stays false.',
    ],
  }),
};
