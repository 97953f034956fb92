import { createHash, createHmac } from 'node:crypto';
import { judgeDigest } from '../judgement.ts';
import { md4 } from '../md4.ts';
import type { ParsedHash, Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';
import { md5crypt } from './crypt/md5crypt.ts';
import { sha256crypt, sha512crypt } from './crypt/sha-crypt.ts';
import { damagedValue } from './damaged.ts';
import { base64, hex, readBase64 } from './encoding.ts';

const BYTES = { md4: 16, md5: 16, sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 } as const;
type Digest = keyof typeof BYTES;

const SALTED =
  /^\$(md5|sha1|sha256|sha512)\$pf=([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]*={0,2})\$([A-Za-z0-9+/]+={0,2})$/;
const UNSALTED = /^\$md5\$([A-Za-z0-9+/]{22}==)$/;
const PIECES = /(\{SALT\}|\{PASSWORD\})/;

/**
 * Ory Kratos' imports of plain digests: `$sha256$pf=template$salt$hash`, all in base64, where the template says how
 * `{SALT}` and `{PASSWORD}` stand together, and `$md5$hash` (`hash_comparator.go`).
 */
const digest: Scheme = {
  name: 'kratos-digest',
  about: {
    foundIn: 'Ory Kratos, identities imported with a digest: identity_credentials.config',
    example: '$sha256$pf=e1NBTFR9e1BBU1NXT1JEfQ==$c2Vhc2FsdA==$MeWYz8VLoaZF3Vzw64FLDxmaYyOhFIVsMqGaJyFfMt8=',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const salted = SALTED.exec(encoded) ?? withTemplate(UNSALTED.exec(encoded));
    const [whole, name = '', template, salt, hash = ''] = salted ?? [];
    const [templateBytes, saltBytes, expected] = [template ?? '?', salt ?? '?', hash].map(readBase64);
    if (!templateBytes || !saltBytes || expected?.length !== BYTES[name as Digest]) return undefined;
    const pieces = templateBytes.toString('latin1').split(PIECES);
    const zeros = base64(Buffer.alloc(expected.length));
    return comparedDigest({
      scheme: 'kratos-digest',
      parameters: { digest: name },
      judgement: judgeDigest({ digest: name }),
      outOfBounds: pieces.includes('{PASSWORD}')
        ? undefined
        : 'The template of this row leaves the password out, so that anybody could come in.',
      expected,
      compute(password) {
        const made = createHash(name);
        for (const piece of pieces) {
          if (piece === '{PASSWORD}') made.update(password);
          else made.update(piece === '{SALT}' ? saltBytes : Buffer.from(piece, 'latin1'));
        }
        return made.digest();
      },
      decoy: whole === '' ? `$${name}$${zeros}` : `$${name}$pf=${template}$${salt}$${zeros}`,
    });
  },

  damage: (encoded) =>
    /^\$(?:md5|sha1|sha256|sha512)\$pf=/.test(encoded) ? damagedValue('kratos-digest', encoded) : undefined,
};

/** A digest of the password alone, in the fields of the longer form. */
const withTemplate = (found: RegExpExecArray | null): readonly string[] | undefined =>
  found === null ? undefined : ['', 'md5', base64(Buffer.from('{PASSWORD}')), '', found[1] ?? ''];

const KEYED =
  /^\$hmac-(md4|md5|sha1|sha224|sha256|sha384|sha512)\$([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]*={0,2})$/;

/** Ory Kratos' `$hmac-sha256$hash$key`: the hash is its hexadecimal text in base64. */
const keyed: Scheme = {
  name: 'kratos-hmac',
  about: {
    foundIn: 'Ory Kratos, identities imported with an HMAC: identity_credentials.config',
    example:
      '$hmac-sha256$YTVjMGNlNDliZWIzNjI2ZTA2MmUxY2Y0NDA2MWE4NmViNjVmNDRhNzJlMDJjMjNlYTBkMzU0YjU2NjdiYmQ0Yw==$c2Vhc2FsdA==',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const [, name = '', hashText = '', keyText = '?'] = KEYED.exec(encoded) ?? [];
    const key = readBase64(keyText);
    const text = readBase64(hashText)?.toString('latin1') ?? '';
    const bytes = BYTES[name as Digest];
    if (key === undefined || text.length !== 2 * bytes || !/^[0-9a-f]+$/.test(text)) return undefined;
    return comparedDigest({
      scheme: 'kratos-hmac',
      parameters: { digest: name },
      judgement: judgeDigest({ digest: name }),
      expected: Buffer.from(text, 'hex'),
      compute: (password) =>
        name === 'md4' ? hmacMd4(key, password) : createHmac(name, key).update(password).digest(),
      decoy: `$hmac-${name}$${base64(Buffer.from(hex(Buffer.alloc(bytes))))}$`,
    });
  },

  damage: (encoded) =>
    /^\$hmac-(?:md[45]|sha\d{1,3})\$/.test(encoded) ? damagedValue('kratos-hmac', encoded) : undefined,
};

const MD4_BLOCK_BYTES = 64;

/** RFC 2104 over the digest that OpenSSL has no more. */
function hmacMd4(key: Buffer, message: Uint8Array): Buffer {
  const short = key.length > MD4_BLOCK_BYTES ? md4(key) : key;
  const padded = Buffer.concat([short, Buffer.alloc(MD4_BLOCK_BYTES - short.length)]);
  const under = (mask: number) => padded.map((byte) => byte ^ mask);
  return md4(Buffer.concat([under(0x5c), md4(Buffer.concat([under(0x36), message]))]));
}

const CRYPT = [
  { front: '$md5-crypt$', identifier: '$1$', scheme: md5crypt },
  { front: '$sha256-crypt$', identifier: '$5$', scheme: sha256crypt },
  { front: '$sha512-crypt$', identifier: '$6$', scheme: sha512crypt },
];

/** crypt(3) under the names that Ory Kratos gives it: `$sha512-crypt$rounds=..` is `$6$rounds=..`. */
const crypt: Scheme = {
  name: 'kratos-crypt',
  about: {
    foundIn: 'Ory Kratos, identities imported from crypt(3): identity_credentials.config',
    example:
      '$sha512-crypt$rounds=5000$seasalt$OsWdvzkZt1W1hsnEY//XBD8XrVe4xkh5EG/MIyPBFnS/tachtdRTVS8rOqDRZ4DLEFJ.Wa75YTCyJi/ymzZg71',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const found = CRYPT.find(({ front }) => encoded.startsWith(front));
    if (found === undefined) return undefined;
    const { front, identifier, scheme } = found;
    const hash = scheme.parse({ encoded: identifier + encoded.slice(front.length) });
    if (hash === undefined) return undefined;
    return {
      ...hash,
      scheme: 'kratos-crypt',
      decoy: () => front + hash.decoy().slice(identifier.length),
    } satisfies ParsedHash;
  },

  damage: (encoded) =>
    CRYPT.some(({ front }) => encoded.startsWith(front)) ? damagedValue('kratos-crypt', encoded) : undefined,
};

/** What Ory Kratos imports in spellings of its own; its argon2, bcrypt, PBKDF2, scrypt and `$firescrypt$` others share. */
export const kratos: readonly Scheme[] = [digest, keyed, crypt];
