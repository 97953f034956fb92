export type Argon2Variant = 'argon2i' | 'argon2d' | 'argon2id';

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

/** @returns the raw tag */
export type ComputeArgon2 = (input: Argon2Input, password: Uint8Array) => Buffer | Promise<Buffer>;
