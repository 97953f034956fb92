import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identify } from '../../../src/passwords/identify.ts';
import { findScheme, isKnownScheme } from '../../../src/passwords/known-schemes.ts';
import { ALL_SCHEMES } from '../../../src/passwords/schemes/all.ts';

const exampleOf = (name: string) => findScheme(name)?.about.example ?? '';
const BCRYPT = exampleOf('bcrypt');
const MD5 = exampleOf('md5');
const selfDescribing = ALL_SCHEMES.filter((scheme) => scheme.selfDescribing);

describe('A value that names its scheme', () => {
  test.each(selfDescribing.map((scheme) => [scheme.name, scheme] as const))(
    'is identified: %s.',
    (name, { about, needs = [] }) => {
      expect(identify(about.example)).toMatchObject({ kind: 'scheme', scheme: name, needs });
    },
  );

  test('comes with its parameters and a judgement of them.', () => {
    expect(identify(BCRYPT)).toEqual({
      kind: 'scheme',
      scheme: 'bcrypt',
      parameters: { cost: 10 },
      judgement: { strength: 'strong' },
      needs: [],
    });
    expect(identify(exampleOf('aspnet-identity-v2'))).toMatchObject({
      parameters: { digest: 'sha1', iterations: 1000 },
      judgement: { strength: 'weak', reason: '1000 iterations of sha1, and 220000 are the least' },
    });
    expect(identify(exampleOf('mediawiki'))).toMatchObject({ judgement: { strength: 'broken' } });
  });

  test('says that it is out of bounds, and is judged all the same.', () => {
    expect(identify(BCRYPT.replace('$10$', '$31$'))).toMatchObject({
      scheme: 'bcrypt',
      judgement: { strength: 'strong' },
      outOfBounds: "bcrypt's cost is 31; verified are 4 to 15.",
    });
    expect(identify(exampleOf('yescrypt').replace('$j9T$', '$jFT$'))).toMatchObject({
      scheme: 'yescrypt',
      outOfBounds: expect.stringContaining('272 MiB'),
    });
  });

  test('is not out of bounds for the want of a username that was not asked about.', () => {
    const identity = identify(exampleOf('postgres-md5'));
    expect(identity).toMatchObject({ scheme: 'postgres-md5', needs: ['username'] });
    expect(identity).not.toHaveProperty('outOfBounds');
  });
});

describe('A damaged value', () => {
  test('is named, with what was done to it.', () => {
    expect(identify(BCRYPT.slice(0, 57))).toEqual({
      kind: 'damaged',
      scheme: 'bcrypt',
      why: 'bcrypt, but 57 of 60 characters: the column or the export cut it',
    });
    expect(identify(`${BCRYPT}  `)).toMatchObject({ kind: 'damaged', scheme: 'bcrypt' });
  });

  test('that fills its column was cut by the column.', () => {
    const why = (length: number) => identify(BCRYPT.slice(0, 57), undefined, length);
    expect(why(57)).toMatchObject({
      why: 'bcrypt, but 57 of 60 characters: the column or the export cut it; it fills all 57 characters of the column, which is too narrow',
    });
    expect(why(255)).toMatchObject({ why: expect.not.stringContaining('narrow') });
  });

  /** A format whose hash may have any length, or whose salt stands last, does not say where it should end. */
  const OPEN_ENDED = new Set([
    'argon2',
    'phc-pbkdf2',
    'hashcat-pbkdf2',
    'aspnet-identity-v3',
    'phc-scrypt',
    'spring-scrypt',
    'hashcat-scrypt',
    'ldap-digest',
    'django-argon2',
    'nextcloud',
    'ldap-argon2',
    'spring-ldap',
    'magento2',
    'kratos-hmac',
  ]);

  test.each(
    selfDescribing
      .filter(({ name }) => !OPEN_ENDED.has(name))
      .map(({ name, about }) => [name, about] as const),
  )('of a format of fixed length is never taken for a whole one: %s.', (name, { example }) => {
    // Without its padding base64 still says all of its bytes.
    const whole = example.replace(/=+$/, '');
    for (let length = whole.length - 1; length > 0; length -= 1) {
      expect(identify(example.slice(0, length)).kind, `${name}, ${length} characters`).not.toBe('scheme');
    }
  });
});

