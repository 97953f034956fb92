import { afterEach, describe, expect, test } from 'vitest';
import { BridgeError, hasCode } from '../../../../src/domain/errors.ts';
import { createPool, type Pool } from '../../../../src/passwords/pool/pool.ts';
import type { VerifyTask } from '../../../../src/passwords/pool/verify.ts';
import { createLogger } from '../../../../src/runtime/logger.ts';

const lines: string[] = [];
const logger = createLogger('info', { write: (line) => lines.push(line) });
const pools: Pool[] = [];

function poolOf(worker: string, threads = 1, maxQueue = 4): Pool {
  const pool = createPool(
    { threads, maxQueue, worker: new URL(`./threads/${worker}.ts`, import.meta.url) },
    logger,
  );
  pools.push(pool);
  return pool;
}

const task = (password = 'secret'): VerifyTask => ({
  credential: { encoded: '', scheme: 'auto' },
  password: Buffer.from(password),
  refused: false,
  decoy: { credential: { encoded: '', scheme: 'auto' }, cost: 0 },
});

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
  lines.length = 0;
});

describe('The pool', () => {
  test.each(['does-not-start', 'exits', 'throws-late', 'hoards-memory'])(
    'outlives a thread that %s: each task is told, and new threads take over.',
    async (worker) => {
      const pool = poolOf(worker);
      for (const _round of [1, 2]) {
        const outcomes = await Promise.allSettled([pool.verify(task()), pool.verify(task())]);
        for (const outcome of outcomes) {
          expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'overloaded' } });
        }
      }
      expect(lines.join('')).toContain('A thread of the password pool ended');
      expect(lines.join('')).not.toContain('secret"');
    },
    30_000,
  );

  test('has started, and is closed, only when its threads have loaded: Node may fall over otherwise.', async () => {
    for (const wait of [(pool: Pool) => pool.started(), (pool: Pool) => pool.close()]) {
      const began = performance.now();
      await wait(poolOf('loads-slowly', 2));
      expect(performance.now() - began).toBeGreaterThan(300);
    }
  });

  test('sends the bytes of the password and nothing that lay beside them, and leaves the caller its own.', async () => {
    const password = Buffer.from('a password in a buffer that others share');
    expect(password.buffer.byteLength).toBeGreaterThan(password.length);
    const pool = poolOf('echoes');
    expect(await pool.verify({ ...task(), password })).toEqual({
      bytes: [...password],
      bufferLength: password.length,
    });
    expect(password.toString()).toBe('a password in a buffer that others share');
  });

  test('refuses what is one more than its threads and its queue hold, at once.', async () => {
    const pool = poolOf('echoes', 1, 2);
    const accepted = [pool.verify(task()), pool.verify(task()), pool.verify(task())];
    expect(pool.hasIdleThread()).toBe(false);
    await expect(pool.verify(task())).rejects.toSatisfy((error) => hasCode(error, 'overloaded'));
    await Promise.all(accepted);
    expect(pool.hasIdleThread()).toBe(true);
    await pool.verify(task());
  });

  test('finishes what it accepted before it closes, and takes no more.', async () => {
    const pool = poolOf('echoes');
    const accepted = [pool.verify(task()), pool.verify(task())];
    const closed = pool.close();
    await expect(pool.verify(task())).rejects.toBeInstanceOf(BridgeError);
    await closed;
    expect(await Promise.all(accepted)).toHaveLength(2);
  });
});
