import type { KnownLayout } from '../known-layout.ts';
import { findTable, hasColumn } from './find-table.ts';

export const wordpress: KnownLayout = {
  software: 'WordPress',
  versions: '2.5 and later, single sites and networks',

  match: (tables) =>
    findTable(tables, {
      called: 'users',
      columns: ['ID', 'user_login', 'user_pass', 'user_nicename', 'user_email', 'user_activation_key'],
    }),

  legacy: ({ table }) => ({
    legacy: {
      table: table.name,
      id: 'ID',
      login: ['user_login', 'user_email'],
      match: 'case-insensitive',
      password: { column: 'user_pass', scheme: 'auto' },
      ...(hasColumn(table, 'spam') && hasColumn(table, 'deleted')
        ? { status: { active: 'spam = 0 AND deleted = 0' } }
        : {}),
      profile: {
        email: 'user_email',
        preferred_username: 'user_login',
        name: 'display_name',
        website: 'user_url',
      },
    },
    notes: [
      'WordPress logs in by user name or e-mail address, in whatever case.',
      'WordPress itself cannot disable an account: user_status means nothing. A network marks spam and deleted. ' +
        'Plug-ins keep what they disable in the table usermeta.',
      'user_email is not always confirmed, so email_verified stays false.',
      'Values of 32 hexadecimal digits are plain MD5 of before WordPress 2.5 and are not verified by auto.',
    ],
  }),
};
