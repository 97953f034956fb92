import type { hashRawSync } from '@node-rs/argon2';
import type { ComputeArgon2 } from './argon2-input.ts';

/** Of `@node-rs/argon2`, whose types have them as `const enum`s that nobody can import. */
const ALGORITHMS = { argon2d: 0, argon2i: 1, argon2id: 2 } as const;
const VERSIONS = new Map([
  [16, 0],
  [19, 1],
]);

/** argon2 by `@node-rs/argon2`, on the thread that asks; its lanes share a pool of threads that is not libuv's. */
export function nativeArgon2(library: { hashRawSync: typeof hashRawSync }): ComputeArgon2 {
  return ({ variant, version, memoryKiB, iterations, lanes, salt, secret, tagLength }, password) => {
    const code = VERSIONS.get(version);
    if (code === undefined) throw new RangeError(`argon2 has no version ${version}.`);
    return library.hashRawSync(password, {
      algorithm: ALGORITHMS[variant] as number,
      version: code as number,
      memoryCost: memoryKiB,
      timeCost: iterations,
      parallelism: lanes,
      outputLen: tagLength,
      salt,
      ...(secret === undefined ? {} : { secret }),
    });
  };
}