describe('A value that names no scheme', () => {
  test('is ambiguous: every scheme that reads it is named, and none is guessed.', () => {
    const identity = identify(MD5);
    expect(identity).toMatchObject({ kind: 'ambiguous', shape: expect.stringContaining('32 hexadecimal') });
    const { candidates } = identity as { candidates: readonly string[] };
    expect(candidates.slice(0, 2)).toEqual(['md5($pass)', 'md4($pass)']);
    expect(candidates).toEqual(expect.arrayContaining(['ntlm', 'prestashop', 'postgres-md5-bare']));
    expect(candidates).not.toContain('md5($salt.$pass)');
    expect(candidates).not.toContain('plaintext');
    for (const name of candidates) expect(isKnownScheme(name)).toBe(true);
  });

  test('may be salted where there is a salt.', () => {
    const { candidates } = identify(MD5, 'x7') as { candidates: readonly string[] };
    expect(candidates[0]).toBe('md5($salt.$pass)');
    expect(candidates).toEqual(expect.arrayContaining(['vbulletin', 'mybb', 'md5($pass)']));
    expect(candidates.indexOf('md5($pass)')).toBeLessThan(candidates.indexOf('prestashop'));
  });

  test.each([
    ['sha1', 'sha1($pass)'],
    ['sha224', 'sha224($pass)'],
    ['sha256', 'sha3_256($pass)'],
    ['sha384', 'sha384($pass)'],
    ['sha512', 'sha512($pass)'],
    ['mysql323', 'mysql323'],
    ['descrypt', 'bigcrypt'],
    ['peoplesoft', 'sha1($pass)'],
    ['oracle11g-bare', 'oracle11g-bare'],
  ])('of the length of %s may be %s.', (name, candidate) => {
    expect(identify(exampleOf(name))).toMatchObject({
      kind: 'ambiguous',
      candidates: expect.arrayContaining([candidate]),
    });
  });

  test('and is of no known length is told by its shape.', () => {
    expect(identify('a'.repeat(41))).toEqual({ kind: 'unknown', shape: '41 hexadecimal digits' });
    expect(identify('hunter2')).toEqual({
      kind: 'unknown',
      shape: 'fewer than 13 characters: too short for a hash',
    });
    expect(identify('x'.repeat(1025))).toMatchObject({ kind: 'unknown' });
  });

  test.each(['', ' ', '*', '!', 'x', 'NULL', ' ! '])(
    'is empty when it stands for no password: %j.',
    (text) => {
      expect(identify(text)).toEqual({ kind: 'empty' });
    },
  );
});

/** Longer than any parameter, and not the name of a format. */
const isSecret = (part: string) => part.length > 12 && !/crypt|pbkdf2|argon2/i.test(part);

test('Whatever stands in a column, the answer is a value that quotes nothing of it.', () => {
  const examples = ALL_SCHEMES.map(({ about }) => about.example);
  const mutated = fc
    .tuple(fc.constantFrom(...examples), fc.nat(200), fc.string({ unit: 'binary', maxLength: 4 }))
    .map(([text, at, piece]) => text.slice(0, at) + piece + text.slice(at + piece.length));
  fc.assert(
    fc.property(
      fc.oneof(mutated, fc.string({ unit: 'binary', maxLength: 1100 })),
      fc.option(fc.string({ unit: 'binary', maxLength: 1100 }), { nil: undefined }),
      fc.option(fc.nat(300), { nil: undefined }),
      (encoded, salt, columnLength) => {
        const said = JSON.stringify(identify(encoded, salt, columnLength));
        for (const part of encoded.split(/[$:{}|,;\s]/).filter(isSecret)) {
          expect(said).not.toContain(part);
        }
        if (salt !== undefined && salt.length > 12) expect(said).not.toContain(salt);
      },
    ),
    { numRuns: 1000, seed: 42 },
  );
});
