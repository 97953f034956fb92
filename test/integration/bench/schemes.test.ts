import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { AUTO, schemeNames } from '../../../src/passwords/known-schemes.ts';

test('The bench of the schemes runs, and tells the rate of every one, and of the dear ones in the pool.', async () => {
  const bench = new URL('../../../bench/schemes.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [bench, '--quick']);
  const [, alone = '', , pooled = ''] = stdout.split('```');
  const rates = new Map(
    alone
      .split('\n')
      .map((line) => /^(\S+) +([\d.,]+)(?: |$)/.exec(line)?.slice(1) as [string, string] | undefined)
      .filter((row) => row !== undefined),
  );
  expect(schemeNames().filter((name) => name !== AUTO && !rates.has(name))).toEqual([]);
  expect(alone).toMatch(/^bcrypt +[\d.,]+ +.*bcryptjs [\d.,]+ +[\d.]+ %$/m);
  expect(pooled).toMatch(/^argon2 +\S+ +[\d.,]+ +[\d.,]+ +[\d.]+ %$/m);
  expect(pooled).toMatch(/^phpass +its own code +[\d.,]+ +[\d.,]+ +[\d.]+ %$/m);
}, 300_000);
