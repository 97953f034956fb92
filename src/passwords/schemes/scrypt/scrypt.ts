import { scryptSync, timingSafeEqual } from 'node:crypto';
import { saltLike } from '../../fresh-salt.ts';
import { judgeScrypt } from '../../judgement.ts';
import { LIMITS } from '../../limits.ts';
import type { About, Beside, ParsedHash, Scheme, StoredHash } from '../../scheme.ts';
import { damagedValue } from '../damaged.ts';
import { writtenLike } from '../written-like.ts';

/** What a value says that was hashed with scrypt (RFC 7914), however it is laid out. */
export interface ScryptValue {
  /** The cost itself, a power of two; not its logarithm. */
  readonly N: number;
  /** The block size. */
  readonly r: number;
  /** The parallelism. */
  readonly p: number;
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** How one piece of software lays out an scrypt value. */
export interface ScryptLayout {
  readonly name: string;
  readonly about: About;
  readonly needs?: readonly Beside[];
  /** What stands in front of every such value; without one, configuration names the scheme. */
  readonly prefix?: RegExp;
  /** The software always stores this much; a shorter key was cut. */
  readonly keyBytes?: number;
  /** @returns undefined when the value is not laid out like this; sizes are not checked */
  read(stored: StoredHash): ScryptValue | undefined;
  write(value: ScryptValue): string;
  /** What the row lacks that the layout needs; `read` answers with a value all the same. */
  fault?(stored: StoredHash): string | undefined;
}

export function scryptScheme(layout: ScryptLayout): Scheme {
  const { name, about, needs, prefix } = layout;
  return {
    name,
    about,
    ...(needs === undefined ? {} : { needs }),
    selfDescribing: prefix !== undefined,

    parse(stored) {
      const value = layout.read(stored);
      if (value === undefined) return undefined;
      if (value.key.length !== (layout.keyBytes ?? value.key.length)) return undefined;
      const outOfBounds = layout.fault?.(stored) ?? faultOf(value);
      const { N, r, p, salt, key } = value;
      return {
        scheme: name,
        parameters: { N, r, p },
        judgement: judgeScrypt(value),
        ...(outOfBounds === undefined ? {} : { outOfBounds }),
        cost: 0.0003 * N * r * p,
        verify: async (password) =>
          timingSafeEqual(scryptSync(password, salt, key.length, { N, r, p, maxmem: memoryOf(value) }), key),
        lossy: () => false,
        decoy: () => layout.write({ ...value, key: Buffer.alloc(key.length) }),
        async remake(password, fresh) {
          const inColumn = needs?.includes('salt') === true;
          const freshSalt = inColumn ? salt : saltLike(salt, fresh);
          const freshKey = scryptSync(password, freshSalt, key.length, { N, r, p, maxmem: memoryOf(value) });
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

/** OpenSSL counts the block of every lane and some working memory too. */
const memoryOf = ({ N, r, p }: ScryptValue) => 128 * r * (N + p + 2);

function faultOf(value: ScryptValue): string | undefined {
  const { maxMemoryBytes, maxBlockSize, maxParallelism, maxWork, maxSaltBytes, keyBytes } = LIMITS.scrypt;
  const { N, r, p, salt, key } = value;
  const says = (what: string, allowed: string) => `scrypt's ${what}; verified are ${allowed}.`;
  if (r < 1 || r > maxBlockSize) return says(`block size r is ${r}`, `1 to ${maxBlockSize}`);
  if (p < 1 || p > maxParallelism) return says(`parallelism p is ${p}`, `1 to ${maxParallelism}`);
  if (128 * N * r > maxMemoryBytes) {
    return says(`memory is ${128 * N * r} bytes (N ${N}, r ${r})`, `up to ${maxMemoryBytes}`);
  }
  // RFC 7914, 2: N is a power of two, larger than 1 and less than 2^(128 r / 8).
  if (N < 2 || !Number.isInteger(Math.log2(N)) || Math.log2(N) >= 16 * r) {
    return says(`cost N is ${N}`, 'powers of two that the block size allows');
  }
  if (N * r * p > maxWork) return says(`work N times r times p is ${N * r * p}`, `up to ${maxWork}`);
  if (salt.length > maxSaltBytes) return says(`salt has ${salt.length} bytes`, `up to ${maxSaltBytes}`);
  if (key.length < keyBytes.min || key.length > keyBytes.max) {
    return says(`hash has ${key.length} bytes`, `${keyBytes.min} to ${keyBytes.max} (was the column cut?)`);
  }
  return undefined;
}
