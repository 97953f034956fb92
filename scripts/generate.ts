import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { configJsonSchema } from '../src/config/json-schema.ts';
import { retryPolicyPage } from './retry-policy-page.ts';
import { schemesPage } from './schemes-page.ts';

/** Writes the generated files; tests compare them with what is in the tree. */
const root = resolve(import.meta.dirname, '..');
writeFileSync(resolve(root, 'config/bridge.schema.json'), `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
writeFileSync(resolve(root, 'docs/reference/schemes.md'), schemesPage());
writeFileSync(resolve(root, 'docs/reference/retry-policy.md'), retryPolicyPage());
