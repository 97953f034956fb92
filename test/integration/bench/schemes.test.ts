import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { CASES } from '../../../bench/cases.ts';
import { AUTO, schemeNames } from '../../../src/passwords/known-schemes.ts';

test('The bench of the schemes has every scheme.', () => {
  const names = CASES.map(({ name }) => name);
  expect(schemeNames().filter((name) => name !== AUTO && !names.includes(name))).toEqual([]);
});

test('The bench of the schemes runs: alone, beside the bare libraries, and in the pool, where it judges the dear ones.', async () => {
  const bench = new URL('../../../bench/schemes.ts', import.meta.url).pathname;
  const some = ['--quick', '--only', 'bcrypt,argon2,phpass,ntlm,md5($pass)'];
  const { stdout } = await promisify(execFile)(process.execPath, [bench, ...some]);
  const rate = '[\\d.,]+';
  const cost = `-?${rate} % \\(.*\\)`;
  const row = (...cells: string[]) => new RegExp(`^${cells.join(' +')} *$`, 'm');
  expect(stdout).toMatch(row('bcrypt', '48.0 ms', rate, `.*bcryptjs ${rate}`, rate, rate, cost, rate, rate));
  expect(stdout).toMatch(row('phpass', '3.3 ms', rate, rate, rate, cost, rate, rate));
  expect(stdout).toMatch(row('ntlm', '0.010 ms', rate, rate, rate, rate, rate));
  expect(stdout).toMatch(
    row('md5\\(\\$pass\\)', '0.011 ms', rate, `node:crypto ${rate}`, rate, rate, rate, rate),
  );
}, 60_000);
