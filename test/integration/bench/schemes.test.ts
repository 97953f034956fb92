import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { CASES } from '../../../bench/cases.ts';
import { AUTO, schemeNames } from '../../../src/passwords/known-schemes.ts';

test('The bench of the schemes has every scheme.', () => {
  const names = CASES.map(({ name }) => name);
  expect(schemeNames().filter((name) => name !== AUTO && !names.includes(name))).toEqual([]);
});

test('The bench of the schemes runs, and tells the rates of schemes alone, and of the dear ones in the pool.', async () => {
  const bench = new URL('../../../bench/schemes.ts', import.meta.url).pathname;
  const some = ['--quick', '--only', 'bcrypt,argon2,phpass,ntlm,md5($pass)'];
  const { stdout } = await promisify(execFile)(process.execPath, [bench, ...some]);
  const [, alone = '', , pooled = ''] = stdout.split('```');
  expect(alone).toMatch(/^bcrypt +[\d.,]+ +.*bcryptjs [\d.,]+ +[\d.]+ %$/m);
  expect(alone).toMatch(/^ntlm +[\d.,]+/m);
  expect(pooled).toMatch(/^argon2 +\S+ +[\d.,]+ +[\d.,]+ +[\d.]+ %$/m);
  expect(pooled).toMatch(/^phpass +its own code +[\d.,]+ +[\d.,]+ +[\d.]+ %$/m);
  expect(pooled).not.toContain('ntlm');
}, 60_000);
