import { bareNamed } from './bare.ts';
import { CASES, PASSWORD } from './cases.ts';

/** What the threads of a bridge's pool do, and what is measured beside it. */
export * from '../src/passwords/pool/worker.ts';

/** What threads are asked for together: a bare library, or a scheme's own code where none does it alone. */
export interface BareTask {
  readonly scheme: string;
  /** How many are left to do, shared by the threads: none waits while another has some. */
  readonly left: Int32Array<SharedArrayBuffer>;
}

export async function bare({ scheme, left }: BareTask): Promise<void> {
  const own = CASES.find(({ name }) => name === scheme);
  const run = bareNamed(scheme)[0]?.run ?? (() => own?.hash.verify(PASSWORD));
  while (Atomics.sub(left, 0, 1) > 0) await run();
}
