import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identify } from '../../../../src/passwords/identify/identify.ts';
import { cryptByLibxcrypt } from '../../../../src/passwords/schemes/crypt/libxcrypt.ts';
import { cryptSchemes } from '../../../../src/passwords/schemes/crypt.ts';

const cryptDamage = (encoded: string) =>
  cryptSchemes.map((scheme) => scheme.damage?.(encoded)).find((damage) => damage !== undefined);

const dots = (count: number) => '.'.repeat(count);
const hasLibxcrypt = cryptByLibxcrypt(Buffer.from('a'), '$y$j/.$..') !== undefined;
const VALUES: Record<string, string> = {
  md5crypt: `$1$abcdefgh$${dots(22)}`,
  apr1: `$apr1$abcdefgh$${dots(22)}`,
  sha256crypt: `$5$rounds=1000$saltstring$${dots(43)}`,
  sha512crypt: `$6$saltstring$${dots(86)}`,
  sha1crypt: `$sha1$456$saltstring$${dots(28)}`,
  sunmd5: `$md5,rounds=904$saltstring$$${dots(22)}`,
  'nt-crypt': `$3$$${'0'.repeat(32)}`,
  ...(hasLibxcrypt ? { yescrypt: `$y$j/.$..$${dots(43)}` } : {}),
  'scrypt-crypt': `$7$66..../....salt$${dots(43)}`,
  bsdicrypt: `_J9..abcd${dots(11)}`,
  descrypt: `ab${dots(11)}`,
  bigcrypt: `ab${dots(22)}`,
};
const schemeOf = (name: string) => {
  const scheme = cryptSchemes.find((one) => one.name === name);
  if (scheme === undefined) throw new Error(`There is no ${name}.`);
  return scheme;
};
const read = (name: string, encoded: string) => {
  const hash = schemeOf(name).parse({ encoded });
  if (hash === undefined) throw new Error(`${name} did not read the value.`);
  return hash;
};

