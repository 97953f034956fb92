import type { Judgement } from './scheme.ts';

/**
 * What protects a password once a table is lost, judged by parameters alone. The measure is the OWASP password storage
 * cheat sheet. Its figures are for new hashes; what an old table holds counts as strong from about a sixth of that
 * work, where replacing it is no emergency any more. All thresholds stand here, so that no scheme has its own.
 */

/** PHP's default until 8.3, and the least that OWASP accepts of bcrypt. */
const STRONG_BCRYPT_COST = 10;

/** Below the smallest set of OWASP (7 MiB, 5 passes) there is less memory than makes a graphics card slow. */
const STRONG_ARGON2 = { memoryKiB: 7168, work: 7168 * 5 };
/** A mebibyte written once fits into the caches of a graphics card. */
const BROKEN_ARGON2_WORK = 1024;

/** N times r times p. OWASP has 2^20; 2^17 (16 MiB, once) is what scrypt's author set for logins. */
const STRONG_SCRYPT_WORK = 2 ** 17;
const BROKEN_SCRYPT_WORK = 2 ** 13;

/** Iterations of an HMAC: OWASP's 1,300,000 for SHA-1, 600,000 for SHA-256 and 210,000 for SHA-512, and a sixth of it. */
const STRONG_ITERATIONS: Readonly<Record<string, number>> = {
  md5: 440_000,
  sha1: 220_000,
  sha224: 100_000,
  sha256: 100_000,
  sha384: 35_000,
  sha512: 35_000,
};
/** For digests that OWASP does not name. */
const STRONG_ITERATIONS_OF_OTHERS = 440_000;
/** RFC 2898 asked for a thousand in the year 2000. */
const LEAST_ITERATIONS = 1000;
/** One HMAC is the work of two digests. */
const DIGESTS_AN_HMAC = 2;

const STRONG: Judgement = { strength: 'strong' };
const weak = (reason: string): Judgement => ({ strength: 'weak', reason });

export const broken = (reason: string): Judgement => ({ strength: 'broken', reason });

export const judgeBcrypt = (cost: number): Judgement =>
  cost >= STRONG_BCRYPT_COST
    ? STRONG
    : weak(`bcrypt's cost is ${cost}, and ${STRONG_BCRYPT_COST} is the least`);

export function judgeArgon2(of: { readonly memoryKiB: number; readonly iterations: number }): Judgement {
  const { memoryKiB, iterations } = of;
  const work = memoryKiB * iterations;
  if (memoryKiB >= STRONG_ARGON2.memoryKiB && work >= STRONG_ARGON2.work) return STRONG;
  const says = `argon2 with ${memoryKiB} KiB and ${iterations} ${iterations === 1 ? 'pass' : 'passes'}`;
  return work < BROKEN_ARGON2_WORK
    ? broken(`${says} is next to no work`)
    : weak(`${says} is less than OWASP's least`);
}

/** @param of N is the cost itself, not its logarithm */
export function judgeScrypt(of: { readonly N: number; readonly r: number; readonly p: number }): Judgement {
  const work = of.N * of.r * of.p;
  if (work >= STRONG_SCRYPT_WORK) return STRONG;
  const says = `scrypt with N ${of.N}, r ${of.r} and p ${of.p}`;
  return work < BROKEN_SCRYPT_WORK
    ? broken(`${says} is next to no work`)
    : weak(`${says} needs less than 16 MiB`);
}

/** PBKDF2, and whatever else repeats an HMAC. */
export function judgePbkdf2(of: { readonly digest: string; readonly iterations: number }): Judgement {
  const { digest, iterations } = of;
  const strong = STRONG_ITERATIONS[digest] ?? STRONG_ITERATIONS_OF_OTHERS;
  if (iterations >= strong) return STRONG;
  const says = `${iterations} ${iterations === 1 ? 'iteration' : 'iterations'} of ${digest}`;
  if (iterations < LEAST_ITERATIONS) return broken(`${says} are hardly more work than one`);
  return weak(`${says}, and ${strong} are the least`);
}

/** A digest of a digest, as many times as `rounds` says; one that is taken once is broken, salted or not. */
export function judgeDigest(of: { readonly digest: string; readonly rounds?: number }): Judgement {
  const { digest, rounds = 1 } = of;
  if (rounds === 1) return broken(`one ${digest}: a graphics card tries billions of passwords a second`);
  const strong = (STRONG_ITERATIONS[digest] ?? STRONG_ITERATIONS_OF_OTHERS) * DIGESTS_AN_HMAC;
  if (rounds >= strong) return STRONG;
  const says = `${rounds} rounds of ${digest}`;
  if (rounds < LEAST_ITERATIONS) return broken(`${says} are hardly more work than one`);
  return weak(`${says}, and ${strong} are the least`);
}

/** crypt(3) of the time of DES: a key has 56 bits, and all passwords of eight characters were searched long ago. */
export function judgeDes(rounds: number): Judgement {
  if (rounds < LEAST_ITERATIONS) return broken('DES of few rounds: every key can be tried');
  return weak('DES: a key has 56 bits, however many rounds there are');
}

/** A memory-hard scheme whose settings all ask for enough. */
export const judgedStrong = STRONG;
