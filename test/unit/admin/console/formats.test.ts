import { expect, test } from 'vitest';
import { createFormats } from '../../../../src/admin/console/formats.ts';

const NOW = Date.UTC(2026, 10, 21, 15, 30);
const f = createFormats(NOW);
const MINUTE = 60_000;

test('Numbers are grouped and counted in words; a share of nobody is nothing.', () => {
  expect(f.number(1_234_567)).toBe('1,234,567');
  expect(f.count(1, 'person', 'people')).toBe('1 person');
  expect(f.count(1200, 'person', 'people')).toBe('1,200 people');
  expect(f.percent(1, 8)).toBe('12.5%');
  expect(f.percent(0, 0)).toBe('0%');
});

test('Moments are written in UTC for whoever has no scripts, and say so.', () => {
  expect(f.time(NOW)).toBe(
    '<time datetime="2026-11-21T15:30:00.000Z" data-local="moment">21 Nov 2026, 15:30 UTC</time>',
  );
});

test.for([
  [0, 'just now'],
  [-3 * MINUTE, '3 min ago'],
  [-26 * 60 * MINUTE, '26 h ago'],
  [-3 * 24 * 60 * MINUTE, '3 days ago'],
  [2 * 60 * MINUTE, 'in 2 h'],
] as const)('%d ms from now is "%s".', ([difference, words]) => {
  expect(f.ago(NOW + difference)).toContain(`>${words}</time>`);
});

test('A badge has the colour of its word, and no markup of it.', () => {
  expect(f.badge('parked')).toBe('<span class="badge badge-bad">parked</span>');
  expect(f.badge('never heard of')).toContain('badge-plain');
  expect(f.badge('<b onclick="x">\'&')).toBe(
    '<span class="badge badge-plain">&lt;b onclick=&quot;x&quot;&gt;&#39;&amp;</span>',
  );
});

test('A whole day is the same one in every zone.', () => {
  expect(f.day(Date.UTC(2026, 10, 21))).toBe('21 Nov 2026');
});
