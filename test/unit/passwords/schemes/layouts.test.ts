import { pbkdf2Sync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identify } from '../../../../src/passwords/identify/identify.ts';
import { findScheme } from '../../../../src/passwords/known-schemes.ts';
import { ALL_SCHEMES } from '../../../../src/passwords/schemes/all.ts';

interface KnownAnswer {
  readonly scheme: string;
  readonly about: string;
  readonly encoded: string;
  readonly salt?: string;
  readonly pepper?: string;
  readonly matches: boolean;
}

const vectors = ['kdf', 'wrappers'].flatMap((name) => {
  const file = new URL(`../../../vectors/${name}.json`, import.meta.url);
  const { entries } = JSON.parse(readFileSync(file, 'utf8')) as { entries: KnownAnswer[] };
  return entries.filter(
    ({ matches, about, scheme }) => matches && about.includes(', ascii') && scheme !== 'plaintext',
  );
});
const read = (credential: KnownAnswer) => {
  const identified = identify(credential);
  if (identified.kind !== 'readable') throw new Error(`${credential.about} was not read`);
  return identified.hash;
};

describe.each(vectors)('The layout of $about', (credential) => {
  test('is read by its own name as by its prefix.', () => {
    const { scheme } = read(credential);
    expect(read({ ...credential, scheme })).toMatchObject({ scheme });
    expect(findScheme(scheme)?.selfDescribing).toBe(credential.scheme === 'auto');
  });

  test('has a decoy of the same cost that the scheme reads itself and that nobody matches.', async () => {
    const { decoy, cost, scheme } = read(credential);
    const own = read({ ...credential, encoded: decoy(), salt: '00000000', scheme });
    expect(own.cost).toBe(cost);
    expect(await own.verify(Buffer.from('correct horse battery staple'))).toBe(false);
  });

  test('does not match when it was cut, and says so.', async () => {
    const unpadded = credential.encoded.replace(/=+$/, '');
    for (const encoded of [unpadded.slice(0, unpadded.length / 2), unpadded.slice(0, -1)]) {
      const identified = identify({ ...credential, encoded });
      if (identified.kind !== 'readable') {
        expect(['unknown-scheme', 'out-of-bounds']).toContain(identified.kind);
        continue;
      }
      expect(await identified.hash.verify(Buffer.from('correct horse battery staple'))).toBe(false);
    }
  });

  test('is not read with anything before or after it.', () => {
    for (const encoded of [` ${credential.encoded}`, `${credential.encoded}\n`, `${credential.encoded} `]) {
      expect(identify({ ...credential, encoded }).kind).toBe('unknown-scheme');
    }
  });
});

describe('Layouts that name themselves', () => {
  const own = vectors.filter(({ scheme }) => scheme === 'auto');
  const readersOf = ({ encoded, salt }: { encoded: string; salt?: string }) =>
    ALL_SCHEMES.filter((one) => one.selfDescribing && one.parse({ encoded, ...(salt && { salt }) })).map(
      ({ name }) => name,
    );

  test.each(own)('are read by one scheme alone: $about.', (credential) => {
    expect(readersOf(credential)).toEqual([read(credential).scheme]);
  });

  test('stay disjoint when they are cut, mixed and changed, and no parser throws.', () => {
    const value = fc.constantFrom(...own.map(({ encoded }) => encoded));
    const mixed = fc
      .tuple(value, value, fc.nat(40), fc.nat(120), fc.string({ unit: 'binary', maxLength: 3 }))
      .map(([one, other, at, from, piece]) => one.slice(0, at) + piece + other.slice(from));
    fc.assert(
      fc.property(mixed, fc.constantFrom(undefined, '', '{}', '{"algorithm":1}', 'salt'), (encoded, salt) => {
        for (const { name } of ALL_SCHEMES) identify({ encoded, scheme: name, ...(salt && { salt }) });
        return readersOf({ encoded, ...(salt && { salt }) }).length <= 1;
      }),
      { numRuns: 1000, seed: 20_261_121 },
    );
  });
});

