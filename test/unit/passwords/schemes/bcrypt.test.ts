import { describe, expect, test } from 'vitest';
import { bcrypt } from '../../../../src/passwords/schemes/bcrypt.ts';

const SALT = 'abcdefghijklmnopqrstuu';
const HASH = 'SqNATdQiNEckAKLsqgsKbAM5.hZoMCq';
const at = (cost: string, kind = '2y') => `$${kind}$${cost}$${SALT}${HASH}`;
const read = (encoded: string) => {
  const hash = bcrypt.parse({ encoded });
  if (hash === undefined) throw new Error('not read');
  return hash;
};

describe('bcrypt', () => {
  test.each(['04', '10', '15'])('reads cost %s.', (cost) => {
    expect(read(at(cost)).outOfBounds).toBeUndefined();
  });

  test.each(['00', '03', '16', '20', '31', '99'])('refuses cost %s before any work.', (cost) => {
    expect(read(at(cost)).outOfBounds).toContain(`cost is ${Number(cost)}`);
  });

  test.each([
    ['$2y$04$$', 'bcrypt, but 8 of 60 characters: the column or the export cut it'],
    [at('10').slice(0, 57), 'bcrypt, but 57 of 60 characters: the column or the export cut it'],
    [`${at('10').slice(0, 57)}   `, 'bcrypt, but 57 of 60 characters: the column or the export cut it'],
    [`${at('10')}x`, 'bcrypt, but 61 instead of 60 characters: something was added to it'],
    [`${at('10')}  `, 'bcrypt, but followed by 2 blanks: a CHAR column pads, so map a trimmed one'],
    [`${at('10')}\n`, 'bcrypt, but followed by 1 blank: a CHAR column pads, so map a trimmed one'],
    [at('10').replace('q', '$'), 'bcrypt, but with characters that bcrypt does not use: it was damaged'],
    [at('10', '2'), 'bcrypt of the rare kind $2$, which is not verified'],
  ])('does not read %s and says why.', (encoded, reason) => {
    expect(bcrypt.parse({ encoded })).toBeUndefined();
    expect(bcrypt.damage?.(encoded)).toBe(reason);
  });

  test('has nothing to say about other formats.', () => {
    for (const encoded of ['', '$', '$1$salt$hash', '$2z$10$', `x${at('10')}`, `bcrypt$${at('10')}`]) {
      expect(bcrypt.parse({ encoded })).toBeUndefined();
      expect(bcrypt.damage?.(encoded)).toBeUndefined();
    }
  });

  test('ignores the unread bits in the last character of a salt, as every other library does.', async () => {
    expect(await read(at('04').replace('uu', 'uv')).verify(Buffer.from('ё'))).toBe(true);
  });

  test('reads $2x$, where bytes past 127 were negative numbers, as another hash.', async () => {
    const signed = read('$2x$04$abcdefghijklmnopqrstuumjGosqV8OkKEcduYTNz5PKN2scswFya');
    expect(await signed.verify(Buffer.from('ё'))).toBe(true);
    expect(await read(at('04', '2x')).verify(Buffer.from('ё'))).toBe(false);
  });

  test('compares every character of the hash.', async () => {
    for (const place of [0, 15, 29, 30]) {
      const changed = `${HASH.slice(0, place)}${HASH[place] === 'e' ? 'u' : 'e'}${HASH.slice(place + 1)}`;
      expect(await read(at('04').replace(HASH, changed)).verify(Buffer.from('ё'))).toBe(false);
    }
  });

  test('does not take a password that begins with NUL for the empty one.', async () => {
    const ofTheEmpty = '$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy';
    expect(await read(ofTheEmpty).verify(Buffer.from(''))).toBe(true);
    expect(await read(ofTheEmpty).verify(Buffer.from('\0secret'))).toBe(false);
  });

  test('is lossy past 72 bytes and from a NUL on, and only then.', () => {
    const { lossy } = read(at('04'));
    expect(lossy(Buffer.alloc(72, 'a'))).toBe(false);
    expect(lossy(Buffer.alloc(73, 'a'))).toBe(true);
    expect(lossy(Buffer.from('€'.repeat(25)))).toBe(true);
    expect(lossy(Buffer.from('a\0b'))).toBe(true);
  });

  test('has a decoy of the same cost that it reads itself.', () => {
    const decoy = read(read(at('12')).decoy());
    expect(decoy.cost).toBe(read(at('12')).cost);
    expect(decoy.outOfBounds).toBeUndefined();
  });
});
