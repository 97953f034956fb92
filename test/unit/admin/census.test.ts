import { expect, test } from 'vitest';
import { takeCensus } from '../../../src/admin/work/census.ts';
import type { Credential } from '../../../src/domain/credential.ts';

const rows = (encoded: string, number = 1, scheme = 'auto'): Credential[] =>
  Array.from({ length: number }, () => ({ encoded, scheme }));
const bcrypt = (cost: string) => `$2y$${cost}$${'a'.repeat(53)}`;

test('A scheme is counted by its parameters, since these decide the judgement.', () => {
  const lines = takeCensus('legacy', [...rows(bcrypt('08')), ...rows(bcrypt('10'), 2)]);
  expect(lines).toEqual([
    {
      directory: 'legacy',
      kind: 'scheme',
      scheme: 'bcrypt',
      parameters: { cost: 10 },
      judgement: 'strong',
      people: 2,
    },
    {
      directory: 'legacy',
      kind: 'scheme',
      scheme: 'bcrypt',
      parameters: { cost: 8 },
      judgement: 'weak',
      reason: "Bcrypt's cost is 8, and 10 is the least.",
      remedy: expect.stringContaining('makes a strong hash'),
      people: 1,
    },
  ]);
});

test('A hash outside the bounds cannot be verified, however strong it is.', () => {
  const [line] = takeCensus('legacy', rows(bcrypt('20')));
  expect(line).toMatchObject({ kind: 'scheme', judgement: 'unverifiable' });
  expect(line?.reason).toContain('verified are 4 to 15');
  expect(line?.remedy).toContain('new password');
});

test('A value that does not name its scheme comes with what it may be and the command that finds it.', () => {
  const hex = '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8';
  const [line] = takeCensus('legacy', rows(hex));
  expect(line).toMatchObject({
    kind: 'ambiguous',
    judgement: 'unverifiable',
    command: 'footbridge find --login NAME',
  });
  expect(line?.candidates).toContain('sha1($pass)');
  const [named] = takeCensus('legacy', rows(hex, 1, 'sha1($pass)'));
  expect(named).toMatchObject({ kind: 'scheme', scheme: 'sha1($pass)', judgement: 'broken' });
});

test('Damage, what nobody knows and placeholders are told apart, and nothing repeats the value.', () => {
  const values = [bcrypt('10').slice(0, 50), 'whatever this is, it is no hash', '!'];
  const lines = takeCensus(
    'legacy',
    values.flatMap((value) => rows(value)),
  );
  expect(lines.map(({ kind, judgement }) => [kind, judgement])).toEqual([
    ['damaged', 'unverifiable'],
    ['unknown', 'unverifiable'],
    ['empty', 'none'],
  ]);
  expect(JSON.stringify(lines)).not.toContain('aaaa');
  expect(JSON.stringify(lines)).not.toContain('whatever');
});

test('A parameter that differs in every row does not make a line of every row.', () => {
  const salted = (rounds: number) => `$5$rounds=${rounds}$seasalt$${'a'.repeat(42)}.`;
  const lines = takeCensus(
    'legacy',
    Array.from({ length: 40 }, (_, index) => rows(salted(5_000 + index))).flat(),
  );
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ scheme: 'sha256crypt', judgement: 'weak', people: 40 });
  expect(lines[0]).not.toHaveProperty('parameters');
});
