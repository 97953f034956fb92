import { parentPort } from 'node:worker_threads';
import { bareNamed } from './bare.ts';
import { CASES, PASSWORD } from './cases.ts';

/** What a thread is asked for: a bare library, or a scheme's own code where none does it alone, so many times. */
export interface BareTask {
  readonly scheme: string;
  readonly times: number;
}

parentPort?.on('message', async ({ scheme, times }: BareTask) => {
  const own = CASES.find(({ name }) => name === scheme);
  const run = bareNamed(scheme)[0]?.run ?? (() => own?.hash.verify(PASSWORD));
  for (let done = 0; done < times; done += 1) await run();
  parentPort?.postMessage('done');
});
