import { createHash } from 'node:crypto';
import { hashSync } from 'bcryptjs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findScheme } from '../../../../src/passwords/known-schemes.ts';
import type { StoredHash } from '../../../../src/passwords/scheme.ts';

const digest = (algorithm: string, ...parts: (string | Uint8Array)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash(algorithm));
const md5 = (text: string) => digest('md5', text).digest('hex');
const hashOf = (recipe: string, stored: StoredHash) => {
  const scheme = findScheme(recipe);
  if (scheme === undefined) throw new Error(`no scheme ${recipe}`);
  return scheme.parse(stored);
};
const bcrypt = (text: string) => hashSync(text, '$2b$04$abcdefghijklmnopqrstuu');

describe('A recipe', () => {
  test('reads the digest in either case, and in base64 with or without padding.', async () => {
    const recipe = 'md5(md5($pass))';
    const hex = md5(md5('secret'));
    const base64 = Buffer.from(hex, 'hex').toString('base64');
    for (const encoded of [hex, hex.toUpperCase(), base64, base64.replace('==', '')]) {
      expect(await hashOf(recipe, { encoded })?.verify(Buffer.from('secret'))).toBe(true);
      expect(await hashOf(recipe, { encoded })?.verify(Buffer.from('Secret'))).toBe(false);
    }
    expect(hashOf(recipe, { encoded: hex.slice(1) })).toBeUndefined();
    expect(hashOf('base64(md5_bin(md5($pass)))', { encoded: hex })).toBeUndefined();
    expect(hashOf('base64(md5_bin(md5($pass)))', { encoded: base64 })).toBeDefined();
  });

  test('with text around the digest reads values with that text alone.', () => {
    const recipe = "'md5'.md5($pass.$username)";
    const hex = '0'.repeat(32);
    expect(hashOf(recipe, { encoded: `md5${hex}`, username: 'a' })).toBeDefined();
    for (const encoded of [hex, `MD5${hex}`, `md5${hex}0`, `md5 ${hex}`, 'md5'])
      expect(hashOf(recipe, { encoded, username: 'a' }), encoded).toBeUndefined();
    expect(hashOf("'aa'.md5($pass).'aa'", { encoded: 'aa' })).toBeUndefined();
    expect(hashOf("'aa'.md5($pass).'aa'", { encoded: 'aaa' })).toBeUndefined();
  });

  test.each([
    ['md5($salt.$pass)', {}, 'needs a salt'],
    ['md5($username.$pass)', {}, 'needs a username'],
    ['md5($pepper.$pass)', {}, 'needs a pepper'],
    ['md5(unhex($salt).$pass)', { salt: 'xyz' }, 'not hexadecimal'],
    ['md5(unbase64($salt).$pass)', { salt: 'a' }, 'not base64'],
    ['md5($salt.$pass)', { salt: 's'.repeat(1025) }, '1025 characters'],
  ])('%s says what a row lacks.', (recipe, row, message) => {
    expect(hashOf(recipe, { encoded: '0'.repeat(32), ...row })?.outOfBounds).toContain(message);
  });

  test('says what a row lacks where a scheme is outermost as well, and what the scheme finds wrong.', () => {
    expect(hashOf('bcrypt(md5($salt.$pass))', { encoded: bcrypt('x') })?.outOfBounds).toContain('a salt');
    const dear = bcrypt('x').replace('$04$', '$31$');
    expect(hashOf('bcrypt(md5($pass))', { encoded: dear })?.outOfBounds).toContain("bcrypt's cost is 31");
    expect(findScheme('bcrypt(md5($pass))')?.damage?.(bcrypt('x').slice(0, 57))).toContain('57 of 60');
    expect(hashOf('bcrypt(md5($pass))', { encoded: md5('x') })).toBeUndefined();
  });

  test('costs as much as its digests and the scheme around it.', () => {
    const encoded = '0'.repeat(32);
    const once = hashOf('md5($pass)', { encoded })?.cost ?? 0;
    const often = hashOf('repeat(5000, md5($last), $pass)', { encoded })?.cost ?? 0;
    expect(often).toBeGreaterThan(100 * once);
    const plain = hashOf('bcrypt', { encoded: bcrypt('x') })?.cost ?? 0;
    expect(hashOf('bcrypt(md5($pass))', { encoded: bcrypt('x') })?.cost).toBeGreaterThan(plain);
  });

  test.each([
    'md5($salt.$pass)',
    'md5(unhex($salt).$pass)',
    'base64(sha1_bin(unbase64($salt).$pass))',
    "'{X}'.sha256($username.$pass.$pepper).'!'",
    'bcrypt(md5($pass))',
    'argon2id(md5($pass))',
  ])('%s has a decoy that it reads and that nothing matches.', async (recipe) => {
    const row = { salt: 'dec0dec0', username: 'decoy', pepper: 'decoy' };
    const encoded = recipe.startsWith('bcrypt')
      ? bcrypt('x')
      : recipe.startsWith('argon2id')
        ? '$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA'
        : (decoyOf(recipe) ?? '');
    const decoy = hashOf(recipe, { encoded, ...row })?.decoy() ?? '';
    const hash = hashOf(recipe, { encoded: decoy, ...row });
    expect(hash?.outOfBounds).toBeUndefined();
    expect(await hash?.verify(Buffer.from('secret'))).toBe(false);
  });

  test.each([
    'md5(unhex($salt).$pass)',
    "'{X}'.base64(sha1_bin(unbase64($salt).$pass))",
    'repeat(3, sha256_bin($last.$pass.braced($salt)))',
    'hmac_sha512(utf16le($salt), cp1252($pass))',
    'bcrypt(md5($salt.$pass))',
  ])('%s answers for any row without an exception.', (recipe) => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF+/=$'), maxLength: 200 }),
      fc.stringMatching(/^[0-9a-f]{32}$|^[0-9a-f]{64}$|^[0-9a-f]{128}$/),
      fc.stringMatching(/^\{X\}[A-Za-z0-9+/]{26}[AQgw]=?$/),
    );
    return fc.assert(
      fc.asyncProperty(text, text, fc.uint8Array({ maxLength: 20 }), async (encoded, salt, password) => {
        const hash = hashOf(recipe, { encoded, salt });
        if (hash === undefined || hash.outOfBounds !== undefined) return;
        expect(await hash.verify(password)).toBe(false);
        hash.lossy(password);
      }),
      { seed: 7, numRuns: 1_000 },
    );
  });

  test('takes bytes as they are, NUL and what is no UTF-8 among them.', async () => {
    for (const password of [Buffer.of(0xff, 0xe4), Buffer.from('\0a'), Buffer.from('a\0b')]) {
      const encoded = digest('md5', digest('md5', password).digest('hex')).digest('hex');
      expect(await hashOf('md5(md5($pass))', { encoded })?.verify(password)).toBe(true);
      const other = Buffer.concat([password, Buffer.of(0)]);
      expect(await hashOf('md5(md5($pass))', { encoded })?.verify(other)).toBe(false);
    }
  });
});

