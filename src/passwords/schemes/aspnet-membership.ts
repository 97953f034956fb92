import { createHash, createHmac } from 'node:crypto';
import { judgeDigest } from '../judgement.ts';
import type { ParsedHash, Scheme } from '../scheme.ts';
import { besideFault } from './beside-fault.ts';
import { comparedDigest } from './compared-digest.ts';
import { damagedValue } from './damaged.ts';
import { readBase64 } from './encoding.ts';
import { utf16le } from './password-text.ts';

/** `hashAlgorithmType` of `<membership>`, with the digest's bytes. */
const DIGESTS = { sha1: 20, sha256: 32, sha512: 64 } as const;
type Digest = keyof typeof DIGESTS;

/** By the name of the scheme, with the salt of `example.ts`. */
const EXAMPLES: Readonly<Record<string, string>> = {
  'aspnet-membership-sha1': 'e/BTsS/tvwFf2O34ARVSU/BOabA=',
  'aspnet-membership-hmacsha1': 'R9YK8KHFDaWC48rwY16QN2dHaVk=',
  'aspnet-membership-sha256': 'dmcCvUVA1PFARJKEMXjoVL6xJylLoOIVz3hFEyfmQ04=',
  'aspnet-membership-hmacsha256': 'hzqvSDIDTeeIXLtGWXYm1yKOV9F9BYKSyYfIwrbLg7I=',
  'aspnet-membership-sha512':
    '+fQGyFHx5clI9NrimKfEx7Lh9H4ZGB9z3uqV1Ge4D09vUzwNAOqOTnhWx8QW951mIZVPmXewtHsUkK+R8aucSw==',
  'aspnet-membership-hmacsha512':
    'e28EBnoFQhiHM+hHOle2/gKSzXE9Rpjp3LIyoisjiyo5PGelw4pulL4VMyM+LyFWkU4+8xQWW9+Ti+KHlXrOkQ==',
};

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
    about: {
      foundIn: `ASP.NET 2 to 4 with SqlMembershipProvider, hashAlgorithmType ${name.replace('aspnet-membership-', '').toUpperCase()}: aspnet_Membership.Password and PasswordSalt`,
      example: EXAMPLES[name] ?? '',
    },
    needs: ['salt'],
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
          besideFault(name, 'salt', salt) ??
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
  about: {
    foundIn: 'Episerver 6 and later: aspnet_Membership, as hashcat and John the Ripper export it',
    example: '$episerver$*1*AAECAwQFBgcICQoLDA0ODw==*IrOCIakcIBD5MVKBSeF2RM+L1LqQ5eRpEYct9USw2ZM',
  },
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
    parameters: { digest: compute === keyed ? `hmac-${digest}` : digest },
    judgement: judgeDigest({ digest }),
    outOfBounds,
    expected,
    compute(password) {
      const text = utf16le(password);
      return text === undefined ? undefined : compute(digest, salt, text);
    },
    decoy,
  });
