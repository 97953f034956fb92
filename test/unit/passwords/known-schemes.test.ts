import { describe, expect, test } from 'vitest';
import {
  findScheme,
  isKnownScheme,
  schemeNameFault,
  schemeNames,
} from '../../../src/passwords/known-schemes.ts';
import { ALL_SCHEMES } from '../../../src/passwords/schemes/all.ts';

describe('The schemes', () => {
  test('are known by the names that configuration spells.', () => {
    expect(schemeNames().slice(0, 3)).toEqual(['auto', 'bcrypt', 'argon2']);
    const digests = ['md4', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];
    for (const digest of [...digests, 'sha3_256', 'sha3_384', 'sha3_512']) {
      const recipes = ['$pass', '$salt.$pass', '$pass.$salt'].map((input) => `${digest}(${input})`);
      expect(schemeNames()).toEqual(expect.arrayContaining(recipes));
    }
    for (const name of schemeNames()) expect(isKnownScheme(name)).toBe(true);
  });

  test('have aliases, and do not mind case and blanks.', () => {
    expect(findScheme('md5')?.name).toBe('md5($pass)');
    expect(findScheme('MD5( $salt . $pass )')?.name).toBe('md5($salt.$pass)');
  });

  test('are not guessed from names that do not exist.', () => {
    for (const name of ['', 'md2', '__proto__', 'constructor', 'constructor($pass)', 'md5($salt)']) {
      expect(isKnownScheme(name), name).toBe(false);
    }
  });

  test('have names and aliases of their own.', () => {
    const names = ALL_SCHEMES.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('include every recipe, found by its spelling and compiled once.', () => {
    const vbulletin = findScheme('md5(md5($pass).$salt)');
    expect(vbulletin?.name).toBe('md5(md5($pass).$salt)');
    expect(findScheme('md5(md5($pass).$salt)')).toBe(vbulletin);
    expect(findScheme(' MD5( md5($PASS) . $salt ) ')?.name).toBe('md5(md5($pass).$salt)');
    expect(findScheme("sha1('A b'.$pass)")?.name).toBe("sha1('A b'.$pass)");
  });

  test('of a great many recipes stay findable.', () => {
    for (let round = 1; round < 1000; round += 1) {
      expect(isKnownScheme(`repeat(${round}, md5($last), $pass)`)).toBe(true);
    }
    expect(isKnownScheme('repeat(1, md5($last), $pass)')).toBe(true);
  });

  test('are named in the message about a name that is none, with a caret where it looks like a recipe.', () => {
    expect(schemeNameFault('auto')).toBeUndefined();
    expect(schemeNameFault('md5(md5($pass).$salt)')).toBeUndefined();
    expect(schemeNameFault('bcript')).toMatch(/^there is no such scheme; schemes: auto, bcrypt, argon2, /);
    expect(schemeNameFault('md5(md5($pass).$slat)')).toBe(
      [
        'this recipe cannot be read: a variable is $pass, $salt, $username or $pepper',
        '      md5(md5($pass).$slat)',
        '                     ^',
      ].join('\n'),
    );
  });
});
