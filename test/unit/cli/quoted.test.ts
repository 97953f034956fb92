import { expect, test } from 'vitest';
import { quoted } from '../../../src/cli/quoted.ts';

test('A value of a row is shown as it is, and does nothing to a terminal.', () => {
  expect(quoted('Ångström 名前')).toBe('"Ångström 名前"');
  expect(quoted(['a', 1, true, null])).toBe('["a",1,true,null]');
  const hostile = '\u001b[2J\u009b2J\u202edrow\u2066\u007f';
  expect(quoted(hostile)).toBe(String.raw`"\u001b[2J\u009b2J\u202edrow\u2066\u007f"`);
  expect(JSON.parse(quoted(hostile))).toBe(hostile);
});
