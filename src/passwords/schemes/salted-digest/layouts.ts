import { base64, hex, readBase64, readHex } from '../encoding.ts';
import { DIGEST_BYTES, type DigestLayout, type SaltedDigestName } from './salted-digest.ts';

const LDAP_VALUE = /^\{(S?)(MD5|SHA|SHA-?1|SHA-?(?:224|256|384|512))\}([A-Za-z0-9+/]+={0,2})$/i;
const SPRING_NAMES = ['md4', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
const SPRING_VALUE = /^(\{[^}]*\})?([0-9a-fA-F]+)$/;

/** LDAP servers and Dovecot: base64 of the digest, in the salted kinds with the salt behind it (RFC 2307 and after). */
const ldap: DigestLayout = {
  name: 'ldap-digest',
  prefix: /^\{(?:S?MD5|S?SHA|S?SHA(?:224|256|384|512))\}(?!\{)/i,
  saltStands: 'after',
  read({ encoded }) {
    const [, salted, name = '', text = ''] = LDAP_VALUE.exec(encoded) ?? [];
    const bytes = readBase64(text);
    if (salted === undefined || bytes === undefined) return undefined;
    const digest = ldapDigest(name);
    const [hash, salt] = [bytes.subarray(0, DIGEST_BYTES[digest]), bytes.subarray(DIGEST_BYTES[digest])];
    return (salted === '') === (salt.length === 0) ? { digest, hash, salt } : undefined;
  },
  write({ digest, hash, salt }) {
    const name = digest === 'sha1' ? 'SHA' : digest.toUpperCase();
    return `{${salt.length === 0 ? '' : 'S'}${name}}${base64(Buffer.concat([hash, salt]))}`;
  },
};

function ldapDigest(name: string): SaltedDigestName {
  const plain = name.toLowerCase().replace('-', '');
  return plain === 'sha' ? 'sha1' : (plain as SaltedDigestName);
}

/**
 * Django's `MD5PasswordHasher` and `SHA1PasswordHasher`; with an empty salt, `UnsaltedSHA1PasswordHasher`. Werkzeug
 * before 2.3 wrote an HMAC in the same layout: its rows read as Django's and match nobody.
 */
const django: DigestLayout = {
  name: 'django-digest',
  prefix: /^(?:md5|sha1)\$/,
  saltStands: 'before',
  read({ encoded }) {
    const [, digest, salt = '', text = ''] = /^(md5|sha1)\$([^$]*)\$([0-9a-fA-F]+)$/.exec(encoded) ?? [];
    const hash = readHex(text);
    if (digest === undefined || hash === undefined) return undefined;
    return { digest: digest as 'md5' | 'sha1', salt: Buffer.from(salt), hash };
  },
  write: ({ digest, salt, hash }) => `${digest}$${salt.toString()}$${hex(hash)}`,
};

const springId = (digest: SaltedDigestName) =>
  digest.startsWith('sha') ? `SHA-${digest.slice(3)}` : digest.toUpperCase();

/** Spring Security's `MessageDigestPasswordEncoder`, `{SHA-256}{salt}hex`: the salt's braces are hashed with it. */
const spring: DigestLayout = {
  name: 'spring-digest',
  prefix: /^\{(?:MD4|MD5(?=\}\{)|SHA-(?:1|224|256|384|512))\}/,
  saltStands: 'after',
  read({ encoded }) {
    const digest = SPRING_NAMES.find((name) => encoded.startsWith(`{${springId(name)}}`));
    if (digest === undefined) return undefined;
    return readSpring(digest, encoded.slice(springId(digest).length + 2));
  },
  write: ({ digest, salt, hash }) => `{${springId(digest)}}${salt.toString()}${hex(hash)}`,
};

function readSpring(digest: SaltedDigestName, text: string) {
  const [, salt = '', hash] = SPRING_VALUE.exec(text) ?? [];
  const bytes = hash === undefined ? undefined : readHex(hash);
  return bytes === undefined ? undefined : { digest, salt: Buffer.from(salt), hash: bytes };
}

/** The same before Spring Security 5, without the id: `{salt}hex`. */
const bareSpring = (digest: SaltedDigestName): DigestLayout => ({
  name: `spring-${digest}`,
  saltStands: 'after',
  read: ({ encoded }) => readSpring(digest, encoded),
  write: ({ salt, hash }) => `${salt.toString()}${hex(hash)}`,
});

/** Spring Security's `StandardPasswordEncoder`: 8 bytes of salt before the digest, a secret between the two. */
const springStandard: DigestLayout = {
  name: 'spring-standard',
  prefix: /^\{sha256\}(?=[0-9a-f]{45})/,
  saltStands: 'before',
  rounds: 1024,
  pepperAfterSalt: true,
  read({ encoded }) {
    const [, salt = '', hash = ''] = /^\{sha256\}([0-9a-fA-F]{16})([0-9a-fA-F]{64})$/.exec(encoded) ?? [];
    const [saltBytes, bytes] = [readHex(salt), readHex(hash)];
    if (saltBytes?.length !== 8 || bytes === undefined) return undefined;
    return { digest: 'sha256', salt: saltBytes, hash: bytes };
  },
  write: ({ salt, hash }) => `{sha256}${hex(salt)}${hex(hash)}`,
};

/** hMailServer: six characters of salt, then SHA-256 in hexadecimal. Nothing in it says so. */
const hmailserver: DigestLayout = {
  name: 'hmailserver',
  saltStands: 'before',
  read({ encoded }) {
    const [, salt = '', text = ''] = /^([0-9a-f]{6})([0-9a-f]{64})$/.exec(encoded) ?? [];
    const hash = readHex(text);
    return hash === undefined ? undefined : { digest: 'sha256', salt: Buffer.from(salt), hash };
  },
  write: ({ salt, hash }) => `${salt.toString()}${hex(hash)}`,
};

export const ldapDigestLayout = ldap;

/** Digests with the salt in the same column, by whoever lays them out. */
export const digestLayouts: readonly DigestLayout[] = [
  django,
  spring,
  springStandard,
  hmailserver,
  ...SPRING_NAMES.map(bareSpring),
];
