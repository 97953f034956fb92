import { timingSafeEqual } from 'node:crypto';
import { digestOf, writeDigest } from '../../digest.ts';
import { saltLike } from '../../fresh-salt.ts';
import { judgeDigest } from '../../judgement.ts';
import { LIMITS } from '../../limits.ts';
import { md4 } from '../../md4.ts';
import type { About, ParsedHash, Scheme, StoredHash } from '../../scheme.ts';
import { damagedValue } from '../damaged.ts';

export const DIGEST_BYTES = {
  md4: 16,
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
} as const;
export type SaltedDigestName = keyof typeof DIGEST_BYTES;

/** What a value says that is a digest of the password and its salt, however it is laid out. */
export interface DigestValue {
  readonly digest: SaltedDigestName;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** How one piece of software lays out a salted digest. */
export interface DigestLayout {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly about: About;
  /** What stands in front of every such value; without one, configuration names the scheme. */
  readonly prefix?: RegExp;
  readonly saltStands: 'before' | 'after';
  /** How many times the digest is taken, the second time of the first one's bytes. */
  readonly rounds?: number;
  /** A secret of the software's configuration stands between salt and password. */
  readonly pepperAfterSalt?: boolean;
  /** @returns undefined when the value is not laid out like this */
  read(stored: StoredHash): DigestValue | undefined;
  write(value: DigestValue): string;
}

export function saltedDigestScheme(layout: DigestLayout): Scheme {
  const { name, aliases, about, prefix, rounds = 1 } = layout;
  return {
    name,
    ...(aliases === undefined ? {} : { aliases }),
    about,
    ...(layout.pepperAfterSalt ? { takes: ['pepper'] } : {}),
    selfDescribing: prefix !== undefined,

    parse(stored) {
      const value = layout.read(stored);
      if (value === undefined || value.hash.length !== DIGEST_BYTES[value.digest]) return undefined;
      const { digest } = value;
      const outOfBounds = faultOf(value);
      const pepper = Buffer.from(layout.pepperAfterSalt ? (stored.pepper ?? '') : '');
      function hashed(salt: Buffer, password: Uint8Array): Buffer {
        const parts = layout.saltStands === 'before' ? [salt, pepper, password] : [password, pepper, salt];
        const bytes = saltedDigest(digest, Buffer.concat(parts));
        for (let round = 1; round < rounds; round += 1) writeDigest(digest, bytes, bytes);
        return bytes;
      }
      return {
        scheme: name,
        parameters: { digest, ...(rounds === 1 ? {} : { rounds }) },
        judgement: judgeDigest({ digest, rounds }),
        ...(outOfBounds === undefined ? {} : { outOfBounds }),
        cost: 0.01 + 0.0003 * (rounds - 1),
        async verify(password) {
          return timingSafeEqual(hashed(value.salt, password), value.hash);
        },
        lossy: () => false,
        decoy: () => layout.write({ ...value, hash: Buffer.alloc(value.hash.length) }),
        async remake(password, fresh) {
          if (layout.write(value) !== stored.encoded) return undefined;
          const salt = saltLike(value.salt, fresh);
          return layout.write({ ...value, salt, hash: hashed(salt, password) });
        },
      } satisfies ParsedHash;
    },

    ...(prefix === undefined
      ? {}
      : { damage: (encoded) => (prefix.test(encoded) ? damagedValue(name, encoded) : undefined) }),
  };
}

/** OpenSSL keeps MD4 among its legacy algorithms, which Node does not load. */
const saltedDigest = (digest: SaltedDigestName, bytes: Uint8Array): Buffer =>
  digest === 'md4' ? md4(bytes) : digestOf(digest, bytes);

function faultOf({ salt }: DigestValue): string | undefined {
  if (salt.length <= LIMITS.digestSaltBytes) return undefined;
  return `The salt has ${salt.length} bytes; verified are up to ${LIMITS.digestSaltBytes}.`;
}
