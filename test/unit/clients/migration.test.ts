import { expect, test } from 'vitest';
import { copiesTo, type Migration } from '../../../src/clients/migration.ts';

const one = (migration: Partial<Migration>): Migration => ({
  target: 'new',
  mode: 'off',
  percent: 100,
  ...migration,
});

test.each([
  [{ mode: 'off' }, false],
  [{ mode: 'shadow' }, false],
  [{ mode: 'lazy' }, true],
  [{ mode: 'cutover' }, true],
  [{ mode: 'shadow', otherwise: 'lazy' }, true],
  [{ mode: 'off', apps: { shop: { mode: 'cutover', percent: 1 } } }, true],
  [{ mode: 'off', apps: { shop: { mode: 'shadow', percent: 100 } } }, false],
  [{ mode: 'lazy', target: 'another' }, false],
  [{ mode: 'lazy', target: undefined }, false],
] as const)('What was captured goes on to the target by the switches %j: %s.', (migration, copied) => {
  expect(copiesTo(one(migration), 'new')).toBe(copied);
});
