import { pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { pbkdf2Milliseconds } from '../../cost.ts';
import { saltLike } from '../../fresh-salt.ts';
import { judgePbkdf2 } from '../../judgement.ts';
import { LIMITS } from '../../limits.ts';
import type { About, Beside, ParsedHash, Scheme, StoredHash } from '../../scheme.ts';
import { damagedValue } from '../damaged.ts';
import { writtenLike } from '../written-like.ts';

/** What one run of the digest makes. */
export const BLOCK_BYTES = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  'sha3-224': 28,
  'sha3-384': 48,
} as const;

export type Pbkdf2Digest = keyof typeof BLOCK_BYTES;

/** What a value says that was hashed with PBKDF2 (RFC 8018, 5.2), however it is laid out. */
export interface Pbkdf2Value {
  readonly digest: Pbkdf2Digest;
  /** What the same value means to other software; both are computed, and either may match. */
  readonly otherwise?: Pbkdf2Digest;
  readonly iterations: number;
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** How one piece of software lays out a PBKDF2 value. */
export interface Pbkdf2Layout {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly about: About;
  readonly needs?: readonly Beside[];
  /** What stands in front of every such value; without one, configuration names the scheme. */
  readonly prefix?: RegExp;
  /** True when a whole value names itself, although not by a prefix. */
  readonly unmistakable?: boolean;
  /** The software always stores as much as the digest makes; a shorter key was cut. */
  readonly wholeKey?: boolean;
  /** @returns undefined when the value is not laid out like this; sizes are not checked */
  read(stored: StoredHash): Pbkdf2Value | undefined;
  write(value: Pbkdf2Value): string;
  /** What the row lacks that the layout needs; `read` answers with a value all the same. */
  fault?(stored: StoredHash): string | undefined;
  /** The secret of the software's configuration stands behind the salt. */
  readonly pepperAfterSalt?: boolean;
}

export function pbkdf2Scheme(layout: Pbkdf2Layout): Scheme {
  const { name, aliases, about, needs, prefix } = layout;
  return {
    name,
    ...(aliases === undefined ? {} : { aliases }),
    about,
    ...(needs === undefined ? {} : { needs }),
    ...(layout.pepperAfterSalt ? { takes: ['pepper'] } : {}),
    selfDescribing: prefix !== undefined || layout.unmistakable === true,

    parse(stored) {
      const value = layout.read(stored);
      if (value === undefined) return undefined;
      if (layout.wholeKey && value.key.length !== BLOCK_BYTES[value.digest]) return undefined;
      const outOfBounds = layout.fault?.(stored) ?? pbkdf2Fault(value);
      const { digest, iterations, key } = value;
      const pepper = layout.pepperAfterSalt ? (stored.pepper ?? '') : '';
      const salt = Buffer.concat([value.salt, Buffer.from(pepper)]);
      return {
        scheme: name,
        parameters: { digest, iterations },
        judgement: judgePbkdf2({ digest, iterations }),
        ...(outOfBounds === undefined ? {} : { outOfBounds }),
        cost: millisecondsOf(value),
        async verify(password) {
          const matches = (by: Pbkdf2Digest) =>
            timingSafeEqual(pbkdf2Sync(password, salt, iterations, key.length, by), key);
          const matchesOtherwise = value.otherwise !== undefined && matches(value.otherwise);
          return matches(digest) || matchesOtherwise;
        },
        lossy: () => false,
        decoy: () => layout.write({ ...value, key: Buffer.alloc(key.length) }),
        async remake(password, fresh) {
          if (value.otherwise !== undefined) return undefined;
          const inColumn = needs?.includes('salt') === true;
          const freshSalt = inColumn ? value.salt : saltLike(value.salt, fresh);
          const peppered = Buffer.concat([freshSalt, Buffer.from(pepper)]);
          const freshKey = pbkdf2Sync(password, peppered, iterations, key.length, digest);
          if (inColumn) return writtenLike(stored.encoded, key, freshKey);
          if (layout.write(value) !== stored.encoded) return undefined;
          return layout.write({ ...value, salt: freshSalt, key: freshKey });
        },
      } satisfies ParsedHash;
    },

    ...(prefix === undefined
      ? {}
      : { damage: (encoded) => (prefix.test(encoded) ? damagedValue(name, encoded) : undefined) }),
  };
}

export function readDigest(text: string | undefined): Pbkdf2Digest | undefined {
  return text !== undefined && Object.hasOwn(BLOCK_BYTES, text) ? (text as Pbkdf2Digest) : undefined;
}

function millisecondsOf({ digest, otherwise, iterations, key }: Pbkdf2Value): number {
  const by = (one: Pbkdf2Digest) =>
    pbkdf2Milliseconds(one, iterations, Math.ceil(key.length / BLOCK_BYTES[one]));
  return by(digest) + (otherwise === undefined ? 0 : by(otherwise));
}

/** What of it lies outside the bounds, as a sentence. */
export function pbkdf2Fault(value: Pbkdf2Value): string | undefined {
  const { maxIterations, maxMilliseconds, maxSaltBytes, keyBytes } = LIMITS.pbkdf2;
  const { iterations, salt, key } = value;
  const says = (what: string, allowed: string) => `PBKDF2's ${what}; verified are ${allowed}.`;
  if (iterations < 1 || iterations > maxIterations) {
    return says(`iterations are ${iterations}`, `1 to ${maxIterations}`);
  }
  if (key.length < keyBytes.min || key.length > keyBytes.max) {
    return says(`hash has ${key.length} bytes`, `${keyBytes.min} to ${keyBytes.max} (was the column cut?)`);
  }
  if (salt.length > maxSaltBytes) return says(`salt has ${salt.length} bytes`, `up to ${maxSaltBytes}`);
  if (millisecondsOf(value) > maxMilliseconds) {
    const work = `iterations are ${iterations} for a hash of ${key.length} bytes`;
    return says(work, `those that take up to ${maxMilliseconds} milliseconds`);
  }
  return undefined;
}
