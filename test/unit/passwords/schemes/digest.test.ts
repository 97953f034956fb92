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
      expect(await schemeOf('md5').parse(encoded, undefined)?.verify(Buffer.from('secret'))).toBe(true);
      expect(await schemeOf('md5').parse(encoded, undefined)?.verify(Buffer.from('Secret'))).toBe(false);
    }
  });

  test('is not read when its length is that of another digest, or when it is not one at all.', () => {
    const hex = md5('secret').digest('hex');
    for (const encoded of ['', hex.slice(1), `${hex} `, ` ${hex}`, hex.replace(/.$/, 'g'), '='.repeat(24)]) {
      expect(schemeOf('md5').parse(encoded, undefined), encoded).toBeUndefined();
    }
    expect(schemeOf('sha1').parse(hex, undefined)).toBeUndefined();
    expect(schemeOf('sha256').parse(hex, undefined)).toBeUndefined();
  });

  test('does not read base64 whose last character has bits too many.', () => {
    const canonical = Buffer.alloc(16).toString('base64');
    expect(schemeOf('md5').parse(canonical, undefined)).toBeDefined();
    expect(schemeOf('md5').parse(canonical.replace('A==', 'B=='), undefined)).toBeUndefined();
  });

  test('with salt says so when the row has none, and takes an empty salt for what it is.', async () => {
    const encoded = md5('secret').digest('hex');
    expect(schemeOf('md5($salt.$pass)').parse(encoded, undefined)?.outOfBounds).toContain('needs a salt');
    const withEmpty = schemeOf('md5($salt.$pass)').parse(encoded, '');
    expect(withEmpty?.outOfBounds).toBeUndefined();
    expect(await withEmpty?.verify(Buffer.from('secret'))).toBe(true);
  });

  test('with salt refuses a salt that is no salt.', () => {
    const hash = schemeOf('md5($pass.$salt)').parse('0'.repeat(32), 's'.repeat(1025));
    expect(hash?.outOfBounds).toContain('1025 characters');
  });

  test('without salt does not mind a salt column.', async () => {
    const hash = schemeOf('md5').parse(md5('secret').digest('hex'), 'salt');
    expect(await hash?.verify(Buffer.from('secret'))).toBe(true);
  });
});
