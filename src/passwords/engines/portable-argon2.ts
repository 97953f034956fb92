import { argon2Sync } from 'node:crypto';
import { argon2d, argon2i, argon2id, hash } from 'argon2';
import type { Argon2Input, ComputeArgon2 } from './argon2-input.ts';

const PACKAGE_TYPES = { argon2i, argon2d, argon2id } as const;

/**
 * Version 1.3 is computed by Node itself, on the thread that asks. The `argon2` package computes in libuv's pool even
 * when a worker asks: four such hashes keep every DNS look-up and file read of the process waiting, and a worker that
 * ends while one is under way takes the process with it. It does what Node cannot: version 1.0, which is rare.
 */
export const portableArgon2: ComputeArgon2 = (input, password) => {
  const { variant, version, memoryKiB, iterations, lanes, salt, secret, tagLength } = input;
  if (version !== 19) return versionOne(input, password);
  return argon2Sync(variant, {
    message: password,
    nonce: salt,
    memory: memoryKiB,
    passes: iterations,
    parallelism: lanes,
    tagLength,
    ...(secret === undefined ? {} : { secret }),
  });
};

const versionOne = (input: Argon2Input, password: Uint8Array): Promise<Buffer> =>
  hash(Buffer.from(password), {
    raw: true,
    type: PACKAGE_TYPES[input.variant],
    version: input.version,
    memoryCost: input.memoryKiB,
    timeCost: input.iterations,
    parallelism: input.lanes,
    salt: input.salt,
    hashLength: input.tagLength,
    ...(input.secret === undefined ? {} : { secret: input.secret }),
  });
