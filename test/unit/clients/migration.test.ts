import { expect, test } from 'vitest';
import { isCutOverForAll, type Migration } from '../../../src/clients/migration.ts';

const NOW = 1_000;
const everybody: Migration = { target: 'new', mode: 'cutover', percent: 100 };

test('A client is done with the legacy table when everybody is cut over, by every switch and for good.', () => {
  expect(isCutOverForAll(everybody, 'new', NOW)).toBe(true);
  expect(isCutOverForAll({ ...everybody, apps: { shop: everybody }, startsAt: NOW }, 'new', NOW)).toBe(true);
});

test.each<[string, Partial<Migration>]>([
  ['another target', { target: 'other' }],
  ['another mode', { mode: 'lazy' }],
  ['a part of the people', { percent: 99 }],
  ['people who are left out', { deny: ['7'] }],
  ['a time that has not come', { startsAt: NOW + 1 }],
  ['a time that will be over', { endsAt: NOW + 1 }],
  ['an app that is not', { apps: { shop: { mode: 'lazy', percent: 100 } } }],
])('With %s the legacy table is still needed.', (_, change) => {
  expect(isCutOverForAll({ ...everybody, ...change }, 'new', NOW)).toBe(false);
});
