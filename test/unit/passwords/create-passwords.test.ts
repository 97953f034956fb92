import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Credential } from '../../../src/domain/credential.ts';
import { hasCode } from '../../../src/domain/errors.ts';
import { createPasswords } from '../../../src/passwords/create-passwords.ts';
import { passwordsOptions } from '../../../src/passwords/options.ts';
import type { Passwords } from '../../../src/passwords/passwords.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { systemRandom } from '../../../src/runtime/random.ts';

const CANARY = 'canary-7c1f2e-password';
const BCRYPT = '$2y$04$abcdefghijklmnopqrstuuSqNATdQiNEckAKLsqgsKbAM5.hZoMCq';
const lines: string[] = [];
const logger = createLogger('trace', { write: (line) => lines.push(line) });
const opened: Passwords[] = [];

function open(options: object = {}): Passwords {
  const passwords = createPasswords(passwordsOptions.parse({ threads: 1, ...options }), logger, systemRandom);
  opened.push(passwords);
  return passwords;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((passwords) => passwords.close()));
  lines.length = 0;
});

const md5Of = (password: string): Credential => ({
  encoded: createHash('md5').update(password).digest('hex'),
  scheme: 'md5',
});

describe('The strongroom', () => {
  test('verifies a legacy credential, and its own rehash afterwards.', async () => {
    const passwords = open();
    const password = Buffer.from(CANARY);
    expect(await passwords.verify(md5Of(CANARY), password)).toMatchObject({ kind: 'match' });
    const encoded = await passwords.rehash(password, md5Of(CANARY));
    expect(encoded).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const credential = { encoded, scheme: 'auto' };
    expect(await passwords.verify(credential, password)).toMatchObject({ kind: 'match', scheme: 'argon2' });
    expect(await passwords.verify(credential, Buffer.from('wrong'))).toMatchObject({ kind: 'mismatch' });
    expect(await passwords.rehash(password, md5Of(CANARY))).not.toBe(encoded);
  });

  test('verifies a recipe, whose compiled form each thread makes for itself.', async () => {
    const passwords = open();
    const encoded = createHash('sha1')
      .update(`pepper${md5Of(CANARY).encoded}Alice`)
      .digest('base64');
    const row = { encoded, username: 'Alice', pepper: 'pepper' };
    const credential = { ...row, scheme: 'sha1( $pepper . md5($pass) . $username )' };
    const scheme = 'sha1($pepper.md5($pass).$username)';
    const password = Buffer.from(CANARY);
    expect(await passwords.verify(credential, password)).toEqual({ kind: 'match', scheme, lossy: false });
    expect(await passwords.verify(credential, Buffer.from('wrong'))).toEqual({ kind: 'mismatch', scheme });
    expect(lines.join('')).not.toContain('pepper"');
  });

  test('lets nobody in with the empty password or with one that is too long, whatever the row says.', async () => {
    const passwords = open({ maxBytes: 100 });
    for (const password of ['', 'a'.repeat(101), 'ä'.repeat(51)]) {
      const verdict = await passwords.verify(md5Of(password), Buffer.from(password));
      expect(verdict).toEqual({ kind: 'mismatch', scheme: 'md5($pass)' });
      await passwords.spendDecoy(Buffer.from(password));
    }
    const longest = 'a'.repeat(100);
    expect(await passwords.verify(md5Of(longest), Buffer.from(longest))).toMatchObject({ kind: 'match' });
  });

  test('leaves the password that it was given as it was.', async () => {
    const passwords = open();
    const password = Buffer.from(CANARY);
    await Promise.all([
      passwords.verify({ encoded: BCRYPT, scheme: 'auto' }, password),
      passwords.spendDecoy(password),
      passwords.rehash(password, md5Of(CANARY)),
    ]);
    expect(password.toString()).toBe(CANARY);
  });

  test('sheds what is more than its queue holds, and rehashes before it sheds a login.', async () => {
    const passwords = open({ maxQueue: 2 });
    const password = Buffer.from(CANARY);
    const verify = () => passwords.verify({ encoded: BCRYPT, scheme: 'auto' }, password);
    const logins = [verify(), verify(), verify()];
    const rehashes = [passwords.rehash(password, md5Of('')), passwords.rehash(password, md5Of(''))];
    for (const shed of [verify(), passwords.spendDecoy(password), passwords.rehash(password, md5Of(''))]) {
      await expect(shed).rejects.toSatisfy((error) => hasCode(error, 'overloaded'));
    }
    expect(await Promise.all(logins)).toHaveLength(3);
    expect(await Promise.all(rehashes)).toHaveLength(2);
  });

  test('keeps the event loop free while it hashes.', async () => {
    const passwords = open();
    await passwords.spendDecoy(Buffer.from('warm'));
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await Promise.all(Array.from({ length: 4 }, () => passwords.spendDecoy(Buffer.from(CANARY))));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(20);
  });

  test('answers at once where a row asks for more than the bounds allow.', async () => {
    const passwords = open();
    passwords.calibrate([md5Of('cheap')]);
    await passwords.spendDecoy(Buffer.from('warm'));
    const tail = 'cm94YnRVOW5jZzFzcVE4bQ$MNzk5BtR2vUhrp6qQEjRNw';
    const hostile = [
      `$argon2id$v=19$m=4294967295,t=1,p=1$${tail}`,
      `$argon2id$v=19$m=65536,t=1000,p=4$${tail}`,
      `$argon2id$v=19$m=8,t=1,p=16777215$${tail}`,
      BCRYPT.replace('$04$', '$31$'),
      '$'.repeat(1_000_000),
    ];
    const before = process.memoryUsage().rss;
    const started = performance.now();
    for (const encoded of hostile) {
      const { kind } = await passwords.verify({ encoded, scheme: 'auto' }, Buffer.from('any'));
      expect(['out-of-bounds', 'unknown-scheme']).toContain(kind);
    }
    expect(performance.now() - started).toBeLessThan(1000);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  test('logs neither passwords nor hashes.', async () => {
    const passwords = open();
    const password = Buffer.from(CANARY);
    passwords.calibrate([{ encoded: BCRYPT, scheme: 'auto' }]);
    const encoded = await passwords.rehash(password, md5Of(CANARY));
    for (const credential of [
      md5Of(CANARY),
      { encoded, scheme: 'auto' },
      { encoded: BCRYPT, scheme: 'md5' },
    ]) {
      await passwords.verify(credential, password);
    }
    await passwords.close();
    await expect(passwords.verify(md5Of(CANARY), password)).rejects.toSatisfy(
      (error) => error instanceof Error && !`${error.message}${error.stack}`.includes(CANARY),
    );
    for (const secret of [CANARY, encoded, md5Of(CANARY).encoded, BCRYPT.slice(7)]) {
      expect(lines.join('')).not.toContain(secret);
    }
  });
});
