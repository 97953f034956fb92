import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Credential } from '../../../../src/domain/credential.ts';
import { costOf } from '../../../../src/passwords/cost.ts';
import { engine } from '../../../../src/passwords/engine.ts';
import { identify } from '../../../../src/passwords/identify/identify.ts';
import { type Decoy, decoyFor } from '../../../../src/passwords/pool/decoy.ts';
import { verify } from '../../../../src/passwords/pool/verify.ts';
import { bcrypt, bcryptDecoy, bcryptMilliseconds } from '../../../../src/passwords/schemes/bcrypt.ts';

/** Counts what is hashed with bcrypt, in units of cost 4. */
const hashed = { units: 0 };
const count = (setting: string) => {
  hashed.units += 2 ** (Number(setting.slice(4, 6)) - 4);
};
beforeEach(() => {
  hashed.units = 0;
  const { bcrypt, verifyBcrypt } = engine;
  vi.spyOn(engine, 'bcrypt').mockImplementation((password, setting) => {
    count(setting);
    return bcrypt(password, setting);
  });
  vi.spyOn(engine, 'verifyBcrypt').mockImplementation((key, encoded) => {
    count(encoded);
    return verifyBcrypt(key, encoded);
  });
});
afterEach(() => vi.restoreAllMocks());

const decoyOf = (cost: number): Decoy => ({
  credential: { encoded: bcryptDecoy(cost), scheme: 'bcrypt' },
  cost: bcryptMilliseconds(cost),
});
const md5 = { encoded: createHash('md5').update('secret').digest('hex'), scheme: 'md5' };
const bcryptAt = (cost: number): Credential => ({ encoded: bcryptDecoy(cost), scheme: 'auto' });
const run = (credential: Credential, password = 'wrong', refused = false, decoy = decoyOf(8)) =>
  verify({ credential, password: Buffer.from(password), refused, decoy });

