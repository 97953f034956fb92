import { createRequire } from 'node:module';
import { bcryptVerify } from 'hash-wasm';
import type { ComputeArgon2 } from './engines/argon2-input.ts';
import { argon2Fault, bcryptFault } from './engines/known-answers.ts';
import { nativeArgon2 } from './engines/native-argon2.ts';
import { nativeBcrypt } from './engines/native-bcrypt.ts';
import { portableArgon2 } from './engines/portable-argon2.ts';
import { type ComputeBcrypt, portableBcrypt } from './engines/portable-bcrypt.ts';

/** Which library computes bcrypt and argon2 on this machine. */
export interface Engine {
  readonly bcrypt: ComputeBcrypt;
  /** Slower, and for whatever bytes `bcrypt` does not do: compares a key of 1 to 72 bytes with an encoded hash. */
  readonly verifyBcrypt: (key: Uint8Array, encoded: string) => Promise<boolean>;
  readonly argon2: ComputeArgon2;
  /** The names of the libraries, for logs and reports. */
  readonly libraries: { readonly bcrypt: string; readonly argon2: string };
  /** Milliseconds on one core of a small cloud machine; decoys of one scheme for rows of another need them right. */
  readonly milliseconds: { readonly bcryptOfCost10: number; readonly argon2PerKiBAndPass: number };
  /** A sentence for each native library that is there and is not used. */
  readonly warnings: readonly string[];
}

/**
 * Prefers the native libraries, which are optional dependencies, where they are present and right: each has to give the
 * known answers first. Whatever goes wrong with one, the portable library takes its place.
 *
 * @param load gives the package of this name, or throws as `require` does
 */
export function createEngine(load: (name: string) => unknown): Engine {
  const warnings: string[] = [];

  function choose<T>(name: string, wrap: (library: never) => T, faultOf: (compute: T) => string | undefined) {
    try {
      const compute = wrap(load(name) as never);
      const fault = faultOf(compute);
      if (fault === undefined) return compute;
      warnings.push(`${name} is not used: ${fault}.`);
    } catch (error) {
      if (!isAbsent(error))
        warnings.push(`${name} is not used: it cannot be loaded or fails (${nameOf(error)}).`);
    }
    return undefined;
  }

  const bcrypt = choose('@node-rs/bcrypt', nativeBcrypt, bcryptFault);
  const argon2 = choose('@node-rs/argon2', nativeArgon2, argon2Fault);
  return {
    bcrypt: bcrypt ?? portableBcrypt,
    verifyBcrypt: (password, hash) => bcryptVerify({ password, hash }),
    argon2: argon2 ?? portableArgon2,
    libraries: {
      bcrypt: bcrypt === undefined ? 'bcryptjs' : '@node-rs/bcrypt',
      argon2: argon2 === undefined ? 'node:crypto' : '@node-rs/argon2',
    },
    milliseconds: {
      bcryptOfCost10: bcrypt === undefined ? 65 : 48,
      argon2PerKiBAndPass: argon2 === undefined ? 0.0006 : 0.00026,
    },
    warnings,
  };
}

const isAbsent = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);

/** Decided once in each thread, as it starts. */
export const engine: Engine = createEngine(createRequire(import.meta.url));
