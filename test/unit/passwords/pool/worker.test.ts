import { createHash } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { engine } from '../../../../src/passwords/engine.ts';
import type { VerifyTask } from '../../../../src/passwords/pool/verify.ts';
import { verify } from '../../../../src/passwords/pool/worker.ts';
import { bcryptDecoy } from '../../../../src/passwords/schemes/bcrypt.ts';

const decoy = { credential: { encoded: '', scheme: 'auto' }, cost: 0 };
const taskOf = (encoded: string, scheme: string): VerifyTask => ({
  credential: { encoded, scheme },
  password: Buffer.from('secret'),
  refused: false,
  decoy,
});
const cheap = () => taskOf(createHash('md5').update('secret').digest('hex'), 'md5');
const dear = (cost = 4) => taskOf(bcryptDecoy(cost), 'bcrypt');

test('A thread that has several tasks gives the answer of the first away before it hashes for the second.', async () => {
  const bcrypt = vi.spyOn(engine, 'bcrypt');
  onTestFinished(() => bcrypt.mockRestore());
  const first = verify([cheap()]);
  const second = verify([dear()]);
  expect((await first).answers).toMatchObject([{ verdict: { kind: 'match' } }]);
  expect(bcrypt).not.toHaveBeenCalled();
  expect((await second).answers).toMatchObject([{ verdict: { kind: 'mismatch' } }]);
  expect(bcrypt).toHaveBeenCalledOnce();
});

test('A thread verifies a batch of short tasks whole, and stops where it has taken long enough.', async () => {
  expect((await verify([cheap(), cheap(), cheap()])).answers).toHaveLength(3);
  const { answers, milliseconds } = await verify([cheap(), dear(10), cheap()]);
  expect(answers).toHaveLength(2);
  expect(milliseconds).toBeGreaterThan(10);
});

test('A thread wipes every password of a batch, verified or not, and goes on after a task that throws.', async () => {
  const batch = [dear(10), dear(10)];
  await verify(batch);
  expect(batch.flatMap(({ password }) => [...password]).every((byte) => byte === 0)).toBe(true);
  await expect(verify(undefined as never)).rejects.toThrow();
  expect((await verify([cheap()])).answers).toHaveLength(1);
});
