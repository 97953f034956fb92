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
      password:
        hasColumn(table, 'salt') && !seen(/^\$/)
          ? { column: 'password', scheme: 'opencart', salt: 'salt' }
          : { column: 'password', scheme: 'auto' },
      status: { active: hasColumn(table, 'approved') ? 'status = 1 AND approved = 1' : 'status = 1' },
      profile: { email: 'email', given_name: 'firstname', family_name: 'lastname' },
    },
    notes: [
      'OpenCart compares addresses in small letters, and its table has no unique index of them.',
      'status 0 is switched off; shops before version 3 also approve customers one by one.',
      'OpenCart does not confirm addresses, so email_verified stays false.',
      'One scheme reads the whole table: after an upgrade to version 4, older rows with a salt are not verified by auto.',
    ],
  }),
};
