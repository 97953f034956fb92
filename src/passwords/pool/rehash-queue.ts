import { BridgeError } from '../../domain/errors.ts';
import type { Pool } from './pool.ts';
import type { RehashTask } from './rehash.ts';

/** Lets rehashes into the pool one at a time, and only while a thread is free: nobody's login waits for one. */
export interface RehashQueue {
  /**
   * @param task its password is the queue's own from now on; it is wiped as soon as a thread has it or nobody will
   * @throws BridgeError `overloaded` when `limit` rehashes wait, or at the end
   */
  add(task: RehashTask): Promise<string>;
  /** Gives up what still waits. */
  close(): void;
}

interface Waiting {
  readonly task: RehashTask;
  readonly done: (encoded: string | Promise<string>) => void;
  readonly failed: (error: BridgeError) => void;
}

export function createRehashQueue(pool: Pool, limit: number): RehashQueue {
  const waiting: Waiting[] = [];
  let busy = false;
  let closed = false;

  function startNext(): void {
    if (busy || !pool.hasIdleThread()) return;
    const next = waiting.shift();
    if (next === undefined) return;
    busy = true;
    const work = pool.run('rehash', next.task).finally(() => {
      busy = false;
      startNext();
    });
    next.task.password.fill(0);
    next.done(work);
  }
  pool.onSettled(startNext);

  return {
    add(task) {
      if (closed || waiting.length >= limit) {
        task.password.fill(0);
        return Promise.reject(closed ? givenUp() : tooMany(limit));
      }
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      waiting.push({ task, done: resolve, failed: reject });
      startNext();
      return promise;
    },
    close() {
      closed = true;
      for (const { task, failed } of waiting.splice(0)) {
        task.password.fill(0);
        failed(givenUp());
      }
    },
  };
}

const tooMany = (limit: number) =>
  new BridgeError('overloaded', `${limit} rehashes already wait. The next login makes this one.`);

const givenUp = () =>
  new BridgeError('overloaded', 'The bridge is closing. The next login makes this rehash.');
