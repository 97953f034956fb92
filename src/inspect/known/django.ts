import type { KnownLayout } from '../known-layout.ts';
import { findTable, hasColumn, profileOf, ruleOf } from './find-table.ts';

const COLUMNS = ['id', 'password', 'last_login', 'is_superuser', 'is_active'];

function layout(software: string, versions: string, login: string, without: string[]): KnownLayout {
  return {
    software,
    versions,
    match: (tables) => findTable(tables, { called: 'user', columns: [...COLUMNS, login], without }),
    legacy: ({ table }) => ({
      legacy: {
        table: table.name,
        id: 'id',
        login: [login],
        match: ruleOf(table, login),
        password: { column: 'password', scheme: 'auto' },
        status: { column: 'is_active', active: [1] },
        profile: profileOf(table, {
          preferred_username: 'username',
          email: 'email',
          given_name: 'first_name',
          family_name: 'last_name',
        }),
      },
      notes: [
        `Django logs in by ${login} alone. It compares exactly; on MySQL the collation decides instead.`,
        'Django does not log in whoever has is_active 0. A password that begins with ! is an unusable one.',
        ...(hasColumn(table, 'email')
          ? ['Django does not confirm addresses by itself, so email_verified stays false.']
          : []),
      ],
    }),
  };
}

export const django: readonly KnownLayout[] = [
  layout('Django', '1.0 and later: auth_user, and models made from AbstractUser', 'username', []),
  layout('Django (login by e-mail)', 'models made from AbstractBaseUser', 'email', ['username']),
];
