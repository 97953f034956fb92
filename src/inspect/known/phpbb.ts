import type { KnownLayout, PeopleTerms } from '../known-layout.ts';
import { whereOf } from '../people.ts';
import { findTable } from './find-table.ts';

const PEOPLE: PeopleTerms = [['user_type', '<>', 2]];

export const phpbb: KnownLayout = {
  software: 'phpBB',
  versions: '3.0 and later',

  match: (tables) =>
    findTable(tables, {
      called: 'users',
      columns: ['user_id', 'user_type', 'username', 'username_clean', 'user_password', 'user_form_salt'],
    }),

  legacy: ({ table }) => ({
    legacy: {
      table: table.name,
      id: 'user_id',
      login: ['username_clean'],
      match: 'case-insensitive',
      where: whereOf(PEOPLE),
      password: { column: 'user_password', scheme: 'phpbb3' },
      status: { column: 'user_type', active: [0, 3] },
      profile: {
        preferred_username: 'username',
        email: 'user_email',
        locale: 'user_lang',
        zoneinfo: 'user_timezone',
      },
    },
    people: PEOPLE,
    notes: [
      'phpBB looks people up by username_clean, which it writes in small letters, and not by e-mail address.',
      'user_type 0 is a member and 3 a founder; 1 is inactive; 2 is a bot or the guest, and nobody here.',
      'phpBB turns & < > and double quotes of a password into HTML entities before it hashes: the scheme phpbb3 does so.',
      'Boards may activate people without a confirmed address, so email_verified stays false.',
    ],
  }),
};
