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

  /** Recipes come from the configuration, which is trusted; typing errors are not. */
  recipe: {
    /** Characters. The longest recipe of a known system has about 80. */
    length: 512,
    /** Functions inside functions; known systems need four. Keeps the recursion of the parser flat. */
    depth: 16,
    /** Digests that one verification computes. Symfony's default is 5,000; half a million take half a second. */
    digests: 500_000,
    /**
     * Bytes that are hashed for a password, a salt and a name of 4,096 bytes each: what rounds over all of them take,
     * about two seconds. Symfony's 5,000 rounds are a twentieth of it.
     */
    workBytes: 1024 * 1024 * 1024,
    /** Bytes of an intermediate value for a password of 4,096 bytes, so that `hex(hex(...))` does not grow. */
    valueBytes: 65_536,
    /** Bytes that PBKDF2 may be asked for: twice the longest digest. */
    keyBytes: 128,
    /** Compiled recipes that are kept; a configuration names a handful. */
    compiled: 256,
  },

  crypt: {
    /**
     * Bytes of a password that crypt(3) hashes: libxcrypt refuses 512 and more (`CRYPT_MAX_PASSPHRASE_SIZE`), and
     * what is longer never matches here either. sha-crypt begins with as many copies of the password as it has bytes:
     * 256 KiB for 511 bytes, 16 MiB for 4096.
     */
    passwordBytes: 511,
    /**
     * The format allows 999,999,999 rounds, a quarter of an hour of one core. passlib's default, the highest in common use,
     * is 656,000; a million takes 0.6 seconds, and a second more with the longest password. Fewer than 1000 no
     * implementation writes (SHA-crypt.txt).
     */
    sha: { minRounds: 1000, maxRounds: 1_000_000 },
    /** 16,777,215 in the format; passlib's default is 5001, and five million take a second. */
    bsdi: { maxRounds: 5_000_000 },
    /** Sixteen segments of eight; what is longer Digital Unix ignored (libxcrypt, `crypt-des.c`). */
    bigcryptBytes: 128,
    /** 4,294,967,295 in the format; passlib's default is 480,000, and 600,000 take a second. */
    sha1: { maxRounds: 600_000 },
    /** 4,294,967,295 in the format; libxcrypt writes up to 131,071 on top of the basic 4096. 400,000 take 0.8 seconds. */
    sunmd5: { maxRounds: 400_000 },
    /**
     * Memory is 128 N r: libxcrypt's default is 64 MiB, and each of its steps doubles that, up to 1 GiB. Each worker
     * thread may hold this much at the same time. Work is N r p, written and read once: 2^21 take one to two seconds.
     */
    scrypt: { minLog2: 1, maxLog2: 18, maxBytes: 256 * 1024 * 1024, maxWork: 2 ** 21 },
    /**
     * Memory is 128 N r: Debian's default is 16 MiB, and libxcrypt's highest of eleven steps 1 GiB; 256 MiB is the ninth.
     * Each worker thread may hold this much at the same time. Work counts blocks that are written or read, N r for each
     * pass: 2^23 take 1.3 seconds of one core. Fewer than four blocks no library computes.
     */
    yescrypt: { minLog2: 2, maxLog2: 21, maxBytes: 272 * 1024 * 1024, maxWork: 2 ** 23 },
  },

  phpass: {
    /** WordPress writes 13, Drupal 15 or 16, passlib up to 19; each step doubles the work, and 30 is the format's end. */
    minLog2: 7,
    maxLog2: 19,
    /** Every round hashes the password again, so both refuse longer ones: `class-phpass.php` and `password.inc`. */
    passwordBytes: 4096,
    drupalPasswordBytes: 512,
  },

  iteratedDigest: {
    /** Rounds of one digest after the other: Apache Shiro writes 500,000, and a million take about half a second of one core. */
    maxRounds: 1_000_000,
  },

  firebaseScrypt: {
    /** The powers of two that Firebase itself allows (`HashOptions.memoryCost` of its user import): 16 MiB at the most. */
    minMemCost: 1,
    maxMemCost: 14,
    /** scrypt's block size; Firebase allows 8 as well. */
    maxRounds: 8,
    /** Firebase's signer keys have 64 bytes. They are encrypted with what scrypt gives, so nothing shorter identifies. */
    signerKeyBytes: { min: 32, max: 128 },
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
