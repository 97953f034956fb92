import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPasswords } from '../../../src/passwords/create-passwords.ts';
import { passwordsOptions } from '../../../src/passwords/options.ts';
import type { Passwords } from '../../../src/passwords/passwords.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { systemRandom } from '../../../src/runtime/random.ts';

const SAMPLES = 15;
/** The classes differ by a factor of a thousand without the decoy; a busy machine moves medians by some per cent. */
const MOST = 1.35;

const bcryptAt = (cost: string) => ({
  encoded: `$2y$${cost}$abcdefghijklmnopqrstuuSqNATdQiNEckAKLsqgsKbAM5.hZoMCq`,
  scheme: 'auto',
});
const usual = bcryptAt('10');
const md5 = { encoded: createHash('md5').update('right').digest('hex'), scheme: 'md5' };
const wrong = Buffer.from('wrong');

let passwords: Passwords;
beforeAll(() => {
  passwords = createPasswords(passwordsOptions.parse({ threads: 1 }), createLogger('silent'), systemRandom);
  passwords.calibrate([...Array.from({ length: 60 }, () => usual), ...Array.from({ length: 40 }, () => md5)]);
});
afterAll(() => passwords.close());

const FAILURES: Record<string, () => Promise<unknown>> = {
  'an unknown person': () => passwords.spendDecoy(wrong),
  'an unknown person and an empty password': () => passwords.spendDecoy(Buffer.alloc(0)),
  'a wrong password of a fast scheme': () => passwords.verify(md5, wrong),
  'a wrong password of the usual scheme': () => passwords.verify(usual, wrong),
  'a wrong password of a scheme half as dear': () => passwords.verify(bcryptAt('09'), wrong),
  'a wrong password that is no UTF-8': () => passwords.verify(usual, Buffer.of(0xff)),
  'a row that cannot be read': () => passwords.verify({ encoded: '*', scheme: 'auto' }, wrong),
  'a row that is out of bounds': () => passwords.verify(bcryptAt('31'), wrong),
  'an empty password': () => passwords.verify(usual, Buffer.alloc(0)),
  'a password of 73 bytes': () => passwords.verify(usual, Buffer.alloc(73, 'a')),
  'a password of 5000 bytes': () => passwords.verify(usual, Buffer.alloc(5000, 'a')),
};

describe('How long a failed login takes', () => {
  test('does not tell why it failed.', { retry: 3, timeout: 120_000 }, async () => {
    const times = new Map(Object.keys(FAILURES).map((name) => [name, [] as number[]]));
    for (let round = -1; round < SAMPLES; round += 1) {
      for (const [name, fail] of Object.entries(FAILURES)) {
        const started = performance.now();
        await fail();
        // The first round warms the thread up.
        if (round >= 0) times.get(name)?.push(performance.now() - started);
      }
    }
    const medians = [...times].map(([name, list]) => ({ name, median: median(list) }));
    const fastest = Math.min(...medians.map((one) => one.median));
    const tooSlow = medians.filter((one) => one.median > MOST * fastest);
    expect(tooSlow, JSON.stringify(medians)).toEqual([]);
  });
});

function median(values: number[]): number {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
