import type { KnownLayout } from '../known-layout.ts';
import { findTable, ruleOf } from './find-table.ts';

export const joomla: KnownLayout = {
  software: 'Joomla',
  versions: '1.5 and later',

  match: (tables) =>
    findTable(tables, {
      called: 'users',
      columns: [
        'id',
        'name',
        'username',
        'email',
        'password',
        'block',
        'sendEmail',
        'registerDate',
        'params',
      ],
    }),

  legacy: ({ table }, seen) => ({
    legacy: {
      table: table.name,
      id: 'id',
      login: ['username'],
      match: ruleOf(table, 'username'),
      password: { column: 'password', scheme: seen(/^[0-9a-f]{32}(:|$)/) ? ['auto', 'joomla'] : 'auto' },
      status: { column: 'block', active: [0] },
      profile: { preferred_username: 'username', name: 'name', email: 'email' },
    },
    notes: [
      'Joomla logs in by user name; the collation decides whether its case counts.',
      'block 1 is blocked by an administrator, or not activated yet.',
      'The scheme joomla reads MD5 with a salt behind it, as Joomla before 2.5.18 wrote it.',
      'An administrator may activate people without their address being confirmed, so email_verified stays false.',
    ],
  }),
};
