import type { KnownLayout } from '../known-layout.ts';
import { findTable, hasColumn, profileOf, ruleOf } from './find-table.ts';

const fos: KnownLayout = {
  software: 'Symfony (FOSUserBundle)',
  versions: '1.3 and later',

  match: (tables) =>
    findTable(tables, {
      called: 'user',
      columns: ['username_canonical', 'email_canonical', 'enabled', 'salt', 'password', 'confirmation_token'],
    }),

  legacy: ({ table }, seen) => ({
    legacy: {
      table: table.name,
      id: 'id',
      login: ['username_canonical', 'email_canonical'],
      match: 'case-insensitive',
      password: seen(/^[A-Za-z0-9+/]{86}==$/)
        ? { column: 'password', scheme: ['auto', 'symfony'], salt: 'salt' }
        : { column: 'password', scheme: 'auto' },
      status: {
        active: [
          'enabled = 1',
          ...['locked', 'expired']
            .filter((column) => hasColumn(table, column))
            .map((column) => `${column} = 0`),
        ].join(' AND '),
      },
      profile: { preferred_username: 'username', email: 'email' },
    },
    notes: [
      'FOSUserBundle logs in by user name or e-mail address, both kept in small letters.',
      'enabled 0 is switched off, or not confirmed yet where the application asks. An administrator may enable people ' +
        'too, so email_verified stays false.',
      'The scheme symfony is SHA-512 with 5,000 rounds, the default for years; rows without a salt are bcrypt or argon2 ' +
        'and are read by auto.',
    ],
  }),
};

const maker: KnownLayout = {
  software: 'Symfony',
  versions: '4 and later, as `make:user` writes it',

  match: (tables) =>
    findTable(tables, {
      called: 'user',
      columns: ['id', 'roles', 'password'],
      without: ['username_canonical', 'remember_token', 'salt', 'user_id', 'block', 'is_superuser', 'pass'],
    }),

  legacy: ({ table }) => {
    const login = ['username', 'email'].filter((column) => hasColumn(table, column));
    return {
      legacy: {
        table: table.name,
        id: 'id',
        login,
        match: ruleOf(table, login[0] ?? ''),
        password: { column: 'password', scheme: 'auto' },
        profile: {
          ...profileOf(table, {
            preferred_username: 'username',
            email: 'email',
            email_verified: 'is_verified',
            given_name: 'first_name',
            family_name: 'last_name',
          }),
          roles: { column: 'roles', list: 'json' },
        },
      },
      notes: [
        'Symfony asks the database for the login name, so that the collation decides whether its case counts.',
        'Symfony itself knows no disabled accounts: whatever the UserChecker of the application looks at goes into status.',
        'email_verified follows is_verified, which the bundle verify-email sets, where the table has it.',
      ],
    };
  },
};

export const symfony: readonly KnownLayout[] = [
  fos,
  {
    ...maker,
    match: (tables) => {
      const match = maker.match(tables);
      return match !== undefined && (hasColumn(match.table, 'email') || hasColumn(match.table, 'username'))
        ? match
        : undefined;
    },
  },
];
