import { argon2Sync, createHash, pbkdf2Sync, scryptSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { decodeBase64, hashSync } from 'bcryptjs';
import { engine } from '../src/passwords/engine.ts';
import { exampleOf, PASSWORD } from './cases.ts';

/** The library itself, with nothing of this project around it. */
export interface Bare {
  readonly scheme: string;
  readonly library: string;
  readonly run: () => unknown;
}

const load = createRequire(import.meta.url);

/** With the parameters of each scheme's example. Of one scheme, the library that the scheme itself uses comes first. */
export const BARE: readonly Bare[] = [
  ...bcryptLibraries(exampleOf('bcrypt')),
  ...argon2Libraries(exampleOf('argon2')),
  pbkdf2(exampleOf('django-pbkdf2')),
  scrypt(exampleOf('werkzeug-scrypt')),
  ...['md5', 'sha1', 'sha256', 'sha512'].map((digest) => ({
    scheme: `${digest}($pass)`,
    library: 'node:crypto',
    run: () => createHash(digest).update(PASSWORD).digest(),
  })),
];

function bcryptLibraries(example: string): Bare[] {
  const [setting, cost] = [example.slice(0, 29), Number(example.slice(4, 6))];
  const portable = {
    scheme: 'bcrypt',
    library: 'bcryptjs',
    run: () => hashSync(PASSWORD.toString(), setting),
  };
  if (engine.libraries.bcrypt === portable.library) return [portable];
  const native = load('@node-rs/bcrypt') as typeof import('@node-rs/bcrypt');
  const options = { cost, salt: Uint8Array.from(decodeBase64(setting.slice(7), 16)), version: '2y' } as const;
  const run = () => native.hashSync(PASSWORD, options);
  return [{ scheme: 'bcrypt', library: engine.libraries.bcrypt, run }, portable];
}

function argon2Libraries(example: string): Bare[] {
  const [memory = 0, passes = 0, parallelism = 0] = partsOf(example, /m=(\d+),t=(\d+),p=(\d+)/).map(Number);
  const [nonce, tagLength] = [Buffer.from(example.split('$')[4] ?? '', 'base64'), 32];
  const input = { message: PASSWORD, nonce, memory, passes, parallelism, tagLength };
  const portable = {
    scheme: 'argon2',
    library: 'node:crypto',
    run: () => argon2Sync('argon2id', input),
  };
  if (engine.libraries.argon2 === portable.library) return [portable];
  const native = load('@node-rs/argon2') as typeof import('@node-rs/argon2');
  const options = {
    algorithm: 2,
    memoryCost: memory,
    timeCost: passes,
    parallelism,
    outputLen: tagLength,
    salt: nonce,
  };
  const run = () => native.hashRawSync(PASSWORD, options);
  return [{ scheme: 'argon2', library: engine.libraries.argon2, run }, portable];
}

function pbkdf2(example: string): Bare {
  const [iterations, salt = ''] = partsOf(example, /\$(\d+)\$([^$]+)/);
  const run = () => pbkdf2Sync(PASSWORD, salt, Number(iterations), 32, 'sha256');
  return { scheme: 'django-pbkdf2', library: 'node:crypto', run };
}

function scrypt(example: string): Bare {
  const [cost, block, lanes, salt = ''] = partsOf(example, /:(\d+):(\d+):(\d+)\$([^$]+)/);
  const options = { N: Number(cost), r: Number(block), p: Number(lanes), maxmem: 2 ** 28 };
  const run = () => scryptSync(PASSWORD, salt, 64, options);
  return { scheme: 'werkzeug-scrypt', library: 'node:crypto', run };
}

function partsOf(example: string, pattern: RegExp): string[] {
  return (pattern.exec(example) ?? []).slice(1);
}
