import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createCourierModel,
  type Event,
  KILL_POINTS,
  PEOPLE,
  TARGET_ANSWERS,
} from '../../support/courier-model.ts';

/** `npm run soak` asks for more. */
const RUNS = Number(process.env.SOAK_RUNS ?? 250);

const who = fc.constantFrom(...PEOPLE);
const courier = fc.constantFrom(0 as const, 1 as const);
const couriers = fc.constantFrom([0], [1], [0, 1]) as fc.Arbitrary<(0 | 1)[]>;
const out = fc.boolean();
const kinds = (...names: readonly Event['kind'][]) => fc.constantFrom(...names);

const event = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: kinds('login'), who }) },
  { weight: 8, arbitrary: fc.record({ kind: kinds('work'), couriers }) },
  { weight: 2, arbitrary: fc.record({ kind: kinds('change password', 'change profile'), who }) },
  { weight: 2, arbitrary: fc.record({ kind: kinds('disable', 'delete', 'enable', 'enable'), who }) },
  { weight: 1, arbitrary: fc.record({ kind: kinds('change at target'), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: kinds('mode'), mode: fc.constantFrom('off', 'shadow', 'lazy', 'cutover') }),
  },
  { weight: 3, arbitrary: fc.record({ kind: kinds('kill'), courier, at: fc.constantFrom(...KILL_POINTS) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: kinds('target'), answers: fc.constantFrom('ok', ...TARGET_ANSWERS) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kinds('legacy', 'store'), out }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: kinds('pass'), ms: fc.constantFrom(1, 1_000, 30_000, 60_000, 3_600_000) }),
  },
) as fc.Arbitrary<Event>;

test(
  'Whatever fails in whatever order, everybody who was captured arrives or says why not, and a further login mends it.',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 50, size: 'max' }), async (events) => {
        const model = await createCourierModel();
        for (const one of events) await model.happen(one);
        await model.comeToRest();
        await model.expectPromises();
        await model.expectNextLoginToMend();
        await model.close();
      }),
      { numRuns: RUNS },
    );
    expect(RUNS).toBeGreaterThanOrEqual(200);
  },
  RUNS * 400,
);
