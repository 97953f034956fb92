import { expect, test } from 'vitest';
import type { LegacyUser } from '../../../../src/legacy/directory.ts';
import { isMeant, readOnly } from '../../../../src/migration/backfill/only.ts';
import { legacyUser } from '../../../support/test-courier.ts';

const user = (id: string, lastLogin?: number | string): LegacyUser =>
  legacyUser(id, lastLogin === undefined ? {} : { attributes: { last_login: lastLogin } });
const meant = (filters: readonly string[], one: LegacyUser, scheme = 'bcrypt') =>
  isMeant(readOnly(filters), one, () => scheme);

test('Nothing said is everybody.', () => {
  expect(meant([], user('1'))).toBe(true);
});

test.each([
  ['2', true],
  ['10', true],
  ['1', false],
  ['11', false],
])('Ids that are numbers are compared as numbers: %s in 2..10 is %s.', (id, is) => {
  expect(meant(['id=2..10'], user(id))).toBe(is);
});

test('Ids that are text are compared as text.', () => {
  expect(meant(['id=b..d'], user('c'))).toBe(true);
  expect(meant(['id=b..d'], user('e'))).toBe(false);
});

test.each([
  [1_704_067_200, true],
  [1_704_067_199, false],
  ['2024-01-01', true],
  ['2023-12-31', false],
  [undefined, false],
])('A last login of %s since 2024-01-01 is %s.', (lastLogin, is) => {
  expect(meant(['attributes.last_login>=2024-01-01'], user('1', lastLogin))).toBe(is);
});

test('Several schemes are one filter, and all filters must hold.', () => {
  const filters = ['scheme=bcrypt', 'scheme=phpass', 'id=1..5'];
  expect(meant(filters, user('1'), 'phpass')).toBe(true);
  expect(meant(filters, user('1'), 'md5')).toBe(false);
  expect(meant(filters, user('6'), 'bcrypt')).toBe(false);
});

test.each(['last_login>=2024-01-01', 'scheme', 'id=5', 'attributes.x>=yesterday', 'updated_at>=2024-99-99'])(
  'A filter such as %s is refused with what it may be.',
  (filter) => {
    expect(() => readOnly([filter])).toThrow(/--only does not understand/);
  },
);
