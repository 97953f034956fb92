import { describe, expect, test } from 'vitest';
import { EXAMPLE } from '../../../src/passwords/example.ts';
import { identify } from '../../../src/passwords/identify/identify.ts';
import { findScheme } from '../../../src/passwords/known-schemes.ts';
import { ENTROPY_BYTES, remake } from '../../../src/passwords/pool/remake.ts';
import type { Scheme } from '../../../src/passwords/scheme.ts';
import { ALL_SCHEMES } from '../../../src/passwords/schemes/all.ts';
import { NAMED_RECIPES } from '../../../src/passwords/schemes/named-recipes.ts';
import { systemRandom } from '../../../src/runtime/random.ts';

const NEW = 'a new pässword';
const makeLike = (
  like: Parameters<typeof remake>[0]['like'],
  {
    password = NEW,
    scheme,
    freshColumnSalt = true,
  }: { password?: string; scheme?: string; freshColumnSalt?: boolean } = {},
) =>
  remake({
    password: Buffer.from(password),
    like,
    scheme,
    freshColumnSalt,
    entropy: systemRandom(ENTROPY_BYTES),
  });

async function opens(credential: Parameters<typeof identify>[0], password: string) {
  const found = identify(credential);
  return found.kind === 'readable' && found.hash.verify(Buffer.from(password));
}

const rowOf = (name: string, { about, needs = [] }: Scheme) => ({
  encoded: about.example,
  scheme: name,
  ...Object.fromEntries(needs.map((what) => [what, EXAMPLE[what]])),
});

const EVERY: readonly (readonly [string, Scheme])[] = [
  ...ALL_SCHEMES.map((scheme) => [scheme.name, scheme] as const),
  ...NAMED_RECIPES.flatMap(({ name }) => {
    const scheme = findScheme(name);
    return scheme === undefined ? [] : [[name, scheme] as const];
  }),
];

/** Schemes that legacy apps of today do not write, or whose makers bind them to a machine or a server. */
const VERIFIED_ONLY: readonly string[] = [
  'kratos-digest',
  'kratos-hmac',
  'kratos-crypt',
  'sha1crypt',
  'sunmd5',
  'nt-crypt',
  'scrypt-crypt',
  'yescrypt',
  'keycloak',
  'spring-digest',
  'spring-md4',
  'spring-md5',
  'spring-sha1',
  'spring-sha224',
  'spring-sha256',
  'spring-sha384',
  'spring-sha512',
  'passlib-bcrypt-sha256',
  'mysql41',
  'mysql41-bare',
  'postgres-md5',
  'scram',
  'oracle11g',
  'oracle11g-bare',
  'mssql',
  'ntlm',
  'aspnet-membership-sha1',
  'aspnet-membership-hmacsha1',
  'aspnet-membership-sha256',
  'aspnet-membership-hmacsha256',
  'aspnet-membership-sha512',
  'aspnet-membership-hmacsha512',
  'episerver',
  'umbraco',
  'peoplesoft',
  'magento1',
  'oscommerce',
  'joomla',
  'magento2',
  'mediawiki',
  'phps',
  'xenforo',
  'woltlab',
  'firebase-scrypt',
  'firescrypt',
  'fbscrypt',
  'shiro1',
  'fshp',
  'macos10.6',
  'macos10.7',
  'bsdicrypt',
  'descrypt',
  'bigcrypt',
  'django-crypt',
  'mysql323',
  'oracle10',
  'lmhash',
];

describe('A password hashed as an old one is', () => {
  test.each(EVERY)('opens and the old one does not, or is refused: %s.', async (name, scheme) => {
    const row = rowOf(name, scheme);
    const made = await makeLike(row);
    expect(made.kind !== 'made').toBe(VERIFIED_ONLY.includes(name));
    if (made.kind !== 'made') return;
    const { encoded, salt } = made;
    const written = { ...row, encoded, ...(salt === undefined ? {} : { salt }) };
    expect(await opens(written, NEW)).toBe(true);
    expect(await opens(written, EXAMPLE.password)).toBe(false);
    if (name !== 'plaintext') expect(encoded.length).toBe(row.encoded.length);
  });

  test.each(EVERY.filter(([name, { selfDescribing }]) => selfDescribing && VERIFIED_ONLY.includes(name)))(
    'is never written in another scheme’s way: %s.',
    async (name, scheme) => {
      const made = await makeLike({ ...rowOf(name, scheme), scheme: 'auto' }, { password: 'short' });
      expect(made.kind).toBe('unmakeable');
    },
  );

  test('is salted anew each time, in the same shape, and keeps the salt of a column that may not be written.', async () => {
    const row = { encoded: '0'.repeat(32), salt: 'a1b', scheme: 'vbulletin' };
    const [one, other] = [await makeLike(row), await makeLike(row)];
    if (one.kind !== 'made' || other.kind !== 'made') throw new Error('It was refused.');
    expect(one.salt).toMatch(/^[A-Za-z0-9]{3}$/);
    expect(one.encoded).not.toBe(other.encoded);
    const kept = await makeLike(row, { freshColumnSalt: false });
    expect(kept).not.toHaveProperty('salt');
    expect(kept.kind === 'made' && (await opens({ ...row, encoded: kept.encoded }, NEW))).toBe(true);
  });

  test('keeps cost, parameters and the way in which the old one is written.', async () => {
    const likeOf = async (encoded: string, scheme = 'auto') => {
      const made = await makeLike({ encoded, scheme });
      return made.kind === 'made' ? made.encoded : made.reason;
    };
    const bcrypt = findScheme('bcrypt')?.about.example ?? '';
    expect(await likeOf(bcrypt.replace('$2y$10$', '$2a$05$'))).toMatch(/^\$2a\$05\$/);
    expect(await likeOf('F'.repeat(40), 'sha1($pass)')).toMatch(/^[0-9A-F]{40}$/);
    expect(await likeOf('f'.repeat(40), 'sha1($pass)')).toMatch(/^[0-9a-f]{40}$/);
    expect(await likeOf(`$6$rounds=1000$seasalt$${'.'.repeat(86)}`)).toMatch(
      /^\$6\$rounds=1000\$.{7}\$.{86}$/,
    );
  });

  test('is refused where the scheme would ignore a part of it, or its charset cannot write it.', async () => {
    const encoded = findScheme('bcrypt')?.about.example ?? '';
    const kindOf = async (password: string, more = {}) =>
      (await makeLike({ encoded, scheme: 'auto', ...more }, { password })).kind;
    expect(await kindOf('a'.repeat(72))).toBe('made');
    expect(await kindOf('a'.repeat(73))).toBe('password');
    expect(await kindOf('a\0b')).toBe('password');
    expect(await kindOf('Ω', { charset: 'latin1' })).toBe('password');
  });

  test('needs a row that says how, or a scheme that configuration names and the login reads.', async () => {
    expect(await makeLike({ encoded: '', scheme: 'auto' })).toMatchObject({ kind: 'unknown' });
    expect(await makeLike({ encoded: 'damaged', scheme: 'auto' })).toMatchObject({ kind: 'unknown' });
    const named = { scheme: 'bcrypt' };
    expect(await makeLike({ encoded: '', scheme: 'auto' }, named)).toMatchObject({ scheme: 'bcrypt' });
    expect(await makeLike({ encoded: '', scheme: 'md5($pass)' }, named)).toMatchObject({
      kind: 'unmakeable',
    });
  });
});
