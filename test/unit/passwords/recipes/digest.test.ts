import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findScheme } from '../../../../src/passwords/known-schemes.ts';

const schemeOf = (name: string) => {
  const scheme = findScheme(name);
  if (scheme === undefined) throw new Error(`no scheme ${name}`);
  return scheme;
};
const md5 = (text: string) => createHash('md5').update(text);

describe('A digest', () => {
  test('is read in hexadecimal of either case and in base64, padded or not.', async () => {
    const base64 = md5('secret').digest('base64');
    const hex = md5('secret').digest('hex');
    for (const encoded of [hex, hex.toUpperCase(), base64, base64.replace('==', '')]) {
      expect(await schemeOf('md5').parse({ encoded })?.verify(Buffer.from('secret'))).toBe(true);
      expect(await schemeOf('md5').parse({ encoded })?.verify(Buffer.from('Secret'))).toBe(false);
    }
  });

  test('is not read when its length is that of another digest, or when it is not one at all.', () => {
    const hex = md5('secret').digest('hex');
    for (const encoded of ['', hex.slice(1), `${hex} `, ` ${hex}`, hex.replace(/.$/, 'g'), '='.repeat(24)]) {
      expect(schemeOf('md5').parse({ encoded }), encoded).toBeUndefined();
    }
    expect(schemeOf('sha1').parse({ encoded: hex })).toBeUndefined();
    expect(schemeOf('sha256').parse({ encoded: hex })).toBeUndefined();
  });

  test('does not read base64 whose last character has bits too many.', () => {
    const canonical = Buffer.alloc(16).toString('base64');
    expect(schemeOf('md5').parse({ encoded: canonical })).toBeDefined();
    expect(schemeOf('md5').parse({ encoded: canonical.replace('A==', 'B==') })).toBeUndefined();
  });

  test('with salt says so when the row has none, and takes an empty salt for what it is.', async () => {
    const encoded = md5('secret').digest('hex');
    expect(schemeOf('md5($salt.$pass)').parse({ encoded })?.outOfBounds).toContain('needs a salt');
    const withEmpty = schemeOf('md5($salt.$pass)').parse({ encoded, salt: '' });
    expect(withEmpty?.outOfBounds).toBeUndefined();
    expect(await withEmpty?.verify(Buffer.from('secret'))).toBe(true);
  });

  test('with salt refuses a salt that is no salt.', () => {
    const hash = schemeOf('md5($pass.$salt)').parse({ encoded: '0'.repeat(32), salt: 's'.repeat(1025) });
    expect(hash?.outOfBounds).toContain('1025 characters');
  });

  test('without salt does not mind a salt column.', async () => {
    const hash = schemeOf('md5').parse({ encoded: md5('secret').digest('hex'), salt: 'salt' });
    expect(await hash?.verify(Buffer.from('secret'))).toBe(true);
  });
});
