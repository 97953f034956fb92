import { createHash, timingSafeEqual } from 'node:crypto';
import { LIMITS } from '../limits.ts';
import type { ParsedHash, Scheme } from '../scheme.ts';

const DIGESTS = { md5: 16, sha1: 20, sha256: 32 } as const;
type Digest = keyof typeof DIGESTS;

/** What is hashed, in hashcat's notation. The salt column is used as it stands, as UTF-8. */
const INPUTS = {
  $pass: (password: Uint8Array) => [password],
  '$salt.$pass': (password: Uint8Array, salt: Uint8Array) => [salt, password],
  '$pass.$salt': (password: Uint8Array, salt: Uint8Array) => [password, salt],
} as const;
type Input = keyof typeof INPUTS;

/**
 * One round of a plain digest, in hexadecimal of either case or in base64. Its text does not name it (32 hexadecimal
 * digits may be MD5, NTLM or a recipe), so configuration does.
 */
export const digests: readonly Scheme[] = (Object.keys(DIGESTS) as Digest[]).flatMap((digest) =>
  (Object.keys(INPUTS) as Input[]).map((input) => digestScheme(digest, input)),
);

function digestScheme(digest: Digest, input: Input): Scheme {
  const name = `${digest}(${input})`;
  return {
    name,
    ...(input === '$pass' ? { aliases: [digest] } : {}),
    selfDescribing: false,

    parse({ encoded, salt }) {
      const expected = readBytes(encoded, DIGESTS[digest]);
      if (expected === undefined) return undefined;
      const outOfBounds = input === '$pass' ? undefined : saltFault(name, salt);
      const saltBytes = Buffer.from(salt ?? '', 'utf8');
      return {
        scheme: name,
        ...(outOfBounds === undefined ? {} : { outOfBounds }),
        cost: 0.01,
        async verify(password) {
          const hash = createHash(digest);
          for (const part of INPUTS[input](password, saltBytes)) hash.update(part);
          return timingSafeEqual(hash.digest(), expected);
        },
        lossy: () => false,
        decoy: () => '0'.repeat(2 * DIGESTS[digest]),
      } satisfies ParsedHash;
    },
  };
}

/** An empty salt is a salt: the legacy system put nothing in front of the password either. */
function saltFault(name: string, salt: string | undefined): string | undefined {
  if (salt === undefined) {
    return `${name} needs a salt, and this row has none: map the salt column, or look why it is empty.`;
  }
  if (salt.length > LIMITS.saltLength) {
    return `The salt has ${salt.length} characters; verified are up to ${LIMITS.saltLength}.`;
  }
  return undefined;
}

/** @returns undefined unless the text is hexadecimal or canonical base64 of exactly this many bytes */
function readBytes(encoded: string, length: number): Buffer | undefined {
  if (encoded.length === 2 * length && /^[0-9a-f]+$/i.test(encoded)) return Buffer.from(encoded, 'hex');
  const bytes = Buffer.from(encoded, 'base64');
  const canonical = bytes.toString('base64');
  const isBase64 = encoded === canonical || encoded === canonical.replace(/=+$/, '');
  return bytes.length === length && isBase64 ? bytes : undefined;
}
