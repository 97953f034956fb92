// Copies what is not TypeScript from src to dist, beside the compiled files that read it.
import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
for (const path of readdirSync(join(root, 'src'), { recursive: true })) {
  const from = join(root, 'src', path);
  if (statSync(from).isFile() && !path.endsWith('.ts')) cpSync(from, join(root, 'dist', path));
}
