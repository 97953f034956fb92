import { parentPort } from 'node:worker_threads';
import { BARE } from './bare.ts';
import { CASES, PASSWORD } from './cases.ts';
import { rateOf } from './measure.ts';

/** A thread that runs a bare library, or a scheme's own code where none does it alone, and tells its rate. */
parentPort?.on('message', async ({ scheme, milliseconds }: { scheme: string; milliseconds: number }) => {
  const bare = BARE.find((known) => known.scheme === scheme);
  const own = CASES.find(({ name }) => name === scheme);
  parentPort?.postMessage(await rateOf(bare?.run ?? (() => own?.hash.verify(PASSWORD)), milliseconds));
});
