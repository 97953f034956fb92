import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

test('Every test that docs/faults.md names is there.', () => {
  const page = readFileSync(resolve(root, 'docs/faults.md'), 'utf8');
  const names = [...page.matchAll(/`((?:e2e|integration|unit)\/[\w/-]+)`/g)].map((match) => String(match[1]));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !existsSync(resolve(root, 'test', `${name}.test.ts`)))).toEqual([]);
});
