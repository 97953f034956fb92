import { argon2Sync, createHash, createHmac, getHashes, pbkdf2Sync, scryptSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { encodeBase64, hashSync } from 'bcryptjs';
import { engine } from '../src/passwords/engine.ts';
import { CASES, type Case, PASSWORD } from './cases.ts';

/** The library itself, with nothing of this project around it and the parameters of the scheme's example. */
export interface Bare {
  readonly library: string;
  readonly run: () => unknown;
}

const load = createRequire(import.meta.url);

/** Speed does not depend on its bytes. */
const SALT = Buffer.alloc(16, 1);

/** Where a row keeps more or less of PBKDF2's output than one digest. */
const KEY_BYTES: Readonly<Record<string, number>> = {
  '389ds-pbkdf2': 256,
  'atlassian-pkcs5s2': 32,
  'aspnet-identity': 32,
  'aspnet-identity-v2': 32,
  'aspnet-identity-v3': 32,
  'spring-pbkdf2': 32,
  gitea: 50,
  'gitea-1': 50,
  'gitea-hi': 50,
  grafana: 50,
  keycloak: 64,
  msdcc2: 16,
  'pbkdf2-sha256(iterations=50000,length=50,salt=hex)': 50,
};

/** These have rounds of PBKDF2, although they count them otherwise. */
const ROUNDS_OF_PBKDF2: ReadonlySet<string> = new Set(['grafana', 'gitea', 'gitea-1', 'gitea-hi', 'msdcc2']);

/**
 * The library that a scheme uses comes first.
 *
 * @returns nothing for a scheme whose rounds are this project's own code: no library computes it
 */
export function bareOf({ name, hash }: Case): readonly Bare[] {
  const { digest, memoryKiB, iterations, parallelism, N, r, p, memCost, cost, rounds, kind } =
    hash.parameters as Readonly<Record<string, number>> & { readonly digest?: string };
  if (memoryKiB !== undefined) return argon2(memoryKiB, iterations ?? 1, parallelism ?? 1);
  if (memCost !== undefined) return [scrypt(2 ** memCost, rounds ?? 8, 1)];
  if (N !== undefined && kind === undefined) return [scrypt(N, r ?? 8, p ?? 1)];
  if (cost !== undefined) return bcrypt(cost).map((one) => (name === 'woltlab' ? twice(one) : one));
  if (digest === undefined) return [];
  const times = iterations ?? (ROUNDS_OF_PBKDF2.has(name) ? rounds : undefined);
  if (times !== undefined) return [pbkdf2(times, KEY_BYTES[name], digest)];
  return rounds === undefined ? single(digest) : [];
}

/** By the name of a scheme, for threads. */
export const bareNamed = (name: string): readonly Bare[] =>
  CASES.filter((one) => one.name === name).flatMap(bareOf);

/** Burning Board hashes the hash again. */
function twice({ library, run }: Bare): Bare {
  return {
    library,
    run() {
      run();
      run();
    },
  };
}

function bcrypt(cost: number): Bare[] {
  const setting = `$2b$${String(cost).padStart(2, '0')}$${encodeBase64([...SALT], SALT.length)}`;
  const portable = { library: 'bcryptjs', run: () => hashSync(PASSWORD.toString(), setting) };
  if (engine.libraries.bcrypt === portable.library) return [portable];
  const native = load('@node-rs/bcrypt') as typeof import('@node-rs/bcrypt');
  const options = { cost, salt: Uint8Array.from(SALT), version: '2y' } as const;
  return [{ library: engine.libraries.bcrypt, run: () => native.hashSync(PASSWORD, options) }, portable];
}

function argon2(memory: number, passes: number, parallelism: number): Bare[] {
  const input = { message: PASSWORD, nonce: SALT, memory, passes, parallelism, tagLength: 32 };
  const portable = { library: 'node:crypto', run: () => argon2Sync('argon2id', input) };
  if (engine.libraries.argon2 === portable.library) return [portable];
  const native = load('@node-rs/argon2') as typeof import('@node-rs/argon2');
  const options = {
    algorithm: 2,
    memoryCost: memory,
    timeCost: passes,
    parallelism,
    outputLen: 32,
    salt: SALT,
  };
  return [{ library: engine.libraries.argon2, run: () => native.hashRawSync(PASSWORD, options) }, portable];
}

function pbkdf2(iterations: number, bytes: number | undefined, digest: string): Bare {
  const length = bytes ?? createHash(digest).digest().length;
  return { library: 'node:crypto', run: () => pbkdf2Sync(PASSWORD, SALT, iterations, length, digest) };
}

function scrypt(cost: number, blockSize: number, parallelization: number): Bare {
  const options = { cost, blockSize, parallelization, maxmem: 2 ** 30 };
  return { library: 'node:crypto', run: () => scryptSync(PASSWORD, SALT, 64, options) };
}

function single(digest: string): Bare[] {
  const [, keyed, name = ''] = /^(hmac-)?(.*)$/.exec(digest.replace('sha3_', 'sha3-')) ?? [];
  if (!getHashes().includes(name)) return [];
  const run = () => (keyed ? createHmac(name, SALT) : createHash(name)).update(PASSWORD).digest();
  return [{ library: 'node:crypto', run }];
}