const decoyOf = (recipe: string) => {
  const zeros =
    recipe.includes('base64(') && !recipe.includes('unhex') ? Buffer.alloc(20).toString('base64') : '';
  if (zeros !== '') return zeros;
  return recipe.startsWith("'{X}'") ? `{X}${'0'.repeat(64)}!` : '0'.repeat(32);
};

describe('What a recipe ignores of a password', () => {
  const password = Buffer.from('Secret');
  const lossyOf = (recipe: string, stored: StoredHash, typed: Uint8Array = password) =>
    hashOf(recipe, stored)?.lossy(typed);
  const hex = { encoded: '0'.repeat(32) };

  test('is its case where the legacy app threw it away.', () => {
    expect(lossyOf('md5(lower($pass))', hex)).toBe(true);
    expect(lossyOf('md5(upper(utf16le($pass)))', hex)).toBe(true);
    expect(lossyOf('bcrypt(md5(upper($pass)))', { encoded: bcrypt('x') })).toBe(true);
    expect(lossyOf('md5(lower($pass))', hex, Buffer.from('12345'))).toBe(false);
    expect(lossyOf('md5(upper(md5($pass)))', hex)).toBe(false);
    expect(lossyOf('md5(lower($username).$pass)', { ...hex, username: 'A' })).toBe(false);
  });

  test('is nothing where bcrypt cuts a digest that is longer than it reads.', async () => {
    const encoded = bcrypt(digest('sha512', 'Secret').digest('hex').slice(0, 72));
    expect(await hashOf('bcrypt(sha512($pass))', { encoded })?.verify(password)).toBe(true);
    expect(lossyOf('bcrypt(sha512($pass))', { encoded })).toBe(false);
  });

  test('is what bcrypt cuts of anything else.', () => {
    const stored = { encoded: bcrypt('x'), pepper: 'p'.repeat(80) };
    expect(lossyOf('bcrypt($pass.$pepper)', stored)).toBe(true);
    expect(lossyOf('bcrypt($pepper.md5($pass))', stored)).toBe(true);
    expect(lossyOf('bcrypt($pepper.$pass)', { ...stored, pepper: 'p' })).toBe(false);
  });

  test('is what follows a NUL among the bytes of a digest, which ends a password for crypt(3).', () => {
    const withNul = Array.from({ length: 5000 }, (_, index) => Buffer.from(`p${index}`)).find((typed) =>
      digest('sha256', typed).digest().includes(0),
    );
    expect(lossyOf('bcrypt(sha256_bin($pass))', { encoded: bcrypt('x') }, withNul)).toBe(true);
  });
});
