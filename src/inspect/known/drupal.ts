import type { KnownLayout } from '../known-layout.ts';
import { findTable, ruleOf } from './find-table.ts';

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
      password: { column: 'pass', scheme: seen(/^[0-9a-f]{32}$/) && !seen(/^U?\$/) ? 'md5($pass)' : 'auto' },
      status: { active: 'status = 1 AND uid > 0' },
      profile: {
        preferred_username: 'name',
        email: 'mail',
        zoneinfo: 'timezone',
        locale: 'language',
      },
    },
    notes: [
      'Drupal logs in by user name; its collation takes capitals and small letters for the same.',
      'status 0 is blocked, or not yet approved or confirmed. uid 0 stands for visitors.',
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

  legacy: ({ table, prefix }) => ({
    legacy: {
      table: `${prefix}footbridge_users`,
      id: 'uid',
      login: ['name'],
      match: ruleOf(table, 'name'),
      updatedAt: 'changed',
      password: { column: 'pass', scheme: 'auto' },
      status: { active: 'status = 1 AND uid > 0' },
      profile: {
        preferred_username: 'name',
        email: 'mail',
        zoneinfo: 'timezone',
        locale: 'preferred_langcode',
      },
    },
    notes: [
      'users_field_data holds a row for each language of a person: the view takes the one that Drupal logs in with.',
      'Drupal logs in by user name; its collation takes capitals and small letters for the same.',
      'status 0 is blocked, or not yet approved or confirmed. uid 0 stands for visitors.',
      'Drupal does not say later whether an address was confirmed, so email_verified stays false.',
    ],
    view: {
      name: `${prefix}footbridge_users`,
      sql:
        `CREATE VIEW \`${prefix}footbridge_users\` AS SELECT uid, name, pass, mail, timezone, preferred_langcode, status, ` +
        `changed FROM \`${table.name}\` WHERE default_langcode = 1;`,
    },
  }),
};

export const drupal: readonly KnownLayout[] = [drupal7, drupal8];
