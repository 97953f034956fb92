import { expect, test } from 'vitest';
import { schemeListFaults } from '../../../src/passwords/scheme-list.ts';

const faultsOf = (...names: string[]) => schemeListFaults(names).map(({ index }) => index);

test('Generations of passwords that differ in shape may stand in one list.', () => {
  for (const names of [
    ['auto'],
    ['auto', 'md5($pass)'],
    ['auto', 'prestashop'],
    ['auto', 'opencart', 'md5($pass)'],
    ['auto', 'symfony'],
    ['auto', 'joomla'],
    ['auto', "md5(md5($pass).$salt).' '.$salt"],
    ['phpbb3', 'md5($pass)'],
    ['vbulletin5', 'argon2id(md5($pass))'],
    ['plaintext'],
  ]) {
    expect(schemeListFaults(names), names.join()).toEqual([]);
  }
});

test('auto comes first, since it reads only what names itself.', () => {
  expect(faultsOf('md5($pass)', 'auto')).toEqual([1]);
  expect(faultsOf('auto', 'auto')).toEqual([1]);
});

test('A scheme that an entry before it leaves nothing to read is a fault.', () => {
  expect(faultsOf('auto', 'bcrypt')).toEqual([1]);
  expect(faultsOf('auto', 'vbulletin5')).toEqual([1]);
  expect(faultsOf('auto', 'md5($pass)', 'md5($pass.$salt)')).toEqual([2]);
  expect(faultsOf('vbulletin', 'md5($pass)')).toEqual([1]);
  expect(faultsOf('sha1($pass)', 'opencart')).toEqual([1]);
  expect(faultsOf('md5', 'MD5($pass)')).toEqual([1]);
});

test('Plain passwords are in no list: a hash that no scheme reads would be one.', () => {
  expect(faultsOf('auto', 'plaintext')).toEqual([1]);
  expect(faultsOf('plaintext', 'md5($pass)')).toContain(0);
});
