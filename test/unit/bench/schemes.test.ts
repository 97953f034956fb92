import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('The bench of the schemes runs, and tells the rate of every one beside that of the bare library.', async () => {
  const bench = new URL('../../../bench/schemes.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [bench, '--quick']);
  expect(stdout).toMatch(/^bcrypt +[\d.,]+ +.*bcryptjs [\d.,]+ +[\d.]+ %$/m);
  expect(stdout).toMatch(/^xenforo +[\d.,]+$/m);
  expect(stdout).toMatch(/^argon2 +[\d.,]+ +[\d.,]+ +[\d.]+ %$/m);
}, 60_000);
