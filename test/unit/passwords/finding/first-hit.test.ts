import { expect, test } from 'vitest';
import { firstHit } from '../../../../src/passwords/finding/first-hit.ts';
import type { Unit } from '../../../../src/passwords/finding/unit.ts';

const units = Array.from({ length: 6 }, (_, job): Unit => ({ stage: 0, job, from: 0, to: 1, candidates: 1 }));

/** Slices that are answered by hand, in any order. */
function slices(threads: number, isOver = () => false) {
  const answers = units.map(() => Promise.withResolvers<string[]>());
  const begun: number[] = [];
  const hit = firstHit<string>({
    units,
    threads,
    search: async ({ job }) => (await answers[job]?.promise) ?? [],
    onUnit: ({ job }, state) => state === 'begun' && begun.push(job),
    isOver,
  });
  const answer = async (job: number, ...found: string[]) => {
    answers[job]?.resolve(found);
    await new Promise(setImmediate);
  };
  return { hit, begun, answer };
}

test('A hit waits for earlier slices, and one of theirs goes before it.', async () => {
  const { hit, begun, answer } = slices(3);
  let reached: string[] | undefined;
  void hit.reached.then((found) => {
    reached = found;
  });
  await answer(2, 'late');
  expect(reached).toBeUndefined();
  expect(hit.soFar()).toEqual(['late']);
  await answer(0);
  expect(reached).toBeUndefined();
  await answer(1, 'early');
  expect(reached).toEqual(['early']);
  expect(begun).toEqual([0, 1, 2]);
});

test('A hit does not wait for later slices.', async () => {
  const { hit, answer } = slices(3);
  await answer(0, 'first');
  expect(await hit.reached).toEqual(['first']);
});

test('Without a hit it ends when every slice has been searched, or when nobody waits any more.', async () => {
  const whole = slices(2);
  for (const job of units.keys()) await whole.answer(job);
  expect(await whole.hit.reached).toEqual([]);
  let isOver = false;
  const cut = slices(2, () => isOver);
  isOver = true;
  await cut.answer(0, 'too late');
  await cut.answer(1);
  expect(await cut.hit.reached).toEqual([]);
  expect(cut.begun).toEqual([0, 1]);
});

test('A slice that fails fails the search.', async () => {
  const hit = firstHit<string>({
    units,
    threads: 2,
    search: () => Promise.reject(new Error('the thread ended')),
    onUnit: () => {},
    isOver: () => false,
  });
  await expect(hit.reached).rejects.toThrow('the thread ended');
});
