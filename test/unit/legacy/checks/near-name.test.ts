import { expect, test } from 'vitest';
import { nearName } from '../../../../src/legacy/checks/near-name.ts';

test.each([
  ['e_mail', 'email'],
  ['Email', 'email'],
  ['firstName', 'first_name'],
  ['usrname', 'username'],
  ['birthdate', 'birthday'],
  ['nickname', undefined],
  ['x', undefined],
])('For %s the name that was probably meant is %s.', (wanted, meant) => {
  expect(nearName(wanted, ['id', 'email', 'first_name', 'last_name', 'username', 'birthday'])).toBe(meant);
});

test('Without names there is none.', () => {
  expect(nearName('x', [])).toBeUndefined();
});
