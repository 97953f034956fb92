import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { CatalogueEntry } from './catalogue.ts';

/** Source runs as `.ts`, the build as `.js`. */
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? './catalogue-thread.ts' : './catalogue-thread.js',
  import.meta.url,
);

let made: Promise<readonly CatalogueEntry[]> | undefined;

/** The catalogue for a server: its examples are seconds of work, which no login may wait for. Made once, in a thread. */
export function catalogueAside(): Promise<readonly CatalogueEntry[]> {
  made ??= make().catch((error: unknown) => {
    made = undefined;
    throw error;
  });
  return made;
}

async function make(): Promise<readonly CatalogueEntry[]> {
  const worker = new Worker(THREAD);
  const [entries] = await once(worker, 'message');
  return entries as readonly CatalogueEntry[];
}
