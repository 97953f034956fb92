import { createHash, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { configured, type VectorRow } from '../../../scripts/vector-formats.ts';
import { identify } from '../../../src/passwords/identify/identify.ts';
import { DEFAULT_DECOY } from '../../../src/passwords/pool/decoy.ts';
import { verify } from '../../../src/passwords/pool/verify.ts';

const hex = (digest: string, text: string | Buffer) => createHash(digest).update(text).digest('hex');
const NO_DECOY = { ...DEFAULT_DECOY, cost: 0 };
const SALTED = hex('md5', 'saltsecret');

async function matches(row: VectorRow, password = 'secret'): Promise<boolean> {
  for (const credential of configured(row).credentials) {
    const task = { credential, password: Buffer.from(password), refused: false, decoy: NO_DECOY };
    if ((await verify(task)).verdict.kind === 'match') return true;
  }
  return false;
}

describe('The name of a foreign format', () => {
  test.each([
    'md5($salt.$pass)',
    'md5(salt.pass)',
    'MD5(salt + password)',
    'md5 (salt || pass)',
    'md5(salt‖pass) (hashcat 20)',
    'osCommerce: md5(salt.pass)',
    'oscommerce',
    'hashcat 20',
    'mode 20',
    'hashcat-m20',
    'dynamic_4',
    'john: dynamic_4',
    'md5salted',
    'MD5Salted',
  ])('%s is the digest of salt and password.', async (format) => {
    expect(await matches({ format, hash: SALTED, salt: 'salt' })).toBe(true);
    expect(await matches({ format, hash: SALTED, salt: 'salt' }, 'Secret')).toBe(false);
  });

  test.each([
    ['Raw-MD5', hex('md5', 'secret')],
    ['raw-md5', hex('md5', 'secret')],
    ['hex_md5', hex('md5', 'secret')],
    ['md5-hex', hex('md5', 'secret')],
    ['md5-b64', createHash('md5').update('secret').digest('base64')],
    ['sha-256', hex('sha256', 'secret')],
    ['SHA512', hex('sha512', 'secret')],
    ['sha3-256-hex', hex('sha3-256', 'secret')],
    ['hashcat 70', hex('md5', Buffer.from('secret', 'utf16le'))],
    ['md5(utf16le($pass))', hex('md5', Buffer.from('secret', 'utf16le'))],
    ['md5(strtoupper(md5($pass)))', hex('md5', hex('md5', 'secret').toUpperCase())],
    ['sha1(sha1_raw(pass))', hex('sha1', createHash('sha1').update('secret').digest())],
    ['nthash', '878d8014606cda29677a44efa1353fc7'],
    ['nt', '878d8014606cda29677a44efa1353fc7'],
    ['hashcat 1000', '878d8014606cda29677a44efa1353fc7'],
    ['mysql41', '*14E65567ABDB5135D0CFD9A70B3032C179A49EE7'],
    ['hashcat 300', '14E65567ABDB5135D0CFD9A70B3032C179A49EE7'],
    ['ldap_sha1', '{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ='],
    ['plaintext', 'secret'],
    ['roundup_plaintext', 'secret'],
  ])('%s is found.', async (format, hash) => {
    expect(await matches({ format, hash })).toBe(true);
    expect(await matches({ format, hash }, 'wrong')).toBe(false);
  });

  test('may say whose hash stands behind the name of the software, or what is the key of an HMAC.', async () => {
    const vbulletin = hex('md5', `${hex('md5', 'secret')}salt`);
    for (const format of [
      'vbulletin',
      'vBulletin 3',
      'hashcat 2611',
      'dynamic_6',
      'vbulletin/md5(md5(pass).salt)',
    ]) {
      expect(await matches({ format, hash: vbulletin, salt: 'salt' }), format).toBe(true);
    }
    const keyed = createHmac('sha256', 'salt').update('secret').digest('hex');
    for (const format of [
      'HMAC-SHA256 (key = $salt)',
      'hmac-sha256(key=salt)',
      'hashcat 1460',
      'hmac_sha256(salt,pass)',
    ]) {
      expect(await matches({ format, hash: keyed, salt: 'salt' }), format).toBe(true);
    }
  });

  test('may have the salt behind the hash, as hashcat and John write it.', async () => {
    expect(await matches({ format: 'hashcat 20', hash: `${SALTED}:salt` })).toBe(true);
    expect(await matches({ format: 'dynamic_4', hash: `$dynamic_4$${SALTED}$salt` })).toBe(true);
  });

  test.each([
    { iterations: 1000, keylen: 40, digest: 'sha256' },
    { rounds: '1000', algorithm: 'SHA-256' },
    { iter: 1000, prf: 'hmac-sha256', saltEncoding: 'base64' },
  ])('of PBKDF2 takes its parameters from %j.', async (params) => {
    const hash = pbkdf2Sync('secret', 'a salt of bytes', 1000, 40, 'sha256').toString('hex');
    const salt = Buffer.from('a salt of bytes').toString('base64');
    expect(await matches({ format: 'pbkdf2', hash, salt, params })).toBe(true);
    expect(await matches({ format: 'pbkdf2', hash, salt, params }, 'wrong')).toBe(false);
  });

  test.each([
    { N: 1024, r: 8, p: 1 },
    { ln: 10, blockSize: 8, parallelization: 1 },
  ])('of scrypt takes its parameters from %j.', async (params) => {
    const hash = scryptSync('secret', 'salt', 32, { N: 1024 }).toString('base64');
    expect(await matches({ format: 'scrypt', hash, salt: 'salt', params })).toBe(true);
  });

  test('takes charset, pepper and username from the parameters.', async () => {
    const wide = hex('md5', Buffer.from('pässwörd', 'latin1'));
    expect(await matches({ format: 'md5', hash: wide, params: { charset: 'ISO-8859-1' } }, 'pässwörd')).toBe(
      true,
    );
    const peppered = hex('md5', 'cookiesecret');
    for (const key of ['pepper', 'cookieKey', 'secret', 'site_key']) {
      expect(await matches({ format: 'prestashop', hash: peppered, params: { [key]: 'cookie' } }), key).toBe(
        true,
      );
    }
    const named = hex('sha1', 'joesecret');
    expect(await matches({ format: 'smf', hash: named, params: { username: 'Joe' } })).toBe(true);
    expect(await matches({ format: 'smf', hash: named, salt: 'Joe' })).toBe(true);
  });

  test('leaves the choice to a value that names its own scheme.', () => {
    const hash = `$2b$04$${'.'.repeat(53)}`;
    for (const format of ['bcrypt', 'bcrypt-2b', 'okta BCRYPT', 'whatever']) {
      const [credential] = configured({ format, hash }).credentials;
      expect(identify(credential)).toMatchObject({ kind: 'readable', hash: { scheme: 'bcrypt' } });
    }
  });

  test('that nobody knows is said to be unknown; what nothing may read is known for that.', () => {
    for (const format of [
      '',
      'foo',
      'whirlpool',
      'md2($pass)',
      'hashcat 99999',
      'dynamic_9999',
      'constructor',
      '__proto__',
    ]) {
      expect(configured({ format, hash: 'x'.repeat(40) }).named, format).toBe(false);
    }
    for (const format of ['garbage', 'bcrypt-invalid', 'django-unusable', 'argon2 (truncated)']) {
      expect(configured({ format, hash: 'x' }).named, format).toBe(true);
    }
  });
});
