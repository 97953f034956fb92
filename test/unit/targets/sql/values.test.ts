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
