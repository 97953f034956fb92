import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../../src/passwords/engine.ts';
import type { Argon2Input } from '../../../src/passwords/engines/argon2-input.ts';

const require = createRequire(import.meta.url);
const absent = (): never => {
  throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' });
};
const SETTING = '$2y$04$abcdefghijklmnopqrstuu';
const ASCII = `${SETTING}7EJV7kdjBBQxyb0HjTh9KS7.Lah/6CG`;
const staple = Buffer.from('correct horse battery staple');
const input: Argon2Input = {
  variant: 'argon2id',
  version: 19,
  memoryKiB: 64,
  iterations: 1,
  lanes: 1,
  salt: Buffer.from('somesalt'),
  tagLength: 32,
};

describe('The engine', () => {
  test('computes by the portable libraries, without a word, where the native ones are absent.', () => {
    const { bcrypt, libraries, warnings } = createEngine(absent);
    expect(libraries).toEqual({ bcrypt: 'bcryptjs', argon2: 'node:crypto' });
    expect(warnings).toEqual([]);
    expect(bcrypt(staple, SETTING)).toBe(ASCII);
  });

  test('prefers the native libraries where they are there, which give the same answers.', async () => {
    const [native, portable] = [createEngine(require), createEngine(absent)];
    expect(native.libraries).toEqual({ bcrypt: '@node-rs/bcrypt', argon2: '@node-rs/argon2' });
    expect(native.warnings).toEqual([]);
    expect(native.bcrypt(staple, SETTING)).toBe(ASCII);
    for (const version of [16, 19]) {
      for (const lanes of [1, 4]) {
        const made = { ...input, version, lanes };
        expect(await native.argon2(made, staple)).toEqual(await portable.argon2(made, staple));
      }
    }
  });

  test('ignores a native library that gives wrong answers, and says so.', () => {
    const wrong = {
      '@node-rs/bcrypt': { hashSync: () => ASCII },
      '@node-rs/argon2': { hashRawSync: () => Buffer.alloc(24) },
    };
    const { libraries, warnings, bcrypt } = createEngine((name) => wrong[name as keyof typeof wrong]);
    expect(libraries).toEqual({ bcrypt: 'bcryptjs', argon2: 'node:crypto' });
    expect(warnings).toEqual([
      '@node-rs/bcrypt is not used: it computes another hash than crypt(3).',
      '@node-rs/argon2 is not used: it computes another argon2id than the reference implementation.',
    ]);
    expect(bcrypt(Buffer.from('x'), SETTING)).not.toBe(ASCII);
  });

  test('ignores a native library that is broken, and says so.', () => {
    const { libraries, warnings } = createEngine((name) => {
      if (name === '@node-rs/bcrypt') throw new Error('invalid ELF header');
      return {};
    });
    expect(libraries).toEqual({ bcrypt: 'bcryptjs', argon2: 'node:crypto' });
    expect(warnings).toHaveLength(2);
  });

  test.each([
    ['$2x$', '$2x$04$abcdefghijklmnopqrstuu', Buffer.from('text')],
    ['$2a$ of bytes that are no text', '$2a$04$abcdefghijklmnopqrstuu', Buffer.from([0xff, 0xff, 0xb5])],
  ])('leaves %s to what does it as crypt(3) does.', (_, setting, password) => {
    expect(createEngine(require).bcrypt(password, setting)).toBeUndefined();
    expect(createEngine(absent).bcrypt(password, setting)).toBeUndefined();
  });

  test('can be ended in the midst of a hash, and the process lives.', async () => {
    const source = new URL('../../../src/passwords/engine.ts', import.meta.url).href;
    const worker = new Worker(
      `import(${JSON.stringify(source)}).then(({ engine }) => {
        require('node:worker_threads').parentPort.postMessage('ready');
        for (;;) engine.argon2({ variant: 'argon2id', version: 19, memoryKiB: 16384, iterations: 4, lanes: 2,
          salt: Buffer.from('somesalt'), tagLength: 32 }, Buffer.from('x'));
      })`,
      { eval: true },
    );
    await new Promise((resolve) => worker.once('message', resolve));
    expect(await worker.terminate()).toBe(1);
  });
});
