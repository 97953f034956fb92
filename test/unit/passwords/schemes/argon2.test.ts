import { hash } from 'argon2';
import { describe, expect, test } from 'vitest';
import { argon2, argon2Secret } from '../../../../src/passwords/schemes/argon2.ts';

const SALT = 'c29tZXNhbHRzb21lc2FsdA';
const TAG = 'q1W12BUmPJLNgIX2zHqdHIdFO+Qzzr5N/5fE50fdi48';
const of = (parameters: string, { version = 'v=19$', salt = SALT, tag = TAG, variant = 'argon2id' } = {}) =>
  `$${variant}$${version}${parameters}$${salt}$${tag}`;
const read = (encoded: string) => {
  const hash = argon2.parse({ encoded });
  if (hash === undefined) throw new Error('not read');
  return hash;
};

describe('argon2', () => {
  test.each([
    of('m=65536,t=4,p=1'),
    of('m=65536,p=1,t=4'),
    of('p=1,t=4,m=65536'),
    of('m=8,t=1,p=1', { variant: 'argon2d' }),
    of('m=65536,t=4,p=1', { version: 'v=16$', variant: 'argon2i' }),
    of('m=65536,t=4,p=1', { version: '', variant: 'argon2i' }),
    of('m=262144,t=8,p=16'),
  ])('reads %s within the bounds.', (encoded) => {
    expect(read(encoded).outOfBounds).toBeUndefined();
  });

  test.each([
    ['4 GiB of memory', of('m=4194304,t=1,p=1'), 'memory is 4194304 KiB'],
    ['the most memory that can be written', of('m=4294967295,t=1,p=1'), 'memory is'],
    ['too little memory for its lanes', of('m=31,t=1,p=4'), 'memory is 31 KiB; verified are 32'],
    ['a thousand iterations', of('m=65536,t=1000,p=4'), 'iterations are 1000'],
    ['no iteration', of('m=65536,t=0,p=4'), 'iterations are 0'],
    ['much of both', of('m=262144,t=100,p=1'), 'memory times iterations'],
    ['many lanes', of('m=65536,t=1,p=255'), 'parallelism is 255'],
    ['no lane', of('m=65536,t=1,p=0'), 'parallelism is 0'],
    ['a version that is none', of('m=8,t=1,p=1', { version: 'v=20$' }), 'version is 20'],
    ['a short salt', of('m=8,t=1,p=1', { salt: 'c2FsdA' }), 'salt has 4 bytes'],
    ['a long salt', of('m=8,t=1,p=1', { salt: 'A'.repeat(88) }), 'salt has 66 bytes'],
    ['a tag that was cut', of('m=8,t=1,p=1', { tag: 'q1W12A' }), 'hash has 4 bytes'],
    ['a long tag', of('m=8,t=1,p=1', { tag: 'A'.repeat(172) }), 'hash has 129 bytes'],
  ])('refuses %s before any work.', (_, encoded, reason) => {
    expect(read(encoded).outOfBounds).toContain(reason);
  });

  test.each([
    ['without its end', of('m=8,t=1,p=1').slice(0, -2)],
    ['without its tag', '$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ'],
    ['with a separator missing', '$argon2i$v=19$m=65536,t=2,p=1c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj'],
    ['with one field more', `${of('m=8,t=1,p=1')}$x`],
    ['with a parameter missing', of('m=8,t=1')],
    ['with a parameter twice', of('m=8,t=1,t=1')],
    ['with another parameter', of('m=8,t=1,p=1,data=AAAA')],
    ['with a sign', of('m=+8,t=1,p=1')],
    ['with a fraction', of('m=8.5,t=1,p=1')],
    ['with leading zeros', of('m=0008,t=1,p=1')],
    ['with padding', of('m=8,t=1,p=1', { salt: `${SALT}==` })],
    ['with a version that is no number', of('m=8,t=1,p=1', { version: 'v=x$' })],
  ])('calls a value %s damaged.', (_, encoded) => {
    expect(argon2.parse({ encoded })).toBeUndefined();
    expect(argon2.damage?.(encoded)).toMatch(/^argon2id?, but not whole \(\d+ characters\)/);
  });

  test('names blanks after a whole value.', () => {
    expect(argon2.damage?.(`${of('m=8,t=1,p=1')}  `)).toContain('followed by blanks');
  });

  test('has nothing to say about other formats.', () => {
    for (const encoded of ['', '$argon2', '$argon2x$v=19$', 'argon2$argon2id$v=19$', '$2y$10$']) {
      expect(argon2.parse({ encoded })).toBeUndefined();
      expect(argon2.damage?.(encoded)).toBeUndefined();
    }
  });

  test('has a decoy of the same cost that it reads itself.', () => {
    const decoy = read(read(of('m=19456,t=2,p=1')).decoy());
    expect(decoy.cost).toBe(read(of('m=19456,t=2,p=1')).cost);
    expect(decoy.outOfBounds).toBeUndefined();
  });
});

describe('argon2 with a secret', () => {
  test.each([0x10, 0x13])('is what the reference library makes of version %i.', async (version) => {
    const made = await hash('secret', {
      version,
      memoryCost: 64,
      timeCost: 1,
      secret: Buffer.from('pepper'),
    });
    const matches = async (password: string, pepper: string) =>
      argon2Secret.parse({ encoded: made, pepper })?.verify(Buffer.from(password));
    expect(await matches('secret', 'pepper')).toBe(true);
    expect(await matches('secret', 'another')).toBe(false);
    expect(await matches('Secret', 'pepper')).toBe(false);
    expect(await argon2.parse({ encoded: made })?.verify(Buffer.from('secret'))).toBe(false);
  });

  test('says that the secret is missing, and what is wrong with a value that was cut.', () => {
    const encoded = argon2Secret.about.example;
    expect(argon2Secret.parse({ encoded })?.outOfBounds).toContain('needs a pepper');
    expect(argon2Secret.parse({ encoded: encoded.slice(0, -1), pepper: 'x' })).toBeUndefined();
    expect(argon2Secret.damage?.(encoded.slice(0, -1))).toContain('not whole');
  });
});