describe('A format of crypt(3)', () => {
  test.each(Object.entries(VALUES))(
    'called %s reads its own values and no other format does.',
    (name, value) => {
      const readers = cryptSchemes.filter((scheme) => scheme.parse({ encoded: value }));
      expect(readers.map((scheme) => scheme.name)).toEqual(name === 'descrypt' ? [name, 'bigcrypt'] : [name]);
      expect(read(name, value).outOfBounds).toBeUndefined();
    },
  );

  test.each(Object.entries(VALUES))(
    'called %s does not read a value that was cut or padded.',
    (name, value) => {
      for (const encoded of [value.slice(0, -1), `${value} `, `${value}\n`, ` ${value}`, `${value}.`]) {
        expect(schemeOf(name).parse({ encoded })).toBeUndefined();
      }
    },
  );

  test.each(Object.entries(VALUES).filter(([name]) => schemeOf(name).selfDescribing))(
    'called %s says what is wrong with a value that names it.',
    (name, value) => {
      expect(cryptDamage(`${value}  `)).toBe(
        `${name}, but followed by blanks: a CHAR column pads, so map a trimmed one`,
      );
      if (name === 'bsdicrypt') return;
      expect(cryptDamage(value.slice(0, -3))).toBe(
        `${name}, but not whole (${value.length - 3} characters): the column or the export cut it, or changed it`,
      );
    },
  );

  test.each(Object.entries(VALUES))(
    'called %s has a decoy of its own cost that no password matches.',
    async (name, value) => {
      const hash = read(name, value);
      const decoy = read(name, hash.decoy());
      expect(decoy.cost).toBe(hash.cost);
      expect(decoy.outOfBounds).toBeUndefined();
      expect(await decoy.verify(Buffer.from('secret'))).toBe(false);
    },
  );

  test.each([
    [
      'sha512crypt',
      `$6$rounds=999999999$salt$${dots(86)}`,
      'rounds are 999999999; verified are 1000 to 1000000',
    ],
    ['sha512crypt', `$6$rounds=999$salt$${dots(86)}`, 'rounds are 999;'],
    ['sha256crypt', `$5$rounds=1000001$salt$${dots(43)}`, 'rounds are 1000001;'],
    ['sha1crypt', `$sha1$4294967295$salt$${dots(28)}`, 'rounds are 4294967295;'],
    ['sunmd5', `$md5,rounds=4294967295$salt$${dots(22)}`, 'rounds are 4294971391;'],
    ['bsdicrypt', `_zzzzabcd${dots(11)}`, 'rounds are 16777215;'],
    ['bsdicrypt', `_....abcd${dots(11)}`, 'rounds are 0;'],
    ['scrypt-crypt', `$7$z6..../....salt$${dots(43)}`, 'N is 2^63;'],
    ['scrypt-crypt', `$7$.6..../....salt$${dots(43)}`, 'N is 2^0;'],
    ['scrypt-crypt', `$7$Czzzzz/....salt$${dots(43)}`, 'r is 1073741823'],
    ['scrypt-crypt', `$7$C...../....salt$${dots(43)}`, 'r is 0'],
    ['scrypt-crypt', `$7$66....zzzzzsalt$${dots(43)}`, 'p is 1073741823 with'],
  ])('called %s refuses what asks for too much: %s', (name, encoded, sentence) => {
    expect(read(name, encoded).outOfBounds).toContain(sentence);
  });

  test('is read with the highest rounds that are allowed, and computes what fits.', () => {
    expect(read('sha512crypt', `$6$rounds=1000000$salt$${dots(86)}`).outOfBounds).toBeUndefined();
    expect(read('scrypt-crypt', `$7$EU..../....salt$${dots(43)}`).outOfBounds).toBeUndefined();
    expect(read('scrypt-crypt', `$7$GU..../....salt$${dots(43)}`).outOfBounds).toContain('256 MiB');
    expect(read('scrypt-crypt', `$7$EU..../....salt$${dots(43)}`.replace('/', '0')).outOfBounds).toContain(
      'p is',
    );
  });

  test('does not read a last character that stands for no bytes.', () => {
    for (const [name, value] of Object.entries(VALUES)) {
      if (name === 'sha1crypt' || name === 'nt-crypt') continue;
      expect(schemeOf(name).parse({ encoded: `${value.slice(0, -1)}z` })).toBeUndefined();
    }
  });

  test('is lossy from a NUL on; with DES also past its length and for bytes past ASCII.', () => {
    for (const [name, value] of Object.entries(VALUES)) {
      const { lossy } = read(name, value);
      expect([name, lossy(Buffer.from('a\0b'))]).toEqual([name, true]);
      expect([name, lossy(Buffer.from('pässwort'))]).toEqual([
        name,
        ['bsdicrypt', 'descrypt', 'bigcrypt'].includes(name),
      ]);
      expect([name, lossy(Buffer.from('nine char'))]).toEqual([name, name === 'descrypt']);
      expect([name, lossy(Buffer.alloc(129, 'a'))]).toEqual([name, ['descrypt', 'bigcrypt'].includes(name)]);
    }
  });

  test('never throws, whatever the text is.', () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(...Object.values(VALUES)),
        fc.nat(60),
        fc.string({ unit: 'binary', maxLength: 4 }),
      )
      .map(([text, at, piece]) => text.slice(0, at) + piece + text.slice(at + piece.length));
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string({ unit: 'binary', maxLength: 1024 })), (encoded) => {
        const readers = cryptSchemes.filter((scheme) => scheme.selfDescribing && scheme.parse({ encoded }));
        cryptDamage(encoded);
        return readers.length <= 1;
      }),
      { numRuns: 2000 },
    );
  });
});

describe('What crypt(3) reads', () => {
  test('are found behind {CRYPT} as well, and nothing else is.', () => {
    const behindCrypt = (encoded: string) => identify({ encoded: `{CRYPT}${encoded}`, scheme: 'auto' });
    for (const [name, encoded] of Object.entries(VALUES)) {
      const { kind } = behindCrypt(encoded);
      expect(kind, name).toBe('readable');
    }
    for (const encoded of ['', '*', '!', '$', 'x', '$1$', 'plain text']) {
      expect(behindCrypt(encoded).kind, encoded).toBe('unknown-scheme');
    }
  });
});
