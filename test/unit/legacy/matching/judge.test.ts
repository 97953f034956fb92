import { expect, test } from 'vitest';
import type { LegacyId } from '../../../../src/domain/ids.ts';
import { type Candidate, judge } from '../../../../src/legacy/matching/judge.ts';

const row = { values: new Map(), moments: new Map(), active: undefined };
const candidate = (id: number, name: string, login = 0): Candidate => ({
  id: String(id) as LegacyId,
  name,
  login,
  row,
});

test('The third row that a collation calls equal may be the one.', () => {
  const rows = [candidate(1, 'ádmin'), candidate(2, 'Admin'), candidate(3, 'admin')];
  expect(judge('exact', 'admin', rows)).toMatchObject({ kind: 'one', candidate: { id: '3' } });
  expect(judge('case-insensitive', 'admin', rows)).toEqual({ kind: 'ambiguous', legacyIds: ['2', '3'] });
  expect(judge('exact', 'ADMIN', rows)).toEqual({ kind: 'none' });
});

test('One person by two columns is one, two people by two columns are ambiguous.', () => {
  const mine = candidate(1, 'a@b.c');
  expect(judge('exact', 'a@b.c', [mine, candidate(1, 'a@b.c', 1)])).toMatchObject({ kind: 'one' });
  expect(judge('exact', 'a@b.c', [mine, candidate(2, 'a@b.c', 1)])).toEqual({
    kind: 'ambiguous',
    legacyIds: ['1', '2'],
  });
});

test('A key that one column finds twice is no key.', () => {
  expect(judge('exact', 'a', [candidate(1, 'a'), candidate(1, 'a')])).toEqual({
    kind: 'ambiguous',
    legacyIds: ['1'],
  });
});

test('As many rows as are read at most is ambiguous, whoever they are.', () => {
  const strangers = Array.from({ length: 8 }, (_, index) => candidate(index, 'Admin'));
  expect(judge('exact', 'admin', strangers)).toMatchObject({ kind: 'ambiguous' });
  expect(judge('exact', 'admin', strangers.slice(1))).toEqual({ kind: 'none' });
  const mine = candidate(99, 'admin');
  expect(judge('exact', 'admin', [...strangers.slice(1), mine])).toEqual({
    kind: 'ambiguous',
    legacyIds: ['99'],
  });
  const byEmail = strangers.slice(0, 4).map((other) => ({ ...other, login: 1 }));
  expect(judge('exact', 'admin', [...strangers.slice(4), ...byEmail, mine])).toMatchObject({ kind: 'one' });
});
