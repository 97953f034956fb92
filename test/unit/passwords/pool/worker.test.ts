import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { VerifyTask } from '../../../../src/passwords/pool/verify.ts';
import { verify } from '../../../../src/passwords/pool/worker.ts';
import { bcryptDecoy } from '../../../../src/passwords/schemes/bcrypt.ts';

/** Counts what is hashed with bcrypt. */
const hashed = vi.hoisted(() => ({ times: 0 }));
vi.mock('../../../../src/passwords/engine.ts', async (original) => {
  const { engine } = await original<typeof import('../../../../src/passwords/engine.ts')>();
  const bcrypt: typeof engine.bcrypt = (password, setting) => {
    hashed.times += 1;
    return engine.bcrypt(password, setting);
  };
  return { engine: { ...engine, bcrypt } };
});

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
  const first = verify([cheap()]);
  const second = verify([dear()]);
  expect((await first).answers).toMatchObject([{ verdict: { kind: 'match' } }]);
  expect(hashed.times).toBe(0);
  expect((await second).answers).toMatchObject([{ verdict: { kind: 'mismatch' } }]);
  expect(hashed.times).toBe(1);
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
