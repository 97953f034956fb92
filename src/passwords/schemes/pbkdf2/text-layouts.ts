import {
  adaptedBase64,
  bareBase64,
  base64,
  hex,
  readAdaptedBase64,
  readBase64,
  readHex,
  readInteger,
} from '../encoding.ts';
import { type Pbkdf2Digest, type Pbkdf2Layout, type Pbkdf2Value, readDigest } from './pbkdf2.ts';

/** A value as its parts; undefined as soon as one of them is. */
function assembled(
  digest: Pbkdf2Digest | undefined,
  iterations: string | undefined,
  salt: Buffer | undefined,
  key: Buffer | undefined,
): Pbkdf2Value | undefined {
  const count = readInteger(iterations);
  if (digest === undefined || count === undefined || salt === undefined || key === undefined) {
    return undefined;
  }
  return { digest, iterations: count, salt, key };
}

/** Fields by number, `''` for one that the expression left out. */
const fieldsOf = (pattern: RegExp, encoded: string): readonly string[] | undefined =>
  pattern.exec(encoded)?.map((field) => field ?? '');

/** Ory Kratos computes these names with SHA-3; to everybody else they are SHA-2. */
const KRATOS_MEANS = new Map<string, Pbkdf2Digest>([
  ['sha224', 'sha3-224'],
  ['sha384', 'sha3-384'],
]);

