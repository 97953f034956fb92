import type { KnownLayout } from '../known-layout.ts';
import { findTable, hasColumn, profileOf } from './find-table.ts';

export const devise: KnownLayout = {
  software: 'Devise',
  versions: '1.2 and later, on Rails',

  match: (tables) =>
    findTable(tables, {
      called: 'users',
      columns: ['id', 'email', 'encrypted_password', 'reset_password_token', 'remember_created_at'],
    }),

  legacy: ({ table }) => {
    const conditions = [
      ...(hasColumn(table, 'confirmed_at') ? ['confirmed_at IS NOT NULL'] : []),
      ...['locked_at', 'deleted_at', 'discarded_at']
        .filter((column) => hasColumn(table, column))
        .map((column) => `${column} IS NULL`),
    ];
    return {
      legacy: {
        table: table.name,
        id: 'id',
        login: ['email'],
        match: 'case-insensitive',
        ...(hasColumn(table, 'updated_at') ? { updatedAt: 'updated_at' } : {}),
        password: { column: 'encrypted_password', scheme: 'auto' },
        ...(conditions.length === 0 ? {} : { status: { active: conditions.join(' AND ') } }),
        profile: {
          email: 'email',
          ...(hasColumn(table, 'confirmed_at')
            ? { email_verified: { column: 'confirmed_at', format: 'timestamp' } }
            : {}),
          ...profileOf(table, {
            preferred_username: 'username',
            name: 'name',
            given_name: 'first_name',
            family_name: 'last_name',
          }),
        },
      },
      notes: [
        'Devise writes addresses in small letters and takes them in whatever case (case_insensitive_keys).',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: what the operator writes
        'Where config.pepper is set in config/initializers/devise.rb, write scheme: devise and pepper: ${DEVISE_PEPPER}.',
        'With confirmed_at, nobody logs in before confirming the address (unless allow_unconfirmed_access_for says ' +
          'otherwise); whoever is locked does not log in.',
      ],
    };
  },
};
