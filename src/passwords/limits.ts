/**
 * Every bound on what a row may ask for, with its reason. A stored hash is input like any other: one hostile or
 * damaged row must not be able to stop the process. All of these are checked before any work begins.
 */
export const LIMITS = {
  /**
   * Characters of the password column. The longest value in use is a 256-byte key with its salt in base64 or a small
   * serialised record, some 600 characters; whatever is longer is no password hash, and no parser sees it.
   */
  encodedLength: 1024,

  /** Characters of the salt column. Salts in the wild end at 128; the rest is another column mapped by mistake. */
  saltLength: 1024,

  /**
   * bcrypt's cost is a power of two: 15 takes about two seconds of one core here, 20 over a minute, 31 a day and a
   * half. 15 is also what Ory Kratos allows (`hash/hash_limits.go`); PHP's default is 10 to 12. Below 4 no
   * implementation computes anything (`crypt_blowfish.c`, `BF_crypt`).
   */
  bcrypt: { minCost: 4, maxCost: 15 },

  argon2: {
    /**
     * Each worker thread may hold this much at the same time, so the whole pool needs `threads` times as much. 256 MiB
     * is libsodium's MODERATE; PHP's default is 64 MiB, Django's 100 MiB.
     */
    maxMemoryKiB: 256 * 1024,
    /** 8 KiB a lane: the least the algorithm is defined for (RFC 9106, 3.1). */
    minMemoryKiBPerLane: 8,
    /** Alone it bounds nothing, see `maxWork`; real rows have 1 to 16. */
    maxIterations: 100,
    /** One operating system thread a lane; Ory Kratos and Supabase allow 16 as well. */
    maxLanes: 16,
    /** Memory in KiB times passes: 2 GiB written takes about 1.6 seconds of one core, like bcrypt's highest cost. */
    maxWork: 2 * 1024 * 1024,
    /** RFC 9106, 3.1 asks for 8 bytes and more; PHP writes 16. */
    saltBytes: { min: 8, max: 64 },
    /**
     * RFC 9106 allows 4 bytes, but nobody stores less than 16: a shorter tag is one that a narrow column has cut, and
     * it would let one guess in 2^32 pass.
     */
    tagBytes: { min: 16, max: 128 },
  },

  pbkdf2: {
    /** What Ory Kratos allows (`hash/hash_limits.go`); Django's default of 2025 is 1.2 million, and it grows. */
    maxIterations: 10_000_000,
    /** Of one core, like bcrypt's highest cost: a long key, or SHA-512, takes several times what SHA-256 takes. */
    maxMilliseconds: 2000,
    /** Salts in the wild end at 128 bytes; the length of a column bounds them already. */
    maxSaltBytes: 1024,
    /** 16 is the least that software makes by default or accepts; 389 Directory Server keeps 256. */
    keyBytes: { min: 16, max: 256 },
  },

  scrypt: {
    /** 128 times N times r, in each worker thread; as much as argon2 may have. OWASP's first choice takes 128 MiB. */
    maxMemoryBytes: 256 * 1024 * 1024,
    /** Python, Go and Ruby write 8; Gitea 16. */
    maxBlockSize: 32,
    /** Ory Kratos allows 10, and real rows have 1 to 5. */
    maxParallelism: 16,
    /** N times r times p: some 2 seconds of one core, like bcrypt's highest cost. */
    maxWork: 7 * 1024 * 1024,
    maxSaltBytes: 1024,
    /** A shorter key is one that a narrow column has cut. */
    keyBytes: { min: 16, max: 256 },
  },

  /** Bytes of a salt that stands with a plain digest. Real ones have 4 to 64. */
  digestSaltBytes: 256,
} as const;
