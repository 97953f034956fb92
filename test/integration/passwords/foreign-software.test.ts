import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPasswords } from '../../../src/passwords/create-passwords.ts';
import { passwordsOptions } from '../../../src/passwords/options.ts';
import type { Passwords } from '../../../src/passwords/passwords.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { programFromDebian } from '../../support/debian-package.ts';

/** The `argon2` tool takes the salt as text, so the random one is printable here. */
const SALT = 'sixteen letters.';
const PASSWORDS = [
  'correct horse battery staple',
  'pässwörd-Ω-🔐',
  ' blanks \t and $signs$ ',
  'a'.repeat(200),
];
const REPLACED =
  '$argon2i$v=19$m=32768,t=3,p=2$c29tZXNhbHRzb21lc2FsdA$q1W12BUmPJLNgIX2zHqdHIdFO+Qzzr5N/5fE50fdi48';

let php: string;
let argon2: string;
let passwords: Passwords;

beforeAll(() => {
  php = programFromDebian('php', 'php-cli');
  argon2 = programFromDebian('argon2', 'argon2');
  passwords = createPasswords(passwordsOptions.parse({ threads: 1 }), createLogger('silent'), () =>
    Buffer.from(SALT),
  );
});
afterAll(() => passwords.close());

const phpVerifies = (password: string, encoded: string) =>
  execFileSync(php, ['-r', 'echo json_encode(password_verify($argv[1], $argv[2]));', password, encoded], {
    encoding: 'utf8',
  }) === 'true';

const argon2Encodes = (password: string, memoryKiB: string, iterations: string) => {
  const cost = ['-id', '-k', memoryKiB, '-t', iterations, '-p', '1', '-l', '32', '-e'];
  return execFileSync(argon2, [SALT, ...cost], { input: password, encoding: 'utf8' }).trim();
};

describe('A rehash', () => {
  test.each(PASSWORDS)(
    'of %j is what PHP verifies and what the argon2 tool makes itself.',
    async (password) => {
      const encoded = await passwords.rehash(Buffer.from(password), { encoded: '', scheme: 'auto' });
      expect(phpVerifies(password, encoded)).toBe(true);
      expect(phpVerifies(`${password}.`, encoded)).toBe(false);
      if (Buffer.byteLength(password) <= 127) expect(argon2Encodes(password, '19456', '2')).toBe(encoded);
    },
  );

  test('of a stronger argon2 is as strong, and still in the order that PHP reads.', async () => {
    const encoded = await passwords.rehash(Buffer.from('secret'), { encoded: REPLACED, scheme: 'auto' });
    expect(phpVerifies('secret', encoded)).toBe(true);
    expect(encoded).toBe(argon2Encodes('secret', '32768', '3'));
    const inAnotherOrder = encoded.replace(/(m=\d+),(t=\d+),(p=\d+)/, '$1,$3,$2');
    expect(phpVerifies('secret', inAnotherOrder)).toBe(false);
  });
});

describe("PHP's password_hash", () => {
  test.each([
    ['PASSWORD_BCRYPT', 'bcrypt', '["cost" => 5]'],
    ['PASSWORD_ARGON2I', 'argon2', '["memory_cost" => 1024]'],
    ['PASSWORD_ARGON2ID', 'argon2', '["memory_cost" => 1024]'],
  ])('with %s is verified here.', async (algorithm, scheme, options) => {
    for (const password of PASSWORDS) {
      const code = `echo password_hash($argv[1], ${algorithm}, ${options});`;
      const encoded = execFileSync(php, ['-r', code, password], { encoding: 'utf8' });
      const credential = { encoded, scheme: 'auto' };
      expect(await passwords.verify(credential, Buffer.from(password))).toMatchObject({
        kind: 'match',
        scheme,
      });
      expect(await passwords.verify(credential, Buffer.from(`.${password}`))).toEqual({
        kind: 'mismatch',
        scheme,
      });
    }
  });
});