/** Layouts of text: algorithm, iterations, salt and key with a separator between them. */
export const textLayouts: readonly Pbkdf2Layout[] = [
  {
    // Django, `PBKDF2PasswordHasher`: the salt is text.
    name: 'django-pbkdf2',
    about: {
      foundIn: 'Django 1.4 and later: auth_user.password',
      example: 'pbkdf2_sha256$1000000$seasaltseasaltseasalt1$sd4xlWfSfLLHBz096DNbnDOnhcUCeXVWzmKePcqFqMM=',
    },
    wholeKey: true,
    prefix: /^pbkdf2_sha(?:1|256)\$/,
    read({ encoded }) {
      const fields = fieldsOf(/^pbkdf2_(sha1|sha256)\$(\d+)\$([^$]+)\$([A-Za-z0-9+/=]+)$/, encoded);
      if (fields === undefined) return undefined;
      const [, digest, iterations, salt = '', key = ''] = fields;
      return assembled(readDigest(digest), iterations, Buffer.from(salt), readBase64(key));
    },
    write: ({ digest, iterations, salt, key }) =>
      `pbkdf2_${digest}$${iterations}$${salt.toString()}$${base64(key)}`,
  },
  {
    // passlib, Zitadel: `$pbkdf2$` alone is SHA-1.
    name: 'passlib-pbkdf2',
    about: {
      foundIn: 'passlib of Python, passwap of Go, Zitadel',
      example: '$pbkdf2-sha256$29000$AAECAwQFBgcICQoLDA0ODw$m/kLywdyNwK9GV2kWntRGvZzmeiVsuqehNWlLst2eWY',
    },
    wholeKey: true,
    prefix: /^\$pbkdf2(?:-sha(?:1|224|256|384|512))?\$\d/,
    read({ encoded }) {
      const fields = fieldsOf(
        /^\$pbkdf2(?:-(sha1|sha224|sha256|sha384|sha512))?\$(\d+)\$([A-Za-z0-9./+=]*)\$([A-Za-z0-9./+=]+)$/,
        encoded,
      );
      if (fields === undefined) return undefined;
      const [, digest, iterations, salt = '', key = ''] = fields;
      return assembled(
        readDigest(digest || 'sha1'),
        iterations,
        readAdaptedBase64(salt),
        readAdaptedBase64(key),
      );
    },
    write: ({ digest, iterations, salt, key }) =>
      `$pbkdf2-${digest}$${iterations}$${adaptedBase64(salt)}$${adaptedBase64(key)}`,
  },
  {
    // The PHC string format as Ory Kratos and Auth0 write it. The length says nothing that the key does not.
    name: 'phc-pbkdf2',
    about: {
      foundIn: 'Ory Kratos, Auth0, and others that write the PHC string format',
      example:
        '$pbkdf2-sha256$i=100000,l=32$AAECAwQFBgcICQoLDA0ODw$SdScJfWXhGIJ8Nkud3CrZOHHXpS0zmxQkmXuZxddKh4',
    },
    prefix: /^\$pbkdf2-sha(?:1|224|256|384|512)\$i=/,
    read({ encoded }) {
      const fields = fieldsOf(
        /^\$pbkdf2-(sha1|sha224|sha256|sha384|sha512)\$i=(\d+)(?:,l=(\d+))?\$([A-Za-z0-9+/=]*)\$([A-Za-z0-9+/=]+)$/,
        encoded,
      );
      if (fields === undefined) return undefined;
      const [, digest, iterations, length = '', salt = '', key = ''] = fields;
      const bytes = readBase64(key);
      if (length !== '' && readInteger(length) !== bytes?.length) return undefined;
      const value = assembled(readDigest(digest), iterations, readBase64(salt), bytes);
      const otherwise = KRATOS_MEANS.get(digest ?? '');
      return value === undefined || otherwise === undefined ? value : { ...value, otherwise };
    },
    write: ({ digest, iterations, salt, key }) =>
      `$pbkdf2-${digest}$i=${iterations},l=${key.length}$${bareBase64(salt)}$${bareBase64(key)}`,
  },
  {
    // Werkzeug (Flask), `generate_password_hash`: the salt is text.
    name: 'werkzeug-pbkdf2',
    about: {
      foundIn: 'Werkzeug and Flask, generate_password_hash before 3.0',
      example:
        'pbkdf2:sha256:600000$seasaltseasalt12$59292fd4940d4bd95a93ffb9f6e289e4c67c1462252adaad5bf18d8d7507d44c',
    },
    wholeKey: true,
    prefix: /^pbkdf2:sha(?:1|224|256|384|512):/,
    read({ encoded }) {
      const fields = fieldsOf(
        /^pbkdf2:(sha1|sha224|sha256|sha384|sha512):(\d+)\$([^$]+)\$([0-9a-fA-F]+)$/,
        encoded,
      );
      if (fields === undefined) return undefined;
      const [, digest, iterations, salt = '', key = ''] = fields;
      return assembled(readDigest(digest), iterations, Buffer.from(salt), readHex(key));
    },
    write: ({ digest, iterations, salt, key }) =>
      `pbkdf2:${digest}:${iterations}$${salt.toString()}$${hex(key)}`,
  },
  {
    // OpenLDAP's `pw-pbkdf2`, passlib's `ldap_pbkdf2_*`, and the newer plug-in of 389 Directory Server.
    name: 'ldap-pbkdf2',
    about: {
      foundIn: 'OpenLDAP with pw-pbkdf2, passlib, 389 Directory Server 3: userPassword',
      example: '{PBKDF2-SHA256}10000$AAECAwQFBgcICQoLDA0ODw$2flfZcLfnShdJogjAMpb4p4.1QBVZmODXExi4nBRUCI',
    },
    wholeKey: true,
    prefix: /^\{PBKDF2(?:-SHA(?:1|256|512))?\}\d+\$/i,
    read({ encoded }) {
      const fields = fieldsOf(
        /^\{PBKDF2(?:-(SHA1|SHA256|SHA512))?\}(\d+)\$([A-Za-z0-9./+=]*)\$([A-Za-z0-9./+=]+)$/i,
        encoded,
      );
      if (fields === undefined) return undefined;
      const [, digest = '', iterations, salt = '', key = ''] = fields;
      const name = readDigest(digest.toLowerCase() || 'sha1');
      return assembled(name, iterations, readAdaptedBase64(salt), readAdaptedBase64(key));
    },
    write: ({ digest, iterations, salt, key }) =>
      `{PBKDF2-${digest.toUpperCase()}}${iterations}$${adaptedBase64(salt)}$${adaptedBase64(key)}`,
  },
  {
    name: 'dovecot-pbkdf2',
    about: {
      foundIn: 'Dovecot 2.3 and later',
      example: '{PBKDF2}$1$seasaltseasaltse$5000$88d1df82570d42ca836de006530fff6037d376e9',
    },
    wholeKey: true,
    prefix: /^\{PBKDF2\}\$1\$/i,
    read({ encoded }) {
      const fields = fieldsOf(/^\{PBKDF2\}\$1\$([^$]*)\$(\d+)\$([0-9a-f]+)$/i, encoded);
      if (fields === undefined) return undefined;
      const [, salt = '', iterations, key = ''] = fields;
      return assembled('sha1', iterations, Buffer.from(salt), readHex(key));
    },
    write: ({ iterations, salt, key }) => `{PBKDF2}$1$${salt.toString()}$${iterations}$${hex(key)}`,
  },
  {
    // MediaWiki, `Pbkdf2PasswordUsingHashExtension`.
    name: 'mediawiki-pbkdf2',
    about: {
      foundIn: 'MediaWiki 1.24 and later: user.user_password',
      example:
        ':pbkdf2:sha512:30000:64:AAECAwQFBgcICQoLDA0ODw==:YEv9OAUH/a1l3GquLyEy93uMKHjMipNllASkRjqB/oIQswr6u3Ww8j5/gVasVRgrErX17iCPAfvU8jJ5Gad3aw==',
    },
    prefix: /^:pbkdf2:/,
    read({ encoded }) {
      const fields = fieldsOf(
        /^:pbkdf2:(sha1|sha224|sha256|sha384|sha512):(\d+):(\d+):([A-Za-z0-9+/=]*):([A-Za-z0-9+/=]+)$/,
        encoded,
      );
      if (fields === undefined) return undefined;
      const [, digest, iterations, length, salt = '', key = ''] = fields;
      const bytes = readBase64(key);
      if (readInteger(length) !== bytes?.length) return undefined;
      return assembled(readDigest(digest), iterations, readBase64(salt), bytes);
    },
    write: ({ digest, iterations, salt, key }) =>
      `:pbkdf2:${digest}:${iterations}:${key.length}:${base64(salt)}:${base64(key)}`,
  },
  {
    // `grub-mkpasswd-pbkdf2`.
    name: 'grub-pbkdf2',
    about: {
      foundIn: 'GRUB 2, grub-mkpasswd-pbkdf2: grub.cfg',
      example:
        'grub.pbkdf2.sha512.10000.000102030405060708090A0B0C0D0E0F.BFB6B4083EFBDC6552B1691050CCFB837CDE4BB7F25A04BED286FD94C7603338F5CA3339609C1819CA7E78389C7EE40C79C792B91C697E4198E672DA8BB8188C',
    },
    wholeKey: true,
    prefix: /^grub\.pbkdf2\.sha512\./,
    read({ encoded }) {
      const fields = fieldsOf(/^grub\.pbkdf2\.sha512\.(\d+)\.([0-9A-Fa-f]*)\.([0-9A-Fa-f]+)$/, encoded);
      if (fields === undefined) return undefined;
      const [, iterations, salt = '', key = ''] = fields;
      return assembled('sha512', iterations, readHex(salt), readHex(key));
    },
    write: ({ iterations, salt, key }) =>
      `grub.pbkdf2.sha512.${iterations}.${hex(salt).toUpperCase()}.${hex(key).toUpperCase()}`,
  },
  {
    // macOS 10.8 and later, as hashcat and John print the property list's record.
    name: 'macos-pbkdf2',
    about: {
      foundIn: 'macOS 10.8 and later: ShadowHashData, as hashcat and John the Ripper export it',
      example:
        '$ml$35000$000102030405060708090a0b0c0d0e0f$6efa1ae2b6c325c361ff73c4e30a45be4f67932883233c061d6d28eb097e5a9650abe2fc4eeef123a487db76025d840cd9a73b605001e3cc7515dbcc8f223918',
    },
    wholeKey: true,
    prefix: /^\$ml\$/,
    read({ encoded }) {
      const fields = fieldsOf(/^\$ml\$(\d+)\$([0-9A-Fa-f]*)\$([0-9A-Fa-f]+)$/, encoded);
      if (fields === undefined) return undefined;
      const [, iterations, salt = '', key = ''] = fields;
      return assembled('sha512', iterations, readHex(salt), readHex(key));
    },
    write: ({ iterations, salt, key }) => `$ml$${iterations}$${hex(salt)}$${hex(key)}`,
  },
  {
    // hashcat's modes 10900, 11900, 12000 and 12100. No prefix: `sha256:` alone may begin another's digest.
    name: 'hashcat-pbkdf2',
    about: {
      foundIn: 'exports in the layout of hashcat, modes 10900, 11900, 12000 and 12100',
      example: 'sha256:100000:AAECAwQFBgcICQoLDA0ODw==:SdScJfWXhGIJ8Nkud3CrZOHHXpS0zmxQkmXuZxddKh4=',
    },
    unmistakable: true,
    read({ encoded }) {
      const fields = fieldsOf(
        /^(md5|sha1|sha256|sha512):(\d+):([A-Za-z0-9+/=]*):([A-Za-z0-9+/=]+)$/,
        encoded,
      );
      if (fields === undefined) return undefined;
      const [, digest, iterations, salt = '', key = ''] = fields;
      return assembled(readDigest(digest), iterations, readBase64(salt), readBase64(key));
    },
    write: ({ digest, iterations, salt, key }) => `${digest}:${iterations}:${base64(salt)}:${base64(key)}`,
  },
];
