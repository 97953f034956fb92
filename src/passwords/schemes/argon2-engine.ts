import { argon2Sync } from 'node:crypto';
import { argon2d, argon2i, argon2id, hash } from 'argon2';

export type Argon2Variant = 'argon2i' | 'argon2d' | 'argon2id';

const PACKAGE_TYPES = { argon2i, argon2d, argon2id } as const;

export interface Argon2Input {
  readonly variant: Argon2Variant;
  /** 19 is version 1.3 (RFC 9106), 16 is 1.0. */
  readonly version: number;
  readonly memoryKiB: number;
  readonly iterations: number;
  readonly lanes: number;
  readonly salt: Buffer;
  /** The key of RFC 9106 (`K`), which libraries call secret or pepper. */
  readonly secret?: Buffer;
  /** Bytes to compute. */
  readonly tagLength: number;
}

/**
 * The raw argon2 tag. Version 1.3 is computed by Node itself, on the thread that asks. The `argon2` package computes
 * in libuv's pool even when a worker asks: four such hashes keep every DNS look-up and file read of the process
 * waiting, and a worker that ends while one is under way takes the process with it. It does what Node cannot: version
 * 1.0, which is rare.
 */
export async function computeArgon2(input: Argon2Input, password: Uint8Array): Promise<Buffer> {
  const { variant, version, memoryKiB, iterations, lanes, salt, secret, tagLength } = input;
  if (version === 19) {
    return argon2Sync(variant, {
      message: password,
      nonce: salt,
      memory: memoryKiB,
      passes: iterations,
      parallelism: lanes,
      tagLength,
      ...(secret === undefined ? {} : { secret }),
    });
  }
  return hash(Buffer.from(password), {
    raw: true,
    type: PACKAGE_TYPES[variant],
    version,
    memoryCost: memoryKiB,
    timeCost: iterations,
    parallelism: lanes,
    salt,
    hashLength: tagLength,
    ...(secret === undefined ? {} : { secret }),
  });
}
