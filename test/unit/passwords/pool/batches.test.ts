import { describe, expect, test } from 'vitest';
import { BATCH_MS, inBatches, type Served } from '../../../../src/passwords/pool/batches.ts';

/** Threads that end their batches when the test says so. */
function threadsFor(threads: number) {
  const sent: {
    tasks: readonly string[];
    end(answers: number, milliseconds: number): Promise<void>;
    die(): void;
  }[] = [];
  const send = (tasks: readonly string[]) => {
    const { promise, resolve, reject } = Promise.withResolvers<Served<string>>();
    sent.push({
      tasks,
      async end(answers, milliseconds) {
        resolve({ answers: tasks.slice(0, answers).map((task) => `${task} done`), milliseconds });
        await promise;
        await new Promise(setImmediate);
      },
      die: () => reject(new Error('The thread ended.')),
    });
    return promise;
  };
  return { run: inBatches(send, threads, 1), sent, tasks: () => sent.map(({ tasks }) => tasks.join(' ')) };
}

const named = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`);

describe('Batches', () => {
  test('send a task at once and alone while there is room.', async () => {
    const { run, sent, tasks } = threadsFor(2);
    const answers = [run('one'), run('two')];
    expect(tasks()).toEqual(['one', 'two']);
    await sent[1]?.end(1, 50);
    await sent[0]?.end(1, 50);
    expect(await Promise.all(answers)).toEqual(['one done', 'two done']);
  });

  test('take as many of those that wait as are over in time, each batch by what the one before it took.', async () => {
    const { run, sent, tasks } = threadsFor(1);
    const answers = named(8).map(run);
    await sent[0]?.end(1, BATCH_MS / 3);
    expect(tasks()).toEqual(['t0', 't1 t2 t3']);
    await sent[1]?.end(3, 3 * BATCH_MS);
    expect(tasks()).toEqual(['t0', 't1 t2 t3', 't4']);
    await sent[2]?.end(1, 0);
    expect(tasks().at(-1)).toBe('t5 t6 t7');
    await sent[3]?.end(3, 1);
    expect(await Promise.all(answers)).toEqual(named(8).map((name) => `${name} done`));
  });

  test('leave every thread its share.', async () => {
    const { run, sent, tasks } = threadsFor(2);
    void named(8).map(run);
    await sent[0]?.end(1, 0.01);
    expect(tasks()).toEqual(['t0', 't1', 't2 t3 t4']);
    await sent[1]?.end(1, 0.01);
    expect(tasks().at(-1)).toBe('t5 t6');
  });

  test('are of 32 tasks at most, however short those are.', async () => {
    const { run, sent } = threadsFor(1);
    void named(100).map(run);
    await sent[0]?.end(1, 0);
    expect(sent[1]?.tasks).toHaveLength(32);
  });

  test('put what a thread had no time for back in front.', async () => {
    const { run, sent, tasks } = threadsFor(1);
    const answers = named(6).map(run);
    await sent[0]?.end(1, BATCH_MS / 3);
    await sent[1]?.end(1, BATCH_MS);
    expect(tasks()).toEqual(['t0', 't1 t2 t3', 't2']);
    for (let next = 2; next < 6; next += 1) await sent[next]?.end(1, BATCH_MS);
    expect(tasks().slice(2)).toEqual(['t2', 't3', 't4', 't5']);
    expect(await Promise.all(answers)).toHaveLength(6);
  });

  test('tell each of their tasks when a thread ends, and go on with the next.', async () => {
    const { run, sent, tasks } = threadsFor(1);
    const answers = Promise.allSettled(named(4).map(run));
    await sent[0]?.end(1, BATCH_MS / 2);
    sent[1]?.die();
    await new Promise(setImmediate);
    expect(tasks()).toEqual(['t0', 't1 t2', 't3']);
    await sent[2]?.end(1, 1);
    expect((await answers).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
  });
});
