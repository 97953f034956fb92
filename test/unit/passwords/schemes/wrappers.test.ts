import { createHash, createHmac } from 'node:crypto';
import { hashSync } from 'bcryptjs';
import { describe, expect, test } from 'vitest';
import { identify } from '../../../../src/passwords/identify/identify.ts';
import type { Scheme } from '../../../../src/passwords/scheme.ts';
import { wrappers } from '../../../../src/passwords/schemes/wrappers/all.ts';

const SALT = '$2y$04$abcdefghijklmnopqrstuu';
const BCRYPT = hashSync('secret', SALT);
const LONG = 'a'.repeat(72);
const read = (encoded: string) => {
  const identified = identify({ encoded, scheme: 'auto' });
  if (identified.kind !== 'readable') throw new Error(`not read: ${identified.kind}`);
  return identified.hash;
};
const verifies = (encoded: string, password: string) => read(encoded).verify(Buffer.from(password));

describe('A wrapper', () => {
  test('has the bounds and the damage of what is in it.', () => {
    expect(identify({ encoded: `{bcrypt}${BCRYPT.replace('$04$', '$31$')}`, scheme: 'auto' })).toEqual({
      kind: 'out-of-bounds',
      scheme: 'spring-bcrypt',
      reason: "bcrypt's cost is 31; verified are 4 to 15.",
    });
    expect(identify({ encoded: `bcrypt$${BCRYPT.slice(0, 57)}`, scheme: 'auto' })).toEqual({
      kind: 'unknown-scheme',
      shape: 'django-bcrypt: bcrypt, but 57 of 60 characters: the column or the export cut it',
    });
  });

  test('says so when it holds what is not verified.', () => {
    expect(identify({ encoded: '{CRYPT}$99$salt$hash', scheme: 'auto' })).toMatchObject({
      kind: 'unknown-scheme',
      shape: expect.stringMatching(/^ldap-crypt, but what stands behind its prefix is of no scheme/),
    });
  });

  test('is as lossy as what is in it, unless it hashes the password first.', async () => {
    const ofLong = hashSync(LONG, SALT);
    for (const prefix of ['bcrypt$', '{bcrypt}', '{CRYPT}', '1|']) {
      expect(await verifies(`${prefix}${ofLong}`, `${LONG}more`)).toBe(true);
      expect(read(`${prefix}${ofLong}`).lossy(Buffer.from(`${LONG}more`))).toBe(true);
      expect(read(`${prefix}${ofLong}`).lossy(Buffer.from(LONG))).toBe(false);
    }
    const hashed = hashSync(createHash('sha256').update(`${LONG}more`).digest('hex'), SALT);
    expect(await verifies(`bcrypt_sha256$${hashed}`, `${LONG}more`)).toBe(true);
    expect(await verifies(`bcrypt_sha256$${hashed}`, LONG)).toBe(false);
    expect(read(`bcrypt_sha256$${hashed}`).lossy(Buffer.from(`${LONG}more`))).toBe(false);
  });

  test('is not opened twice.', () => {
    for (const encoded of [`{bcrypt}{bcrypt}${BCRYPT}`, `{CRYPT}{bcrypt}${BCRYPT}`, `{CRYPT}1|${BCRYPT}`]) {
      expect(identify({ encoded, scheme: 'auto' }).kind).toBe('unknown-scheme');
    }
  });

  test('for crypt(3) hands on to whichever scheme it is given, with a prefix or without.', async () => {
    const reversed: Scheme = {
      name: 'reversed',
      about: { foundIn: 'this test', example: 'terces' },
      selfDescribing: false,
      parse: ({ encoded }) =>
        encoded.startsWith('$')
          ? undefined
          : {
              scheme: 'reversed',
              parameters: {},
              judgement: { strength: 'broken', reason: 'not hashed' },
              cost: 1,
              verify: async (password) => Buffer.from(password).reverse().toString() === encoded,
              lossy: () => false,
              decoy: () => 'x',
            },
    };
    const crypt = wrappers([reversed]).find(({ name }) => name === 'ldap-crypt');
    const hash = crypt?.parse({ encoded: '{crypt}terces' });
    expect(hash?.scheme).toBe('ldap-crypt');
    expect(await hash?.verify(Buffer.from('secret'))).toBe(true);
    expect(hash?.decoy()).toBe('{crypt}x');
    expect(crypt?.parse({ encoded: `{CRYPT}${BCRYPT}` })).toBeUndefined();
  });
});

describe('WordPress from 6.8 on', () => {
  const of = (password: string) =>
    `$wp${hashSync(createHmac('sha384', 'wp-sha384').update(password).digest('base64'), SALT).replace('$2b$', '$2y$')}`;

  test('takes what was typed with and without the blanks around it, and calls it lossy.', async () => {
    for (const stored of ['secret', ' \tsecret\0\x0b ']) {
      expect(await verifies(of(stored), stored)).toBe(true);
    }
    expect(await verifies(of('secret'), ' secret\r\n')).toBe(true);
    expect(await verifies(of(' secret'), 'secret')).toBe(false);
    expect(await verifies(of('secret'), '\u00a0secret')).toBe(false);
    expect(read(of('secret')).lossy(Buffer.from('secret '))).toBe(true);
    expect(read(of('secret')).lossy(Buffer.from('sec ret'))).toBe(false);
  });

  test('is not plain bcrypt behind a prefix.', async () => {
    expect(await verifies(`$wp${BCRYPT}`, 'secret')).toBe(false);
    expect(await verifies(of('secret').slice(3), 'secret')).toBe(false);
  });

  test('refuses more than 4,096 bytes, as WordPress does.', async () => {
    expect(await verifies(of('a'.repeat(4096)), 'a'.repeat(4096))).toBe(true);
    expect(await verifies(of('a'.repeat(4097)), 'a'.repeat(4097))).toBe(false);
  });
});

describe('A digest with its salt beside it', () => {
  test('in the column of an LDAP server has a salt exactly where its prefix says so.', () => {
    const sha1 = createHash('sha1').update('secret').digest();
    const withSalt = Buffer.concat([sha1, Buffer.from('salt')]).toString('base64');
    for (const encoded of [`{SSHA}${sha1.toString('base64')}`, `{SHA}${withSalt}`, `{SSHA256}${withSalt}`]) {
      expect(identify({ encoded, scheme: 'auto' })).toMatchObject({
        kind: 'unknown-scheme',
        shape: expect.stringContaining('ldap-digest, but not whole'),
      });
    }
  });

  test('refuses a salt that is none.', () => {
    const encoded = `md5$${'s'.repeat(257)}$${'0'.repeat(32)}`;
    expect(identify({ encoded, scheme: 'auto' })).toMatchObject({ kind: 'out-of-bounds' });
  });

  test("of Spring's old encoder is read without its id where the scheme is named.", async () => {
    const encoded = `{s4lt}${createHash('sha256').update('secret{s4lt}').digest('hex')}`;
    const identified = identify({ encoded, scheme: 'spring-sha256' });
    expect(identify({ encoded, scheme: 'auto' }).kind).toBe('unknown-scheme');
    if (identified.kind !== 'readable') throw new Error('not read');
    expect(await identified.hash.verify(Buffer.from('secret'))).toBe(true);
  });
});
