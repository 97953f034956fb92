import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { searchScheme } from '../../src/passwords/find-scheme.ts';
import type { SearchProgress } from '../../src/passwords/scheme-search.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { createLogger } from '../../src/runtime/logger.ts';

test('The search for a scheme covers a row of seven columns to its end, with no more tries than a minute has room for.', async () => {
  const told: SearchProgress[] = [];
  const row = {
    id: '1234',
    email: 'Ann@Example.org',
    member_name: 'Ann Lee',
    created_at: '2011-04-05 06:07:08',
    extra: 'x7Gh2k9Q',
    note: 'called twice',
    status: '1',
    secret_hash: createHash('sha256').update('something else').digest('hex'),
  };
  const result = await searchScheme(
    {
      row,
      passwordColumn: 'secret_hash',
      password: Buffer.from('Canary-42 pass'),
      budgetMs: 200_000,
      onProgress: (progress) => told.push(progress),
    },
    { logger: createLogger('fatal'), clock: systemClock, threads: 2 },
  );
  expect(result).toMatchObject({
    kind: 'not-found',
    covered: expect.arrayContaining(['PBKDF2', 'scrypt']),
  });
  // Six million took 39 s of two cores that were busy with other work; a slower machine is no fault of the search.
  expect(result.tried).toBeLessThan(8_000_000);
  expect(told.every(({ share }) => share >= 0 && share <= 1)).toBe(true);
  expect(told.map(({ tried }) => tried)).toEqual(told.map(({ tried }) => tried).sort((a, b) => a - b));
}, 240_000);
