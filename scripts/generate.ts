import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { configJsonSchema } from '../src/config/json-schema.ts';

/** Writes the generated files; a test compares them with what is in the tree. */
const root = resolve(import.meta.dirname, '..');
writeFileSync(resolve(root, 'config/bridge.schema.json'), `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
