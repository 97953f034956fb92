import { createHash, createHmac } from 'node:crypto';
import type { ParsedHash, Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';
import { damagedValue } from './damaged.ts';
import { readBase64 } from './encoding.ts';
import { utf16le } from './password-text.ts';
import { saltFault } from './salt-fault.ts';

/** `hashAlgorithmType` of `<membership>`, with the digest's bytes. */
const DIGESTS = { sha1: 20, sha256: 32, sha512: 64 } as const;
type Digest = keyof typeof DIGESTS;

/** Bytes of the key that .NET's HMAC classes make for themselves, and that the salt is stretched to. */
const HMAC_KEYS = { sha1: 64, sha256: 64, sha512: 128 } as const;

type Compute = (digest: Digest, salt: Buffer, text: Buffer) => Buffer;

const plain: Compute = (digest, salt, text) => createHash(digest).update(salt).update(text).digest();

/** `EncodePassword` of `SqlMembershipProvider`: the salt again and again, or its beginning, is the key. */
const keyed: Compute = (digest, salt, text) =>
  createHmac(digest, Buffer.alloc(HMAC_KEYS[digest], salt)).update(text).digest();

/**
 * ASP.NET Membership with `PasswordFormat` 1: hash and salt are two columns, both base64. Neither names the digest, so
 * configuration does; `sha1` is the default of .NET 2 and 3.5, `hmacsha256` that of .NET 4.
 */
export const membership: readonly Scheme[] = (Object.keys(DIGESTS) as Digest[]).flatMap((digest) => [
  membershipScheme(`aspnet-membership-${digest}`, digest, plain),
  membershipScheme(`aspnet-membership-hmac${digest}`, digest, keyed),
]);

function membershipScheme(name: string, digest: Digest, compute: Compute): Scheme {
  return {
    name,
    selfDescribing: false,

    parse({ encoded, salt }) {
      const expected = readBase64(encoded);
      if (expected?.length !== DIGESTS[digest]) return undefined;
      const saltBytes = readBase64(salt ?? '');
      return parsed({
        name,
        digest,
        compute,
        salt: saltBytes ?? Buffer.alloc(0),
        expected,
        outOfBounds:
          saltFault(name, salt) ??
          (saltBytes === undefined || saltBytes.length === 0
            ? `${name} has its salt in base64, and this row's is not: map the column PasswordSalt.`
            : undefined),
        decoy: Buffer.alloc(DIGESTS[digest]).toString('base64'),
      });
    },
  };
}

const EPISERVER = /^\$episerver\$\*([01])\*([^*]{1,256})\*([^*]{1,64})$/;

/** The same in one text, `$episerver$*0*salt*hash`, as tools export the two columns of Episerver's users. */
export const episerver: Scheme = {
  name: 'episerver',
  selfDescribing: true,

  parse({ encoded }) {
    const [, version, saltText = '', hashText = ''] = EPISERVER.exec(encoded) ?? [];
    if (version === undefined) return undefined;
    const digest = version === '0' ? 'sha1' : 'sha256';
    const [salt, expected] = [readBase64(saltText), readBase64(hashText)];
    if (salt === undefined || expected?.length !== DIGESTS[digest]) return undefined;
    const decoy = `$episerver$*${version}*AAAA*${Buffer.alloc(DIGESTS[digest]).toString('base64')}`;
    return parsed({ name: 'episerver', digest, compute: plain, salt, expected, decoy });
  },

  damage(encoded) {
    if (!encoded.startsWith('$episerver$')) return undefined;
    return damagedValue('$episerver$', encoded);
  },
};

interface Parts {
  readonly name: string;
  readonly digest: Digest;
  readonly compute: Compute;
  readonly salt: Buffer;
  readonly expected: Buffer;
  readonly outOfBounds?: string | undefined;
  readonly decoy: string;
}

const parsed = ({ name, digest, compute, salt, expected, outOfBounds, decoy }: Parts): ParsedHash =>
  comparedDigest({
    scheme: name,
    outOfBounds,
    expected,
    compute(password) {
      const text = utf16le(password);
      return text === undefined ? undefined : compute(digest, salt, text);
    },
    decoy,
  });
