import type { KnownLayout, PeopleTerms } from '../known-layout.ts';
import { whereOf } from '../people.ts';
import { findTable, ruleOf } from './find-table.ts';

const NO_VISITORS: PeopleTerms = [['uid', '<>', 0]];
const ONE_ROW_A_PERSON: PeopleTerms = [['default_langcode', '=', 1], ...NO_VISITORS];

const drupal7: KnownLayout = {
  software: 'Drupal 7',
  versions: '7, and 6 with its MD5 rows',

  match: (tables) =>
    findTable(tables, {
      called: 'users',
      columns: ['uid', 'name', 'pass', 'mail', 'signature', 'init', 'status', 'access'],
      without: ['default_langcode'],
    }),

  legacy: ({ table }, seen) => ({
    legacy: {
      table: table.name,
      id: 'uid',
      login: ['name'],
      match: ruleOf(table, 'name'),
      where: whereOf(NO_VISITORS),
      password: { column: 'pass', scheme: seen(/^[0-9a-f]{32}$/) ? ['auto', 'md5($pass)'] : 'auto' },
      status: { column: 'status', active: [1] },
      profile: {
        preferred_username: 'name',
        email: 'mail',
        zoneinfo: 'timezone',
        locale: 'language',
      },
    },
    people: NO_VISITORS,
    notes: [
      'Drupal logs in by user name; its collation takes capitals and small letters for the same.',
      'status 0 is blocked, or not yet approved or confirmed. uid 0 stands for visitors and is nobody.',
      'Drupal does not say later whether an address was confirmed, so email_verified stays false.',
    ],
  }),
};

const drupal8: KnownLayout = {
  software: 'Drupal',
  versions: '8 and later',

  match: (tables) =>
    findTable(tables, {
      called: 'users_field_data',
      columns: ['uid', 'langcode', 'name', 'pass', 'mail', 'status', 'default_langcode'],
    }),

  legacy: ({ table }) => ({
    legacy: {
      table: table.name,
      id: 'uid',
      where: whereOf(ONE_ROW_A_PERSON),
      login: ['name'],
      match: ruleOf(table, 'name'),
      updatedAt: 'changed',
      password: { column: 'pass', scheme: 'auto' },
      status: { column: 'status', active: [1] },
      profile: {
        preferred_username: 'name',
        email: 'mail',
        zoneinfo: 'timezone',
        locale: 'preferred_langcode',
      },
    },
    people: ONE_ROW_A_PERSON,
    notes: [
      'users_field_data holds a row for each language of a person: default_langcode marks the one that Drupal logs in with.',
      'Drupal logs in by user name; its collation takes capitals and small letters for the same.',
      'status 0 is blocked, or not yet approved or confirmed. uid 0 stands for visitors and is nobody.',
      'Drupal does not say later whether an address was confirmed, so email_verified stays false.',
    ],
  }),
};

export const drupal: readonly KnownLayout[] = [drupal7, drupal8];
