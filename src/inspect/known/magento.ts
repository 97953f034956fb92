import type { KnownLayout } from '../known-layout.ts';
import { findTable, hasColumn } from './find-table.ts';

const SITES =
  'An address is unique for one website of the shop: where two websites know it, nobody can log in with it until a ' +
  'condition narrows the table to one of them, e.g. where: website_id = 1.';

const magento1: KnownLayout = {
  software: 'Magento 1',
  versions: '1.x and OpenMage',

  match: (tables) =>
    findTable(tables, {
      called: 'customer_entity',
      columns: ['entity_id', 'entity_type_id', 'website_id', 'email', 'is_active'],
      without: ['password_hash'],
      beside: {
        customer_entity_varchar: ['entity_id', 'attribute_id', 'value'],
        eav_attribute: ['attribute_id', 'entity_type_id', 'attribute_code'],
      },
    }),

  legacy: ({ prefix }) => {
    const name = `${prefix}footbridge_customers`;
    return {
      legacy: {
        table: name,
        id: 'entity_id',
        login: ['email'],
        match: 'case-insensitive',
        updatedAt: 'updated_at',
        password: { column: 'password_hash', scheme: ['auto', 'magento1'] },
        status: { column: 'is_active', active: [1] },
        profile: { email: 'email', given_name: 'firstname', family_name: 'lastname' },
      },
      notes: [
        'Magento 1 keeps each attribute of a customer in a row of its own: the view puts them side by side.',
        SITES,
        'Where the shop asks for confirmation, the attribute confirmation is empty for whoever has confirmed; it is not ' +
          'read here, and email_verified stays false.',
      ],
      view: {
        name,
        from: { password_hash: { table: `${prefix}customer_entity_varchar`, column: 'value' } },
        sql:
          `CREATE VIEW \`${name}\` AS SELECT e.entity_id, e.website_id, e.email, e.is_active, e.updated_at, ` +
          `${['password_hash', 'firstname', 'lastname'].map((code) => attribute(prefix, code)).join(', ')} ` +
          `FROM \`${prefix}customer_entity\` e;`,
      },
    };
  },
};

const attribute = (prefix: string, code: string) =>
  `(SELECT v.value FROM \`${prefix}customer_entity_varchar\` v JOIN \`${prefix}eav_attribute\` a ` +
  'ON a.attribute_id = v.attribute_id WHERE v.entity_id = e.entity_id AND a.entity_type_id = e.entity_type_id ' +
  `AND a.attribute_code = '${code}') AS ${code}`;

const magento2: KnownLayout = {
  software: 'Magento 2',
  versions: '2.x, Adobe Commerce, Mage-OS',

  match: (tables) =>
    findTable(tables, {
      called: 'customer_entity',
      columns: ['entity_id', 'website_id', 'email', 'password_hash', 'rp_token', 'is_active', 'confirmation'],
    }),

  legacy: ({ table }) => ({
    legacy: {
      table: table.name,
      id: 'entity_id',
      login: ['email'],
      match: 'case-insensitive',
      updatedAt: 'updated_at',
      password: { column: 'password_hash', scheme: 'auto' },
      status: {
        active: 'is_active = 1 AND confirmation IS NULL',
        ...(hasColumn(table, 'lock_expires') ? { lockedUntil: 'lock_expires' } : {}),
      },
      profile: {
        email: 'email',
        given_name: 'firstname',
        middle_name: 'middlename',
        family_name: 'lastname',
        birthdate: { column: 'dob', format: 'date' },
        gender: { column: 'gender', map: { 1: 'male', 2: 'female' } },
      },
    },
    notes: [
      'A value in confirmation means that the customer has not confirmed the address yet. NULL does not mean that it ' +
        'was confirmed, since a shop may not ask, so email_verified stays false.',
      ...(hasColumn(table, 'lock_expires')
        ? [
            'Whoever typed a wrong password too often is locked until the moment in lock_expires, which is in UTC.',
          ]
        : []),
      SITES,
    ],
  }),
};

export const magento: readonly KnownLayout[] = [magento1, magento2];
