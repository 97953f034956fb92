import { describe, expect, test } from 'vitest';
import { hasCode } from '../../../../src/domain/errors.ts';
import type { Pool } from '../../../../src/passwords/pool/pool.ts';
import type { RehashTask } from '../../../../src/passwords/pool/rehash.ts';
import { createRehashQueue } from '../../../../src/passwords/pool/rehash-queue.ts';

/** A pool whose threads finish when the test says so. */
function scriptedPool() {
  const started: { salt: string; finish(): void; fail(): void }[] = [];
  const listeners: (() => void)[] = [];
  const state = { idle: true };
  const pool = {
    run: (_name: string, task: RehashTask) => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const salt = String.fromCharCode(...task.salt);
      started.push({ salt, finish: () => resolve(salt), fail: () => reject(new Error('ended')) });
      return promise;
    },
    hasIdleThread: () => state.idle,
    onSettled: (listener: () => void) => listeners.push(listener),
    close: async () => {},
  } as unknown as Pool;
  const setIdle = (idle: boolean) => {
    state.idle = idle;
    for (const listener of listeners) listener();
  };
  return { pool, started, setIdle };
}

const task = (name: string): RehashTask => ({
  password: Buffer.from(`password of ${name}`),
  replaces: { encoded: '', scheme: 'auto' },
  argon2id: { memoryKiB: 7168, iterations: 1, parallelism: 1 },
  salt: Buffer.from(name),
});

describe('Rehashes', () => {
  test('run one at a time, in their order.', async () => {
    const { pool, started } = scriptedPool();
    const queue = createRehashQueue(pool, 10);
    const [first, second] = [queue.add(task('first')), queue.add(task('second'))];
    expect(started.map(({ salt }) => salt)).toEqual(['first']);
    started[0]?.finish();
    expect(await first).toBe('first');
    expect(started.map(({ salt }) => salt)).toEqual(['first', 'second']);
    started[1]?.finish();
    expect(await second).toBe('second');
  });

  test('wait while every thread verifies.', async () => {
    const { pool, started, setIdle } = scriptedPool();
    setIdle(false);
    const queue = createRehashQueue(pool, 10);
    const waiting = queue.add(task('patient'));
    expect(started).toEqual([]);
    setIdle(true);
    started[0]?.finish();
    expect(await waiting).toBe('patient');
  });

  test('go on after one that failed.', async () => {
    const { pool, started } = scriptedPool();
    const queue = createRehashQueue(pool, 10);
    const [first, second] = [queue.add(task('first')), queue.add(task('second'))];
    started[0]?.fail();
    await expect(first).rejects.toThrow('ended');
    started[1]?.finish();
    expect(await second).toBe('second');
  });

  test('are refused when too many wait, and given up at the end.', async () => {
    const { pool, setIdle } = scriptedPool();
    setIdle(false);
    const queue = createRehashQueue(pool, 2);
    const waiting = [queue.add(task('one')), queue.add(task('two'))];
    await expect(queue.add(task('three'))).rejects.toSatisfy((error) => hasCode(error, 'overloaded'));
    queue.close();
    for (const one of waiting) await expect(one).rejects.toSatisfy((error) => hasCode(error, 'overloaded'));
    await expect(queue.add(task('late'))).rejects.toSatisfy((error) => hasCode(error, 'overloaded'));
  });

  test('keep no password: each is wiped when a thread has it, when it is refused and at the end.', async () => {
    const { pool, started, setIdle } = scriptedPool();
    const queue = createRehashQueue(pool, 1);
    const [begun, waiting, refused] = [task('begun'), task('waiting'), task('refused')];
    const done = queue.add(begun);
    setIdle(false);
    const givenUp = queue.add(waiting);
    await expect(queue.add(refused)).rejects.toThrow();
    queue.close();
    await expect(givenUp).rejects.toThrow();
    started[0]?.finish();
    await done;
    for (const { password } of [begun, waiting, refused]) {
      expect([...password].every((byte) => byte === 0)).toBe(true);
    }
  });
});
