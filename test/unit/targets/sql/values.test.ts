import { expect, test } from 'vitest';
import { fieldValue, isSame } from '../../../../src/targets/sql/values.ts';

test.each([
  [{ email_verified: true }, 'email_verified', 'number', 1],
  [{ email_verified: false }, 'email_verified', 'text', 0],
  [{}, 'email_verified', 'number', null],
  [{ updated_at: 1_700_000_000 }, 'updated_at', 'number', 1_700_000_000],
  [{ updated_at: 1_700_000_000 }, 'updated_at', 'datetime', '2023-11-14 22:13:20'],
  [{ updated_at: 1_700_000_000 }, 'updated_at', 'date', '2023-11-14'],
  [{ birthdate: '1815-12-10' }, 'birthdate', 'date', '1815-12-10'],
  [{ address: { formatted: 'a\nb', country: 'c' } }, 'address', 'text', 'a\nb'],
  [
    { address: { street_address: 'Main St 1', postal_code: '12345', locality: 'Town', country: 'GB' } },
    'address',
    'text',
    'Main St 1\n12345 Town\nGB',
  ],
  [{ address: {} }, 'address', 'text', null],
] as const)('%o gives %s in a %s column as %s.', (profile, claim, kind, expected) => {
  expect(fieldValue(profile, claim, kind)).toBe(expected);
});

test.each([
  ['a', 'a', true],
  ['a', 'A', false],
  ['1', 1, true],
  [1, 1, true],
  [Buffer.of(1), 1, true],
  [Buffer.from('ä'), 'ä', true],
  [null, null, true],
  [undefined, null, true],
  [null, '', false],
  ['', null, false],
  [0, null, false],
] as const)('A column that holds %o and should hold %o is the same: %s.', (current, wanted, same) => {
  expect(isSame(current, wanted)).toBe(same);
});

test('Lists and objects are JSON with their names in order, and a part is itself.', () => {
  const profile = {
    groups: ['b', 'a'],
    attributes: { tier: 'gold', points: 12.5, vip: false },
    consents: [{ name: 'terms', given: true }],
    mfa: { totp: true },
    address: { locality: 'Wien' },
    birthdate: '1980',
  };
  expect(fieldValue(profile, 'groups', 'text')).toBe('["b","a"]');
  expect(fieldValue(profile, 'attributes', 'text')).toBe('{"points":12.5,"tier":"gold","vip":false}');
  expect(fieldValue(profile, 'attributes.tier', 'text')).toBe('gold');
  expect(fieldValue(profile, 'attributes.points', 'number')).toBe(12.5);
  expect(fieldValue(profile, 'attributes.vip', 'number')).toBe(0);
  expect(fieldValue(profile, 'attributes.constructor', 'text')).toBeNull();
  expect(fieldValue(profile, 'consents.terms', 'number')).toBe(1);
  expect(fieldValue(profile, 'consents.other', 'number')).toBeNull();
  expect(fieldValue(profile, 'mfa.totp', 'number')).toBe(1);
  expect(fieldValue(profile, 'address.locality', 'text')).toBe('Wien');
  expect(fieldValue(profile, 'roles', 'text')).toBeNull();
  expect(fieldValue(profile, 'birthdate', 'date')).toBeNull();
  expect(fieldValue(profile, 'birthdate', 'text')).toBe('1980');
});

test('A JSON column that a server wrote anew is still the same.', () => {
  expect(isSame('{"b": 1, "a": [2, 3]}', '{"a":[2,3],"b":1}')).toBe(true);
  expect(isSame({ b: 1, a: [2, 3] }, '{"a":[2,3],"b":1}')).toBe(true);
  expect(isSame('{"b": 2}', '{"b":1}')).toBe(false);
  expect(isSame('[not json', '["a"]')).toBe(false);
});
