import type { KnownLayout } from '../known-layout.ts';
import { findTable, firstColumn, hasColumn, profileOf, ruleOf } from './find-table.ts';

export const laravel: KnownLayout = {
  software: 'Laravel',
  versions: '4.1 and later, and tables made after its `users`',

  match: (tables) =>
    findTable(tables, {
      called: 'users',
      columns: ['id', 'email', 'password', 'remember_token', 'created_at', 'updated_at'],
    }),

  legacy: ({ table }) => {
    const birthdate = firstColumn(table, 'birthday', 'birthdate', 'date_of_birth');
    return {
      legacy: {
        table: table.name,
        id: 'id',
        login: hasColumn(table, 'username') ? ['username', 'email'] : ['email'],
        match: ruleOf(table, 'email'),
        updatedAt: 'updated_at',
        password: { column: 'password', scheme: 'auto' },
        ...(hasColumn(table, 'deleted_at') ? { status: { active: 'deleted_at IS NULL' } } : {}),
        profile: {
          email: 'email',
          ...(hasColumn(table, 'email_verified_at')
            ? { email_verified: { column: 'email_verified_at', format: 'timestamp' } }
            : {}),
          ...profileOf(table, {
            preferred_username: 'username',
            name: 'name',
            given_name: 'first_name',
            family_name: 'last_name',
            locale: 'locale',
          }),
          ...(hasColumn(table, 'gender')
            ? {
                gender: {
                  column: 'gender',
                  map: { M: 'male', F: 'female', male: 'male', female: 'female' },
                },
              }
            : {}),
          ...(birthdate === undefined ? {} : { birthdate: { column: birthdate, format: 'date' } }),
        },
      },
      notes: [
        'Laravel asks the database for the login name, so that the collation decides whether its case counts.',
        'Who has a date in deleted_at was deleted softly and does not log in. Other columns that say so are not known ' +
          'here: add them to status.',
        'email_verified follows email_verified_at where the table has it; otherwise nobody is verified.',
      ],
    };
  },
};
