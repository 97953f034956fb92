import type { KnownLayout } from '../known-layout.ts';
import { findTable } from './find-table.ts';

export const mediawiki: KnownLayout = {
  software: 'MediaWiki',
  versions: '1.5 and later',

  match: (tables) =>
    findTable(tables, {
      called: 'user',
      columns: [
        'user_id',
        'user_name',
        'user_real_name',
        'user_password',
        'user_newpassword',
        'user_touched',
      ],
    }),

  legacy: ({ table }) => ({
    legacy: {
      table: table.name,
      id: 'user_id',
      login: ['user_name'],
      match: 'exact',
      password: { column: 'user_password', scheme: 'auto' },
      profile: {
        preferred_username: 'user_name',
        name: 'user_real_name',
        email: 'user_email',
        email_verified: { column: 'user_email_authenticated', format: 'YmdHis' },
      },
    },
    notes: [
      'User names begin with a capital and their case counts. MediaWiki makes the first letter a capital by itself: here ' +
        'people type it.',
      'Blocked people log in to MediaWiki, they only do not edit; an account without a password cannot log in.',
      'email_verified is true for whoever has a date in user_email_authenticated.',
    ],
  }),
};