describe('The bounds of PBKDF2', () => {
  const key = Buffer.alloc(32).toString('base64');
  test.each([
    ['a thousand million iterations', `pbkdf2_sha256$1000000000$salt$${key}`, 'iterations are 1000000000'],
    ['no iteration', `pbkdf2_sha256$0$salt$${key}`, 'iterations are 0'],
    ['more time than two seconds', `$pbkdf2-sha512$9000000$c2FsdA$${'A'.repeat(86)}`, 'milliseconds'],
    ['a hash that was cut', ':pbkdf2:sha512:1000:4:AAAA:AAAAAA==', 'hash has 4 bytes'],
    ['a hash that is none', `:pbkdf2:sha512:1000:258:AAAA:${'A'.repeat(344)}`, 'hash has 258 bytes'],
    [
      'what ASP.NET says in its header',
      Buffer.concat([Buffer.from('0100000001ffffffff00000010', 'hex'), Buffer.alloc(48)]).toString('base64'),
      'iterations are 4294967295',
    ],
    [
      'what Keycloak says',
      JSON.stringify({
        credentialData: { hashIterations: 1e9, algorithm: 'pbkdf2' },
        secretData: { value: key, salt: '' },
      }),
      'iterations are 1000000000',
    ],
  ])('refuse %s before any work.', (_, encoded, reason) => {
    expect(identify({ encoded, scheme: 'auto' })).toMatchObject({
      kind: 'out-of-bounds',
      reason: expect.stringContaining(reason),
    });
  });

  test('know how much a scheme stores, where a part would match as well.', async () => {
    const whole = pbkdf2Sync('secret', 'salt', 1000, 32, 'sha256');
    const at = (length: number) =>
      identify({ encoded: `pbkdf2:sha256:1000$salt$${whole.toString('hex', 0, length)}`, scheme: 'auto' });
    expect(at(32)).toMatchObject({ kind: 'readable' });
    expect(at(30)).toEqual({
      kind: 'unknown-scheme',
      shape: 'werkzeug-pbkdf2, but not whole (84 characters): the column or the export cut it, or changed it',
    });
  });

  test('let through what Django makes of a password in 2025.', () => {
    const encoded = `pbkdf2_sha256$1500000$salt$${key}`;
    expect(identify({ encoded, scheme: 'auto' }).kind).toBe('readable');
  });
});

describe('The bounds of scrypt', () => {
  const phc = (ln: number, r = 8, p = 1) => `$scrypt$ln=${ln},r=${r},p=${p}$c2FsdA$${'A'.repeat(43)}`;
  test.each([
    ['2 GiB', phc(21), 'memory is'],
    ['more than there are bytes', phc(63), 'memory is'],
    ['an N that is no power of two', phc(100), 'cost N is 100'],
    ['a large block', phc(16384, 1024), 'block size r is 1024'],
    ['no block', phc(14, 0), 'block size r is 0'],
    ['many lanes', phc(10, 8, 1000), 'parallelism p is 1000'],
    ['no lane', phc(10, 8, 0), 'parallelism p is 0'],
    ['much work', phc(17, 8, 16), 'work N times r times p'],
    ['an N that the block does not allow', phc(16, 1), 'cost N is 65536'],
    ['a cost of one', phc(0), 'cost N is 1'],
    ['a hash that was cut', '$scrypt$ln=10,r=8,p=1$c2FsdA$AAAA', 'hash has 3 bytes'],
    ['what Spring says in its bits', `{scrypt}$ff0801$AAAA$${'A'.repeat(43)}=`, 'memory is'],
  ])('refuse %s before any work.', (_, encoded, reason) => {
    expect(identify({ encoded, scheme: 'auto' })).toMatchObject({
      kind: 'out-of-bounds',
      reason: expect.stringContaining(reason),
    });
  });

  test('let through the first choice of OWASP, as logarithm and as Kratos writes it.', async () => {
    for (const encoded of [phc(17), phc(131_072)]) {
      const identified = identify({ encoded, scheme: 'auto' });
      if (identified.kind !== 'readable') throw new Error('not read');
      expect(await identified.hash.verify(Buffer.from('secret'))).toBe(false);
    }
  });
});

describe('A scheme with its parameters in its name', () => {
  test.each([
    'pbkdf2-sha256()',
    'pbkdf2-sha256(length=50)',
    'pbkdf2-sha3(iterations=1)',
    'pbkdf2-sha256(iterations=1,iterations=2)',
    'pbkdf2-sha256(iterations=1,salt=rot13)',
    'pbkdf2-sha256(iterations=1,rounds=2)',
    'pbkdf2-sha256(iterations=-1)',
    'pbkdf2-sha256(iterations=1',
    'scrypt(N=1024,r=8)',
    'scrypt(N=1024,r=8,p=1,q=1)',
  ])('is not made of %s.', (name) => {
    expect(findScheme(name)).toBeUndefined();
  });

  test('says what is wrong with a salt column.', () => {
    const scheme = 'pbkdf2-sha256(iterations=1000,salt=hex)';
    const encoded = '00'.repeat(32);
    for (const [salt, reason] of [
      [undefined, 'needs a salt'],
      ['s4lt', 'not hex'],
      ['0'.repeat(1025), '1025 characters'],
    ] as const) {
      const credential = { encoded, scheme, ...(salt === undefined ? {} : { salt }) };
      expect(identify(credential)).toMatchObject({
        kind: 'out-of-bounds',
        reason: expect.stringContaining(reason),
      });
    }
  });
});
