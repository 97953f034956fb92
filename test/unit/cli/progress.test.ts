import { expect, test } from 'vitest';
import { bytes, createProgress, renderProgress } from '../../../src/cli/progress.ts';
import type { Terminal } from '../../../src/cli/terminal.ts';

const BAR = '[##########--------------]';

test('A line of progress says how much, how fast and how long still.', () => {
  const line = renderProgress(
    { label: 'Copying', total: 10_000 },
    { done: 4_200, note: '3 failed', elapsedMs: 14_000 },
  );
  expect(line).toBe(`Copying  ${BAR}  42 %  4,200 of 10,000  300/s  20 s left  3 failed`);
});

test('Where nobody knows the whole, the amount and the rate stand alone.', () => {
  const line = renderProgress({ label: 'Reading', amount: bytes }, { done: 2e9, note: '', elapsedMs: 1e5 });
  expect(line).toBe('Reading  2.0 GB  20.0 MB/s');
});

test.each([
  [59, '59 s'],
  [61, '1 min 1 s'],
  [7265, '2 h 1 min'],
])('%i seconds are %s.', (left, text) => {
  const line = renderProgress({ label: 'x', total: left + 1 }, { done: 1, note: '', elapsedMs: 1000 });
  expect(line).toContain(`  ${text} left`);
});

test('Nothing to do is all done, and nothing is divided by nothing.', () => {
  const line = renderProgress({ label: 'x', total: 0 }, { done: 0, note: '', elapsedMs: 0 });
  expect(line).toContain('100 %  0 of 0  0/s');
});

function terminalAt(times: number[], statusLine?: (text: string) => void) {
  const complaints: string[] = [];
  const clock = () => times[0] ?? 0;
  const terminal = { clock, statusLine, complain: (line: string) => complaints.push(line) };
  return { terminal: terminal as unknown as Terminal, complaints };
}

test('In a log a line comes every ten seconds, and one at the end.', () => {
  const times = [0];
  const { terminal, complaints } = terminalAt(times);
  const progress = createProgress(terminal, { label: 'Copying', total: 4 });
  for (const [at, done] of [
    [5_000, 1],
    [10_000, 2],
    [11_000, 3],
  ] as const) {
    times[0] = at;
    progress.update(done);
  }
  progress.end();
  expect(complaints.map((line) => line.slice(-45).replace(/^.*%/, '%'))).toEqual([
    '%  2 of 4  0.2/s  10 s left',
    '%  3 of 4  0.3/s  4 s left',
  ]);
});

test('On a terminal one line is rewritten and taken away at the end.', () => {
  const shown: string[] = [];
  const times = [0];
  const { terminal, complaints } = terminalAt(times, (text) => shown.push(text));
  const progress = createProgress(terminal, { label: 'Copying' });
  times[0] = 150;
  progress.update(3);
  progress.update(4);
  progress.end();
  expect(shown).toEqual(['Copying  3  20/s', '']);
  expect(complaints).toEqual(['Copying  4  27/s']);
});
