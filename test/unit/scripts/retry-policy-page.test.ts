import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { retryPolicyPage } from '../../../scripts/retry-policy-page.ts';

test('docs/reference/retry-policy.md is the one that "npm run generate" writes.', () => {
  const page = resolve(import.meta.dirname, '../../../docs/reference/retry-policy.md');
  expect(readFileSync(page, 'utf8')).toBe(retryPolicyPage());
});
