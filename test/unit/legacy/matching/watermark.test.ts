import { expect, test } from 'vitest';
import { readMark, settled, writeMark } from '../../../../src/legacy/matching/watermark.ts';

const NOW = Date.UTC(2024, 2, 10, 12);
const seconds = NOW / 1000;

test('A watermark comes back as it was written, and nothing else is one.', () => {
  for (const mark of [
    { at: '1', after: undefined },
    { at: '2024-01-01', after: 'o"k' },
  ]) {
    expect(readMark(writeMark(mark))).toEqual(mark);
  }
  for (const text of ['', '[]', '[1]', '["a","b","c"]', '{"at":"1"}', 'null']) {
    expect(() => readMark(text), text).toThrow(/no watermark/);
  }
});

test('An old moment is complete: the next reading goes on behind its last row.', () => {
  const old = { at: String(seconds - 7 * 86_400), after: '5' };
  expect(settled(old, NOW)).toEqual(old);
});

test.each([
  ['seconds', String(seconds), String(seconds - 300)],
  ['fractions', `${seconds}.250000`, String(seconds - 300)],
  ['milliseconds', String(NOW), String(NOW - 300_000)],
  ['a typed count', `i:${seconds}`, `i:${seconds - 300}`],
  ['a text', '2024-03-10 12:00:00', '2024-03-10 11:55:00'],
  ['a typed text', 't:2024-03-10T12:00:00Z', 't:2024-03-10T11:55:00'],
  ['a day', '2024-03-10', '2024-03-09'],
])('A recent moment in %s is stepped back from.', (_, at, earlier) => {
  expect(settled({ at, after: '5' }, NOW)).toEqual({ at: earlier, after: undefined });
});

test('A moment of the future is no place to wait at, and one that cannot be read is read again whole.', () => {
  expect(settled({ at: String(seconds + 1e9), after: '5' }, NOW).at).toBe(String(seconds - 300));
  expect(settled({ at: 'lately', after: '5' }, NOW)).toEqual({ at: 'lately', after: undefined });
});
