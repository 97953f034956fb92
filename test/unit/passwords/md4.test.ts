import { md4 as md4OfLibrary } from 'hash-wasm';
import { describe, expect, test } from 'vitest';
import { md4 } from '../../../src/passwords/md4.ts';

describe('MD4', () => {
  test.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
    ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
  ])('of "%s" is what RFC 1320 says (A.5).', (text, digest) => {
    expect(md4(Buffer.from(text)).toString('hex')).toBe(digest);
  });

  test('of any length is what hash-wasm says.', async () => {
    for (let length = 0; length < 300; length += 1) {
      const data = Buffer.from(Array.from({ length }, (_, index) => (index * 37 + length) % 256));
      expect(md4(data).toString('hex'), `${length} bytes`).toBe(await md4OfLibrary(data));
    }
  });
});
