import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findScheme, schemeNameFault } from '../../../../src/passwords/known-schemes.ts';

const hex = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');
const parse = (recipe: string, encoded: string, salt?: string) =>
  findScheme(recipe)?.parse({ encoded, ...(salt === undefined ? {} : { salt }) });

describe('A recipe of a column that holds hash and salt', () => {
  test.each([
    ["md5($salt.$pass).':'.$salt", `${hex('md5', 's:ltsecret')}:s:lt`],
    ["$salt.':'.md5($salt.$pass)", `s:lt:${hex('md5', 's:ltsecret')}`],
    ['md5($salt.$pass).$salt', `${hex('md5', 's:ltsecret')}s:lt`],
    ["'{X}'.$salt.'$'.md5($salt.$pass).'.'", `{X}s:lt$${hex('md5', 's:ltsecret')}.`],
    ["md5(unhex($salt).$pass).'$'.$salt", `${hex('md5', 'ABsecret')}$4142`],
    [
      "base64(md5_bin($salt.$pass)).':'.$salt",
      `${createHash('md5').update('s:ltsecret').digest('base64')}:s:lt`,
    ],
  ])('%s takes the salt from there.', async (recipe, encoded) => {
    const hash = parse(recipe, encoded, 'the column is not asked');
    expect(hash?.outOfBounds).toBeUndefined();
    expect(await hash?.verify(Buffer.from('secret'))).toBe(true);
    expect(await hash?.verify(Buffer.from('Secret'))).toBe(false);
    expect(await parse(recipe, hash?.decoy() ?? '')?.verify(Buffer.from('secret'))).toBe(false);
    for (const foreign of ['', ':', encoded.slice(1, 20), `é${encoded}`.slice(0, 30)])
      expect(parse(recipe, foreign), foreign).toBeUndefined();
  });

  test('reads no value without its separator, and says when the salt does nothing.', () => {
    expect(parse("md5($salt.$pass).':'.$salt", `${hex('md5', 'x')}-salt`)).toBeUndefined();
    expect(parse("md5($salt.$pass).':'.$salt", hex('md5', 'x'))).toBeUndefined();
    expect(schemeNameFault("md5($pass).':'.$salt")).toContain('is not used in it');
    expect(schemeNameFault("$salt.md5($pass.$salt).':'.$salt")).toContain('what is stored must be a digest');
    expect(schemeNameFault('md5($pass.$salt).$username')).toContain('what is stored must be a digest');
  });
});

describe('A part of a digest', () => {
  test.each([
    ['substr(sha1($pass), 0, 32)', hex('sha1', 'secret').slice(0, 32)],
    ['substr(md5($pass), 8, 16)', hex('md5', 'secret').slice(8, 24)],
    [
      'substr(sha1_bin($pass), 0, 16)',
      Buffer.from(hex('sha1', 'secret').slice(0, 32), 'hex').toString('base64'),
    ],
    ['md5(substr(md5($pass), 3, 5))', hex('md5', hex('md5', 'secret').slice(3, 8))],
  ])('%s is compared as it stands.', async (recipe, encoded) => {
    expect(await parse(recipe, encoded)?.verify(Buffer.from('secret'))).toBe(true);
    expect(await parse(recipe, encoded)?.verify(Buffer.from('secre'))).toBe(false);
  });

  test('of fewer than 64 bits is no digest, nor is half a byte or what the digest does not have.', () => {
    for (const recipe of [
      'substr(md5($pass), 0, 14)',
      'substr(md5($pass), 1, 20)',
      'substr(md5($pass), 0, 17)',
    ])
      expect(schemeNameFault(recipe), recipe).toContain('what is stored must be a digest');
    expect(schemeNameFault('substr(md5($pass), 8, 30)')).toContain('the digest has 32 characters');
    expect(schemeNameFault('md5(substr($pass, 0, 8))')).toContain('substr is of a digest');
  });
});

describe('What PHP does to a text', () => {
  test.each([
    ['htmlspecialchars', `a<b>&"c'`, `a&lt;b&gt;&amp;&quot;c'`],
    ['htmlspecialchars_quotes', `a<b>&"c'`, `a&lt;b&gt;&amp;&quot;c&#039;`],
    ['addslashes', `a'b"c\\d\0`, `a\\'b\\"c\\\\d\\0`],
    ['trim', ' \ta b\n\0', 'a b'],
    ['trim', '  ', ''],
    ['htmlspecialchars', 'größe', 'größe'],
  ])('%s is done to the password before it is hashed.', async (name, typed, hashed) => {
    const hash = parse(`md5(${name}($pass))`, hex('md5', hashed));
    expect(await hash?.verify(Buffer.from(typed))).toBe(true);
    expect(await hash?.verify(Buffer.from(`${typed}x`))).toBe(false);
    expect(hash?.lossy(Buffer.from(typed))).toBe(name === 'trim' && typed !== hashed);
  });

  test('a trimmed digest loses nothing.', () => {
    expect(parse('md5(trim(md5($pass)))', hex('md5', 'x'))?.lossy(Buffer.from(' a'))).toBe(false);
  });
});
