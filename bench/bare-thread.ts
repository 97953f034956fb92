import { parentPort } from 'node:worker_threads';
import { BARE } from './cases.ts';

/** A thread that runs a bare library for some time and tells its rate. */
parentPort?.on('message', async ({ scheme, milliseconds }: { scheme: string; milliseconds: number }) => {
  const bare = BARE.find((known) => known.scheme === scheme);
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < milliseconds) {
    await bare?.run();
    count += 1;
  }
  parentPort?.postMessage((count * 1000) / (performance.now() - started));
});
