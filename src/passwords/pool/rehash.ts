import type { Credential } from '../../domain/credential.ts';
import { engine } from '../engine.ts';
import type { Argon2Input } from '../engines/argon2-input.ts';
import { LIMITS } from '../limits.ts';
import type { PasswordsOptions } from '../options.ts';
import { readArgon2, writeArgon2 } from '../schemes/argon2.ts';
import { readBcryptCost } from '../schemes/bcrypt.ts';

export const REHASH_SALT_BYTES = 16;
const TAG_BYTES = 32;
/** 19 MiB, 2 passes. */
const DEFAULT_WORK = 19_456 * 2;

export interface RehashTask {
  readonly password: Uint8Array;
  readonly replaces: Credential;
  readonly argon2id: PasswordsOptions['argon2id'];
  /** 16 random bytes. */
  readonly salt: Uint8Array;
}

/** @returns argon2id in PHC format with the standard order of parameters, `m,t,p` */
export async function rehash({ password, replaces, argon2id, salt }: RehashTask): Promise<string> {
  const { memoryKiB, iterations, parallelism } = rehashSettings(replaces, argon2id);
  const input: Argon2Input = {
    variant: 'argon2id',
    version: 19,
    memoryKiB,
    iterations,
    lanes: parallelism,
    salt: Buffer.from(salt),
    tagLength: TAG_BYTES,
  };
  return writeArgon2(input, await engine.argon2(input, password));
}

/** What a rehash that replaces this credential is made with. */
export function rehashSettings(
  replaces: Credential,
  configured: PasswordsOptions['argon2id'],
): PasswordsOptions['argon2id'] {
  const { memoryKiB, iterations } = notWeakerThan(replaces, configured);
  return { memoryKiB, iterations, parallelism: configured.parallelism };
}

type Effort = Pick<Argon2Input, 'memoryKiB' | 'iterations'>;

/** Guessing argon2id at 19 MiB and 2 passes costs an attacker about what bcrypt at this cost does (OWASP). */
const BCRYPT_COST_OF_THE_DEFAULT = 10;

/** A rehash may be more work than configured, never less than what it replaces. */
function notWeakerThan(replaces: Credential, configured: Effort): Effort {
  const encoded = withoutWrapping(replaces.encoded);
  const cost = readBcryptCost(encoded);
  if (cost !== undefined) return asStrongAsBcrypt(cost, configured);
  const replaced = readArgon2(encoded);
  return replaced === undefined ? configured : asStrongAsArgon2(replaced, configured);
}

/**
 * Formats that put no more than a prefix in front of one of these two. Named one by one: behind any other text the same
 * characters may be somebody's plain password, and ask for work without bounds.
 */
const WRAPPING =
  /^(?:bcrypt(?:_sha256)?\$|argon2|\$wp|[123]\||\{(?:bcrypt|BLF-CRYPT|CRYPT|ARGON2(?:I|ID|@SpringSecurity_v5_8)?)\})(?=\$)/i;
const withoutWrapping = (encoded: string) => encoded.replace(WRAPPING, '');

/** Each step of bcrypt's cost doubles the work: memory doubles with it as far as it may, then passes. */
function asStrongAsBcrypt(cost: number, configured: Effort): Effort {
  const wanted = DEFAULT_WORK * 2 ** Math.max(0, cost - BCRYPT_COST_OF_THE_DEFAULT);
  if (configured.memoryKiB * configured.iterations >= wanted) return configured;
  const { iterations } = configured;
  const memoryKiB = Math.min(
    Math.max(configured.memoryKiB, Math.ceil(wanted / iterations)),
    LIMITS.argon2.maxMemoryKiB,
  );
  return { memoryKiB, iterations: Math.max(iterations, Math.ceil(wanted / memoryKiB)) };
}

/**
 * The larger memory and the larger iterations of what is configured and what the replaced argon2 had. Where the two
 * together are more work than the bounds allow, iterations give way: the product is then still no less than either's.
 */
function asStrongAsArgon2(replaced: Effort, configured: Effort): Effort {
  const memoryKiB = Math.max(configured.memoryKiB, replaced.memoryKiB);
  const iterations = Math.max(configured.iterations, replaced.iterations);
  const most = Math.max(LIMITS.argon2.maxWork, configured.memoryKiB * configured.iterations);
  return { memoryKiB, iterations: Math.min(iterations, Math.max(1, Math.floor(most / memoryKiB))) };
}