describe('A verification', () => {
  test('that matches costs no more than its scheme.', async () => {
    const { verdict } = await run(md5, 'secret');
    expect(verdict).toEqual({ kind: 'match', scheme: 'md5($pass)', lossy: false });
    expect(hashed.units).toBe(0);
  });

  test.each<[string, Credential, boolean, string]>([
    ['a mismatch of a fast scheme', md5, false, 'mismatch'],
    ['a mismatch of a scheme as dear as the decoy', bcryptAt(8), false, 'mismatch'],
    ['a mismatch of a scheme half as dear', bcryptAt(7), false, 'mismatch'],
    ['a mismatch of a scheme a quarter as dear', bcryptAt(6), false, 'mismatch'],
    ['an unreadable row', { encoded: 'x', scheme: 'auto' }, false, 'unknown-scheme'],
    ['an empty column', { encoded: '', scheme: 'md5' }, false, 'unknown-scheme'],
    ['a row out of bounds', bcryptAt(31), false, 'out-of-bounds'],
    ['a row without its salt', { ...md5, scheme: 'md5($salt.$pass)' }, false, 'out-of-bounds'],
    ['a password that is refused', bcryptAt(8), true, 'mismatch'],
    ['a password that is refused, of a fast scheme', md5, true, 'mismatch'],
  ])('that ends in %s costs what the decoy costs.', async (_, credential, refused, kind) => {
    const { verdict } = await run(credential, 'wrong', refused);
    expect(verdict.kind).toBe(kind);
    expect(hashed.units).toBe(2 ** 4);
  });

  test('of a scheme dearer than the decoy pays nothing on top.', async () => {
    await run(bcryptAt(9));
    expect(hashed.units).toBe(2 ** 5);
  });

  test('of bytes that are no UTF-8 or begin with NUL costs the same.', async () => {
    for (const password of [Buffer.of(0xff, 0xe4), Buffer.from('\0secret')]) {
      hashed.units = 0;
      const { verdict } = await verify({
        credential: bcryptAt(8),
        password,
        refused: false,
        decoy: decoyOf(8),
      });
      expect(verdict).toEqual({ kind: 'mismatch', scheme: 'bcrypt' });
      expect(hashed.units).toBe(2 ** 4);
    }
  });

  test('of a long password costs what the decoy costs for it, where rounds hash all of it.', async () => {
    const rounds = 'repeat(5000, sha512($last.$pass))';
    const decoy = decoyFor([{ encoded: '0'.repeat(128), scheme: rounds }]);
    const identified = identify({ encoded: '0'.repeat(128), scheme: rounds });
    if (decoy === undefined || identified.kind !== 'readable') throw new Error('not readable');
    for (const length of [10, 2048]) {
      hashed.units = 0;
      await run(bcryptAt(6), 'a'.repeat(length), false, decoy);
      const share = (hashed.units * bcryptMilliseconds(4)) / costOf(identified.hash, length);
      expect(share, `${length} bytes`).toBeGreaterThan(0.85);
      expect(share, `${length} bytes`).toBeLessThan(1.05);
    }
  });

  test('lets nobody in with a password that is refused, not even where it is the right one.', async () => {
    const ofTheEmpty = { encoded: createHash('md5').update('').digest('hex'), scheme: 'md5' };
    expect((await run(ofTheEmpty, '', true)).verdict).toEqual({ kind: 'mismatch', scheme: 'md5($pass)' });
  });

  test('flags a match that looked at a part of the password.', async () => {
    const encoded = '$2y$04$abcdefghijklmnopqrstuuSqNATdQiNEckAKLsqgsKbAM5.hZoMCq';
    const { verdict } = await run({ encoded, scheme: 'auto' }, 'ё\0 and more');
    expect(verdict).toEqual({ kind: 'match', scheme: 'bcrypt', lossy: true });
  });

  test('answers when a scheme throws, without repeating what it threw.', async () => {
    const parse = vi.spyOn(bcrypt, 'parse').mockImplementationOnce((encoded) => {
      throw new RangeError(`cannot read ${encoded}`);
    });
    const verification = await run(bcryptAt(4));
    parse.mockRestore();
    expect(verification).toEqual({
      verdict: {
        kind: 'out-of-bounds',
        scheme: 'auto',
        reason: 'The scheme failed on this row: its value is not sound.',
      },
      exception: 'RangeError',
    });
    expect(hashed.units).toBe(2 ** 4);
  });

  test('writes what was typed in the charset of the legacy app first.', async () => {
    const md5Of = (bytes: string) => createHash('md5').update(Buffer.from(bytes, 'hex')).digest('hex');
    const windows = { encoded: md5Of('7080'), scheme: 'md5', charset: 'cp1252' } as const;
    expect((await run(windows, 'p€')).verdict.kind).toBe('match');
    expect((await run({ ...windows, charset: 'utf8' }, 'p€')).verdict.kind).toBe('mismatch');
    const dotNet = { encoded: md5Of('7000ac20'), scheme: 'md5', charset: 'utf16le' } as const;
    expect((await run(dotNet, 'p€')).verdict.kind).toBe('match');
  });

  test('of a password that the legacy charset cannot write is a mismatch that costs the same.', async () => {
    // Node's own latin1 makes 0xac of the euro sign, PHP's utf8_decode() a question mark.
    for (const bytes of [Buffer.of(0x70, 0xac), Buffer.from('p?')]) {
      const encoded = createHash('md5').update(bytes).digest('hex');
      hashed.units = 0;
      const { verdict } = await run({ encoded, scheme: 'md5', charset: 'latin1' }, 'p€');
      expect(verdict.kind).toBe('mismatch');
    }
    expect(hashed.units).toBe(2 ** 4);
    hashed.units = 0;
    await run({ ...bcryptAt(8), charset: 'latin1' }, 'p€');
    expect(hashed.units).toBe(2 ** 4);
  });
});
