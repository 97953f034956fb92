import { argon2Sync, createHash, pbkdf2Sync, scryptSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { hashSync } from 'bcryptjs';
import type { Credential } from '../src/domain/credential.ts';
import { createEngine } from '../src/passwords/engine.ts';
import { identify } from '../src/passwords/identify/identify.ts';
import type { Scheme } from '../src/passwords/scheme.ts';
import { SEEDS, seedsOf } from '../test/fuzz/seeds.ts';

export const PASSWORD = Buffer.from('correct horse battery staple');
const SALT = Buffer.from('0123456789abcdef');
const SETTING = '$2b$10$abcdefghijklmnopqrstuu';
const ARGON2 = {
  variant: 'argon2id',
  version: 19,
  memoryKiB: 19_456,
  iterations: 2,
  lanes: 1,
  salt: SALT,
  tagLength: 32,
} as const;
const native = createEngine(createRequire(import.meta.url));

/** The library itself, with nothing of this project around it. */
export interface Bare {
  readonly scheme: string;
  readonly library: string;
  readonly run: () => unknown;
}

const digest = (name: string): Bare => ({
  scheme: `${name}($pass)`,
  library: 'node:crypto',
  run: () => createHash(name).update(PASSWORD).digest(),
});

/** The library that the scheme itself uses comes first of its name. */
export const BARE: readonly Bare[] = [
  ...(native.libraries.bcrypt === 'bcryptjs'
    ? []
    : [{ scheme: 'bcrypt', library: native.libraries.bcrypt, run: () => native.bcrypt(PASSWORD, SETTING) }]),
  { scheme: 'bcrypt', library: 'bcryptjs', run: () => hashSync(PASSWORD.toString(), SETTING) },
  ...(native.libraries.argon2 === 'node:crypto'
    ? []
    : [{ scheme: 'argon2', library: native.libraries.argon2, run: () => native.argon2(ARGON2, PASSWORD) }]),
  {
    scheme: 'argon2',
    library: 'node:crypto',
    run: () =>
      argon2Sync('argon2id', {
        message: PASSWORD,
        nonce: SALT,
        memory: 19_456,
        passes: 2,
        parallelism: 1,
        tagLength: 32,
      }),
  },
  {
    scheme: 'django-pbkdf2',
    library: 'node:crypto',
    run: () => pbkdf2Sync(PASSWORD, SALT, 100_000, 32, 'sha256'),
  },
  {
    scheme: 'werkzeug-scrypt',
    library: 'node:crypto',
    run: () => scryptSync(PASSWORD, SALT, 64, { N: 16_384, r: 8, p: 1, maxmem: 64 * 2 ** 20 }),
  },
  ...['md5', 'sha1', 'sha256', 'sha512'].map(digest),
];

/** What the libraries above compute, as a row holds it. */
const OWN: Record<string, () => string> = {
  bcrypt: () => hashSync(PASSWORD.toString(), SETTING),
  argon2: () => {
    const tag = argon2Sync('argon2id', {
      message: PASSWORD,
      nonce: SALT,
      memory: 19_456,
      passes: 2,
      parallelism: 1,
      tagLength: 32,
    });
    return `$argon2id$v=19$m=19456,t=2,p=1$${bare64(SALT)}$${bare64(tag)}`;
  },
  'django-pbkdf2': () =>
    `pbkdf2_sha256$100000$${SALT}$${pbkdf2Sync(PASSWORD, SALT, 100_000, 32, 'sha256').toString('base64')}`,
  'werkzeug-scrypt': () =>
    `scrypt:16384:8:1$${SALT}$${scryptSync(PASSWORD, SALT, 64, { N: 16_384, r: 8, p: 1, maxmem: 64 * 2 ** 20 }).toString('hex')}`,
  ...Object.fromEntries(
    ['md5', 'sha1', 'sha256', 'sha512'].map((name) => [
      `${name}($pass)`,
      () => createHash(name).update(PASSWORD).digest('hex'),
    ]),
  ),
};

const bare64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

export interface Case {
  readonly credential: Credential;
  readonly password: Uint8Array;
}

/**
 * @param most milliseconds that a verification may cost
 * @returns a row that its password opens, the dearest of the vectors; undefined when there is none
 */
export function caseOf(scheme: Scheme, most = 100): Case | undefined {
  const own = OWN[scheme.name]?.();
  if (own !== undefined) return { credential: { encoded: own, scheme: scheme.name }, password: PASSWORD };
  const costOf = ({ credential }: Case) => {
    const identified = identify(credential);
    return identified.kind === 'readable' ? identified.hash.cost : -1;
  };
  const readable = seedsOf(scheme).filter(
    (seed) => SEEDS.includes(seed) && costOf(seed) >= 0 && costOf(seed) <= most,
  );
  return readable.toSorted((one, other) => costOf(other) - costOf(one))[0];
}
