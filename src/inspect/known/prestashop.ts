import type { KnownLayout, PeopleTerms } from '../known-layout.ts';
import { whereOf } from '../people.ts';
import { findTable, ruleOf } from './find-table.ts';

const PEOPLE: PeopleTerms = [
  ['is_guest', '=', 0],
  ['deleted', '=', 0],
];

export const prestashop: KnownLayout = {
  software: 'PrestaShop',
  versions: '1.4 and later, thirty bees',

  match: (tables) =>
    findTable(tables, {
      called: 'customer',
      columns: ['id_customer', 'email', 'passwd', 'secure_key', 'is_guest', 'active', 'deleted'],
    }),

  legacy: ({ table }, seen) => ({
    legacy: {
      table: table.name,
      id: 'id_customer',
      login: ['email'],
      match: ruleOf(table, 'email'),
      where: whereOf(PEOPLE),
      updatedAt: 'date_upd',
      password: seen(/^[0-9a-f]{32}$/)
        ? // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the configuration
          { column: 'passwd', scheme: ['auto', 'prestashop'], pepper: '${PRESTASHOP_COOKIE_KEY}' }
        : { column: 'passwd', scheme: 'auto' },
      status: { column: 'active', active: [1] },
      profile: {
        email: 'email',
        given_name: 'firstname',
        family_name: 'lastname',
        birthdate: { column: 'birthday', format: 'date' },
      },
    },
    people: PEOPLE,
    notes: [
      'Guests buy without an account and may have the address of a customer: they are nobody here, and neither is ' +
        'whoever was deleted.',
      'Values of 32 hexadecimal digits are of PrestaShop 1.6 and earlier and need _COOKIE_KEY_ of ' +
        'config/settings.inc.php (cookie_key of parameters.php in an upgraded shop): the scheme prestashop with that as its ' +
        'pepper.',
      'PrestaShop does not confirm addresses, so email_verified stays false.',
    ],
  }),
};
