import { describe, expect, test } from 'vitest';
import { identify } from '../../../../src/passwords/identify/identify.ts';
import { cryptByLibxcrypt } from '../../../../src/passwords/schemes/crypt/libxcrypt.ts';
import { yescrypt, yescryptBy } from '../../../../src/passwords/schemes/crypt/yescrypt.ts';
import { readYescryptParameters } from '../../../../src/passwords/schemes/crypt/yescrypt-parameters.ts';

const HASH = '.'.repeat(43);
const value = (parameters: string, kind = 'y') => `$${kind}$${parameters}$LdJMENpBABJJ3hIHjB1Bi.$${HASH}`;
const faultOf = (parameters: string) => yescrypt.parse({ encoded: value(parameters) })?.outOfBounds;
const isHere = cryptByLibxcrypt(Buffer.from('a'), '$y$j/.$..') !== undefined;

describe('yescrypt', () => {
  test('has its parameters in numbers of one to six characters.', () => {
    const plain = { flavour: 47, p: 1, t: 0, g: 0, rom: 0 };
    expect(readYescryptParameters('j9T')).toEqual({ ...plain, log2: 12, r: 32 });
    expect(readYescryptParameters('j85')).toEqual({ ...plain, log2: 11, r: 8 });
    expect(readYescryptParameters('j85//')).toEqual({ ...plain, log2: 11, r: 8, t: 2 });
    expect(readYescryptParameters('j850/.')).toEqual({ ...plain, log2: 11, r: 8, p: 3, t: 1 });
    expect(readYescryptParameters('j8k.')).toEqual({ ...plain, log2: 11, r: 49 });
    for (const text of ['', 'j', 'j8', 'j85.', 'j85?', 'j8z', 'j8500']) {
      expect(readYescryptParameters(text), text).toBeUndefined();
    }
  });

  test.each([
    ['jz9T', undefined],
    ['j.5', "yescrypt's N is 2^1; verified are 2^2 to 2^21."],
    ['jR5', "yescrypt's N is 2^30; verified are 2^2 to 2^21."],
    ['jFT', "yescrypt's r is 32 with N 2^18 and p 1; verified is what needs up to 272 MiB."],
    ['j9zzzzzz', "yescrypt's r is 1091060272 with"],
    ['j85.zzzzzz', "yescrypt's r is 8 with N 2^11 and p 1091060273"],
    ['j/..1', "yescrypt's p is 5; verified is up to a fourth of N."],
    ['jDT/5', "yescrypt's t is 8 with N 2^16, r 32 and p 1; verified is work of up to 8388608 blocks."],
    ['085', "yescrypt's flavour is 2; verified are the flavours ., / and j."],
    ['j851.', "yescrypt's value has an upgrade or a ROM; verified is what has neither."],
    ['j855.', "yescrypt's value has an upgrade or a ROM; verified is what has neither."],
  ])('with the parameters %s is refused before any work.', (parameters, sentence) => {
    if (sentence === undefined) expect(yescrypt.parse({ encoded: value(parameters) })).toBeUndefined();
    else expect(faultOf(parameters)).toContain(sentence);
  });

  test.each(['y', 'gy'])(
    'of the kind $%s$ says so where no library computes it, and lets nobody in.',
    async (kind) => {
      const hash = yescryptBy(() => undefined).parse({ encoded: value('j9T', kind) });
      expect(hash?.outOfBounds).toMatch(
        /^(gost-)?yescrypt cannot be verified here: it takes Linux with libxcrypt/,
      );
      expect(await hash?.verify(Buffer.from(''))).toBe(false);
      expect(await hash?.verify(Buffer.from('secret'))).toBe(false);
    },
  );

  test('looks for its library once a kind, not once a row.', () => {
    let calls = 0;
    const scheme = yescryptBy(() => {
      calls += 1;
      return undefined;
    });
    for (let row = 0; row < 10; row += 1) scheme.parse({ encoded: value('j9T') });
    expect(calls).toBe(1);
  });

  test('does not read a salt that is not written in the one way there is, or is longer than 64 bytes.', () => {
    for (const salt of ['.', '.z', '..z', '.....', '.'.repeat(87), '.'.repeat(88)]) {
      expect(yescrypt.parse({ encoded: `$y$j9T$${salt}$${HASH}` }), salt).toBeUndefined();
    }
    expect(yescrypt.parse({ encoded: `$y$j9T$${'.'.repeat(86)}$${HASH}` })).toBeDefined();
  });

  test.runIf(isHere)('is readable where the library is there, also in LDAP and Django.', () => {
    for (const encoded of [
      value('j9T'),
      value('j9T', 'gy'),
      `{CRYPT}${value('j9T')}`,
      `crypt$$${value('j9T')}`,
    ]) {
      expect(identify({ encoded, scheme: 'auto' }).kind).toBe('readable');
    }
  });

  test.runIf(isHere)('costs what it says, as its decoy does.', async () => {
    const hash = yescrypt.parse({ encoded: value('jAT') });
    const decoy = yescrypt.parse({ encoded: hash?.decoy() ?? '' });
    expect(decoy?.cost).toBe(hash?.cost);
    expect(await decoy?.verify(Buffer.from('secret'))).toBe(false);
  });
});
