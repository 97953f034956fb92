/**
 * Tasks that wait travel to a thread together, as many as are over in a few milliseconds. To tell a thread and to hear
 * of it costs a tenth of a millisecond or two whatever the task is, which is nothing beside bcrypt and a tenth of what
 * PBKDF2 of 10,000 iterations takes. A task that need not wait travels alone.
 */

/** What a thread made of a batch. */
export interface Served<R> {
  /** Of the first tasks of the batch, and of one at least: the others it had no time for. */
  readonly answers: readonly R[];
  readonly milliseconds: number;
}

/** Milliseconds after which a thread begins no other task of its batch. What is ready by then waits no longer. */
export const BATCH_MS = 25;

/** Tasks in a batch, however short they are. */
const MOST = 32;

interface Waiting<T, R> {
  readonly task: T;
  readonly resolve: (answer: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * @param send to a thread; rejects when it ended, and then so do all of these tasks
 * @param threads which share what waits
 * @param atAThread how many batches each may have, the one that it works on among them
 * @returns what answers one task; those that wait are sent in the order in which they came
 */
export function inBatches<T, R>(
  send: (tasks: readonly T[]) => Promise<Served<R>>,
  threads: number,
  atAThread: number,
): (task: T) => Promise<R> {
  const waiting: Waiting<T, R>[] = [];
  let free = threads * atAThread;
  /** How many tasks like those before are over in time. */
  let fitting = 1;

  function sendNext(): void {
    while (free > 0 && waiting.length > 0) {
      const share = Math.ceil(waiting.length / threads);
      free -= 1;
      void serve(waiting.splice(0, Math.min(fitting, share)));
    }
  }

  async function serve(batch: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const { answers, milliseconds } = await send(batch.map(({ task }) => task));
      fitting = Math.max(1, Math.min(MOST, Math.floor((BATCH_MS * answers.length) / milliseconds)));
      waiting.unshift(...batch.slice(answers.length));
      for (const [index, answer] of answers.entries()) batch[index]?.resolve(answer);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      free += 1;
      sendNext();
    }
  }

  return (task) => {
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    waiting.push({ task, resolve, reject });
    sendNext();
    return promise;
  };
}
