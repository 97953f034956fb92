import { expect, test } from 'vitest';
import { adviceOn, chartOf } from '../../../../src/admin/console/census-chart.ts';
import { parametersInWords, withGroupedNumbers } from '../../../../src/admin/console/parameters.ts';
import { segmentsOf } from '../../../../src/admin/console/shares.ts';
import { takeCensus } from '../../../../src/admin/work/census.ts';

const bcrypt = (cost: string, number: number) =>
  Array.from({ length: number }, () => ({ encoded: `$2y$${cost}$${'a'.repeat(53)}`, scheme: 'auto' }));
const md5 = (number: number) =>
  Array.from({ length: number }, () => ({ encoded: '0cc175b9c0f1b6a831c399e269772661', scheme: 'auto' }));

test('One bar a scheme, its pieces by judgement; every bar is as long as everybody.', () => {
  const chart = chartOf(takeCensus('legacy', [...bcrypt('10', 5), ...bcrypt('08', 1), ...md5(4)]));
  expect(chart.segments).toEqual([
    { kind: 'strong', start: 0, width: 50 },
    { kind: 'weak', start: 50, width: 10 },
    { kind: 'unverifiable', start: 60, width: 40 },
  ]);
  expect(chart.groups.map(({ title, people, segments }) => [title, people, segments.length])).toEqual([
    ['bcrypt', 6, 2],
    ['32 hexadecimal digits (MD5, NTLM or a recipe: name the scheme)', 4, 1],
  ]);
  expect(chart.groups[0]?.lines.map(({ made }) => made)).toEqual(['cost 10', 'cost 8']);
});

test('The same scheme in two tables is two groups.', () => {
  const chart = chartOf([...takeCensus('old', bcrypt('10', 1)), ...takeCensus('older', bcrypt('10', 2))]);
  expect(chart.groups.map(({ directory, people }) => [directory, people])).toEqual([
    ['older', 2],
    ['old', 1],
  ]);
});

test('Advice begins with whoever cannot get in, and has nothing to say of the strong.', () => {
  const advice = adviceOn(chartOf(takeCensus('legacy', [...bcrypt('10', 5), ...bcrypt('08', 3), ...md5(1)])));
  expect(advice.map(({ judgement, people }) => [judgement, people])).toEqual([
    ['unverifiable', 1],
    ['weak', 3],
  ]);
});

test('Nobody at all is a bar without pieces, and pieces end where the next begins.', () => {
  expect(segmentsOf([], 0)).toEqual([]);
  const thirds = segmentsOf(
    ['a', 'b', 'c'].map((kind) => ({ kind, people: 1 })),
    3,
  );
  expect(thirds.map(({ start, width }) => Math.round((start + width) * 100) / 100)).toEqual([
    33.33, 66.67, 100,
  ]);
});

test('Parameters are said in words, numbers in groups.', () => {
  expect(
    parametersInWords({ variant: 'argon2id', version: 19, memoryKiB: 65_536, iterations: 4, parallelism: 1 }),
  ).toBe('argon2id, 64 MiB, 4 iterations, 1 lane');
  expect(parametersInWords({ digest: 'md5', rounds: 8192 })).toBe('md5, 8,192 rounds');
  expect(parametersInWords({ N: 16_384, r: 8, p: 1 })).toBe('N 16,384, r 8, p 1');
  expect(parametersInWords(undefined)).toBe('');
  expect(withGroupedNumbers('5000 rounds of sha512, and 70000 are the least')).toBe(
    '5,000 rounds of sha512, and 70,000 are the least',
  );
});
