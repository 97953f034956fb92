import { expect, test } from 'vitest';
import { changesBetween } from '../../../../src/admin/console/changes.ts';

test('Only the fields that are not as they were are told, each by its path.', () => {
  const before = { mode: 'off', percent: 25, apps: { web: { mode: 'off' } }, allow: ['a'] };
  const after = { mode: 'lazy', percent: 25, apps: { web: { mode: 'lazy' } }, allow: ['a', 'b'] };
  expect(changesBetween(before, after)).toEqual([
    { field: 'mode', before: 'off', after: 'lazy' },
    { field: 'apps.web.mode', before: 'off', after: 'lazy' },
    { field: 'allow', before: 'a', after: 'a, b' },
  ]);
});

test('What was not there, or is not any more, has one side; null is nothing.', () => {
  expect(changesBetween(undefined, { reason: 'Because.' })).toEqual([
    { field: 'reason', before: undefined, after: 'Because.' },
  ]);
  expect(changesBetween({ reason: 'Because.' }, { reason: null })).toEqual([
    { field: 'reason', before: 'Because.', after: undefined },
  ]);
  expect(changesBetween(undefined, undefined)).toEqual([]);
});

test('A plain value has no name, a deep one is written as JSON, a long one ends somewhere.', () => {
  expect(changesBetween('off', 'lazy')).toEqual([{ field: '', before: 'off', after: 'lazy' }]);
  const [deep] = changesBetween(undefined, { a: { b: { c: { d: 1 } } } });
  expect(deep).toEqual({ field: 'a.b.c', before: undefined, after: '{"d":1}' });
  const [long] = changesBetween(undefined, { text: 'x'.repeat(5_000) });
  expect(long?.after?.length).toBeLessThan(210);
});

test('A list of records is told as their fields, unless they hold something deeper.', () => {
  const rows = [
    { target: 'new', rows: 3 },
    { target: 'old', rows: 1 },
  ];
  expect(changesBetween(rows, undefined)).toEqual([
    { field: '', before: 'target new rows 3, target old rows 1', after: undefined },
  ]);
  const [deep] = changesBetween({ list: [{ person: { id: 1 } }] }, undefined);
  expect(deep?.before).toBe('[{"person":{"id":1}}]');
});
