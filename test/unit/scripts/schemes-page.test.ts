import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { schemesPage } from '../../../scripts/schemes-page.ts';
import { schemeNames } from '../../../src/passwords/known-schemes.ts';

const root = resolve(import.meta.dirname, '../../..');

test('docs/reference/schemes.md is the one that "npm run generate" writes.', () => {
  expect(readFileSync(resolve(root, 'docs/reference/schemes.md'), 'utf8')).toBe(schemesPage());
});

test('docs/reference/schemes.md has every name that configuration may use.', () => {
  const page = schemesPage();
  for (const name of schemeNames().slice(1)) expect(page).toContain(`| \`${name}\``);
});
