import type { KnownLayout } from '../known-layout.ts';
import { findTable, hasColumn } from './find-table.ts';

export const opencart: KnownLayout = {
  software: 'OpenCart',
  versions: '1.5 and later',

  match: (tables) =>
    findTable(tables, {
      called: 'customer',
      columns: ['customer_id', 'customer_group_id', 'firstname', 'lastname', 'email', 'password', 'status'],
    }),

  legacy: ({ table }, seen) => ({
    legacy: {
      table: table.name,
      id: 'customer_id',
      login: ['email'],
      match: 'case-insensitive',
      password: hasColumn(table, 'salt')
        ? {
            column: 'password',
            scheme: ['auto', 'opencart', ...(seen(/^[0-9a-f]{32}$/) ? ['md5($pass)'] : [])],
            salt: 'salt',
          }
        : { column: 'password', scheme: 'auto' },
      status: { active: hasColumn(table, 'approved') ? 'status = 1 AND approved = 1' : 'status = 1' },
      profile: { email: 'email', given_name: 'firstname', family_name: 'lastname' },
    },
    notes: [
      'OpenCart compares addresses in small letters, and its table has no unique index of them.',
      'status 0 is switched off; shops before version 3 also approve customers one by one.',
      'OpenCart does not confirm addresses, so email_verified stays false.',
      ...(hasColumn(table, 'salt')
        ? [
            'Values without a $ in front have their salt in the column salt; OpenCart also takes plain MD5, which the ' +
              'first shops brought with them.',
          ]
        : []),
    ],
  }),
};
