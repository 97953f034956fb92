import { base64, hex, readBase64, readHex } from '../encoding.ts';
import { DIGEST_BYTES, type DigestLayout, type SaltedDigestName } from './salted-digest.ts';

const LDAP_VALUE = /^\{(S?)(MD5|SHA|SHA-?1|SHA-?(?:224|256|384|512))\}([A-Za-z0-9+/]+={0,2})$/i;
const DOVECOT_VALUE =
  /^\{(PLAIN-|LDAP-|S)?(MD[45]|SHA(?:1|256|512)?)(?:\.(HEX|B64|BASE64))?\}([A-Za-z0-9+/]+={0,2})$/i;
const SPRING_NAMES = ['md4', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
const SPRING_VALUE = /^(\{[^}]*\})?([0-9a-fA-F]+)$/;

/** LDAP servers and Dovecot: base64 of the digest, in the salted kinds with the salt behind it (RFC 2307 and after). */
const ldap: DigestLayout = {
  name: 'ldap-digest',
  about: {
    foundIn: 'OpenLDAP, 389 Directory Server, Dovecot: userPassword',
    example: '{SSHA}8GtKwIkDxEWaKtR4ogDkfeN6r5zA/+4A',
  },
  prefix: /^\{(?:S?MD5|S?SHA|S?SHA(?:224|256|384|512))\}(?!\{|\$1\$)/i,
  saltStands: 'after',
  read({ encoded }) {
    const [, salted, name = '', text = ''] = LDAP_VALUE.exec(encoded) ?? [];
    return salted === undefined ? undefined : saltBehind(ldapDigest(name), readBase64(text), salted !== '');
  },
  write({ digest, hash, salt }) {
    const name = digest === 'sha1' ? 'SHA' : digest.toUpperCase();
    return `{${salt.length === 0 ? '' : 'S'}${name}}${base64(Buffer.concat([hash, salt]))}`;
  },
};

/** @returns undefined when there is a salt and should be none, or the other way round */
function saltBehind(digest: SaltedDigestName, bytes: Buffer | undefined, salted: boolean) {
  if (bytes === undefined) return undefined;
  const [hash, salt] = [bytes.subarray(0, DIGEST_BYTES[digest]), bytes.subarray(DIGEST_BYTES[digest])];
  return salted === salt.length > 0 ? { digest, hash, salt } : undefined;
}

function ldapDigest(name: string): SaltedDigestName {
  const plain = name.toLowerCase().replace('-', '');
  return plain === 'sha' ? 'sha1' : (plain as SaltedDigestName);
}

/** Dovecot, where it says more than LDAP servers do: the plain MD5 and MD4 of old apps, and in which encoding. */
const dovecot: DigestLayout = {
  name: 'dovecot-digest',
  about: {
    foundIn: 'Dovecot with a table of users, and Postfix beside it: PLAIN-MD5, SHA512.HEX and the like',
    example: '{PLAIN-MD5}9cc2ae8a1ba7a93da39b46fc1019c481',
  },
  prefix:
    /^\{(?:(?:PLAIN-MD[45]|LDAP-MD5)(?:\.(?:HEX|B64|BASE64))?|(?:SMD5|SHA1|S?SHA(?:256|512)?)\.(?:HEX|B64|BASE64))\}/i,
  saltStands: 'after',
  read({ encoded }) {
    const [, how = '', name = '', encoding, text = ''] = DOVECOT_VALUE.exec(encoded) ?? [];
    const [kind, named] = [how.toUpperCase(), encoding?.toUpperCase()];
    // Without either it is as LDAP servers write it.
    if (named === undefined && !kind.endsWith('-')) return undefined;
    const inHex = (named ?? (kind === 'PLAIN-' ? 'HEX' : 'B64')) === 'HEX';
    return saltBehind(ldapDigest(name), inHex ? readHex(text) : readBase64(text), kind === 'S');
  },
  write({ digest, hash, salt }) {
    if (salt.length === 0 && digest.startsWith('md')) return `{PLAIN-${digest.toUpperCase()}}${hex(hash)}`;
    const name = digest === 'sha1' ? 'SHA' : digest.toUpperCase();
    return `{${salt.length === 0 ? '' : 'S'}${name}.HEX}${hex(Buffer.concat([hash, salt]))}`;
  },
};

/**
 * Django's `MD5PasswordHasher` and `SHA1PasswordHasher`; with an empty salt, `UnsaltedSHA1PasswordHasher`. Werkzeug
 * before 2.3 wrote an HMAC in the same layout: its rows read as Django's and match nobody.
 */
const django: DigestLayout = {
  name: 'django-digest',
  about: {
    foundIn: 'Django before 1.4, and later with MD5PasswordHasher: auth_user.password',
    example: 'md5$seasalt$9aa4b8addefd43dbf9340b7540e4e49a',
  },
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
  about: {
    foundIn: 'Spring Security 5 and later, MessageDigestPasswordEncoder',
    example: '{SHA-256}{seasalt}f8cd901a5abca1040b071ad206dc67a7c047a0b12cea14ce6c3e5913fa00ebfb',
  },
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

const BARE_SPRING: Readonly<Record<SaltedDigestName, string>> = {
  md4: '{seasalt}78affc1757c773a234a2e2cadf30e1ed',
  md5: '{seasalt}9f9e89e63373949ab9d6229de555fd5d',
  sha1: '{seasalt}249830771abf581b2cdb7ca9ce038d71abdb5ec7',
  sha224: '{seasalt}5358b7787312d129c94f6af6ab0c33bf236db97abfeccdfd9b7e23d5',
  sha256: '{seasalt}f8cd901a5abca1040b071ad206dc67a7c047a0b12cea14ce6c3e5913fa00ebfb',
  sha384:
    '{seasalt}2d01e403060aa47e375acb764e52f9073d17f99e368fbe57af8da30e9470baa9029ba2f4469594aa3808e44f3004b138',
  sha512:
    '{seasalt}7461e3ec753b706ace2fc2a21823c0666c213d2b6b8c755b375fb45535af6e116311d460866ba1c153d31f5224dd51d04452d4e7c9a6226d965b73e4689f3cce',
};

/** The same before Spring Security 5, without the id: `{salt}hex`. */
const bareSpring = (digest: SaltedDigestName): DigestLayout => ({
  name: `spring-${digest}`,
  about: {
    foundIn: 'Spring Security before 5, MessageDigestPasswordEncoder and ShaPasswordEncoder',
    example: BARE_SPRING[digest],
  },
  saltStands: 'after',
  read: ({ encoded }) => readSpring(digest, encoded),
  write: ({ salt, hash }) => `${salt.toString()}${hex(hash)}`,
});

/** Spring Security's `StandardPasswordEncoder`: 8 bytes of salt before the digest, a secret between the two. */
const springStandard: DigestLayout = {
  name: 'spring-standard',
  about: {
    foundIn: 'Spring Security 3.1 and later, StandardPasswordEncoder; the pepper is its secret',
    example: '{sha256}00010203040506077e819048933e3ab90a381b21a12390c9a6a03969534c5c4d2b1fbb13a27f5877',
  },
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
  about: {
    foundIn: 'hMailServer 5: hm_accounts.accountpassword',
    example: 'c0ffee61dc0e09fe0756fff9fd33e41a7427e45ec368cf753c2bb5669d97d47c5ac477',
  },
  saltStands: 'before',
  read({ encoded }) {
    const [, salt = '', text = ''] = /^([0-9a-f]{6})([0-9a-f]{64})$/.exec(encoded) ?? [];
    const hash = readHex(text);
    return hash === undefined ? undefined : { digest: 'sha256', salt: Buffer.from(salt), hash };
  },
  write: ({ salt, hash }) => `${salt.toString()}${hex(hash)}`,
};

const BARE_SSHA = {
  sha1: {
    name: 'ssha-bare',
    aliases: ['sshasaltedbase64'],
    example: 'IkNiQH5ibur84ytpg5PuxsIVa7JzZWFzYWx0MQ==',
  },
  sha256: {
    name: 'ssha256-bare',
    aliases: ['ssha256saltedbase64'],
    example: 'PFW2NkK6P6au0ATole+Rif/qLGguU+wI+0rWDY1XyeVzZWFzYWx0MQ==',
  },
  sha512: {
    name: 'ssha512-bare',
    aliases: ['ssha512saltedbase64'],
    example:
      'LJqCeXREVnEUlOQJ18KjH+A+QdXE3Esm1gAR0pVgj+VL418b1daO7tvLbl7HF8peGWQ1T2Nup3zkMXof2lZwFHNlYXNhbHQx',
  },
} as const;

/** LDAP's salted kinds where the application left the prefix out. */
const bareSsha = (digest: keyof typeof BARE_SSHA): DigestLayout => ({
  name: BARE_SSHA[digest].name,
  aliases: BARE_SSHA[digest].aliases,
  about: {
    foundIn:
      'software that keeps what LDAP writes behind {SSHA}, {SSHA256} or {SSHA512}; Strivacity: SSHA256SaltedBase64',
    example: BARE_SSHA[digest].example,
  },
  saltStands: 'after',
  read({ encoded }) {
    const bytes = readBase64(encoded);
    const end = DIGEST_BYTES[digest];
    if (bytes === undefined || bytes.length <= end) return undefined;
    return { digest, hash: bytes.subarray(0, end), salt: bytes.subarray(end) };
  },
  write: ({ hash, salt }) => base64(Buffer.concat([hash, salt])),
});

export const ldapDigestLayout = ldap;

/** Digests with the salt in the same column, by whoever lays them out. */
export const digestLayouts: readonly DigestLayout[] = [
  django,
  spring,
  dovecot,
  springStandard,
  hmailserver,
  ...(['sha1', 'sha256', 'sha512'] as const).map(bareSsha),
  ...SPRING_NAMES.map(bareSpring),
];
