import type { KnownLayout } from '../known-layout.ts';
import { findTable, hasColumn } from './find-table.ts';

const users = {
  called: 'users',
  columns: ['ID', 'user_login', 'user_pass', 'user_nicename', 'user_email', 'user_activation_key'],
};
const usermeta = ['user_id', 'meta_key', 'meta_value'];

const meta = (table: string, key: string) => ({ table, key: 'user_id', where: `meta_key = '${key}'` });

export const wordpress: KnownLayout = {
  software: 'WordPress',
  versions: '2.5 and later, single sites and networks',

  match: (tables) => findTable(tables, { ...users, beside: { usermeta } }) ?? findTable(tables, users),

  legacy: ({ table, beside }, seen) => ({
    legacy: {
      table: table.name,
      id: 'ID',
      login: ['user_login', 'user_email'],
      match: 'case-insensitive',
      password: { column: 'user_pass', scheme: seen(/^[0-9a-f]{32}$/) ? ['auto', 'md5($pass)'] : 'auto' },
      ...(hasColumn(table, 'spam') && hasColumn(table, 'deleted')
        ? { status: { active: 'spam = 0 AND deleted = 0' } }
        : {}),
      ...(beside.usermeta === undefined
        ? {}
        : {
            joins: {
              first: meta(beside.usermeta.name, 'first_name'),
              last: meta(beside.usermeta.name, 'last_name'),
            },
          }),
      profile: {
        email: 'user_email',
        preferred_username: 'user_login',
        name: 'display_name',
        website: 'user_url',
        ...(beside.usermeta === undefined
          ? {}
          : { given_name: 'first.meta_value', family_name: 'last.meta_value' }),
      },
    },
    notes: [
      'WordPress logs in by user name or e-mail address, in whatever case.',
      'WordPress itself cannot disable an account: user_status means nothing. A network marks spam and deleted. ' +
        'Plug-ins keep what they disable in the table usermeta.',
      'user_email is not always confirmed, so email_verified stays false.',
      'Values of 32 hexadecimal digits are plain MD5, of before WordPress 2.5 or set by hand; the first login replaces them.',
    ],
  }),
};
