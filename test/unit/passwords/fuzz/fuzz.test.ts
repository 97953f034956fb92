import { describe, expect, test } from 'vitest';
import { fuzz } from '../../../fuzz/run.ts';
import { TARGETS } from '../../../fuzz/targets.ts';

const RUNS = 60;
/** Of verifying, in milliseconds a scheme; none of what is dear. */
const PURSE = [20, 5, 0] as const;

describe('Any input', () => {
  test.each(TARGETS.map((target) => [target.name, target] as const))(
    'is answered promptly and without an exception by %s.',
    async (_, target) => {
      expect(await fuzz({ target, runs: RUNS, seed: 20_260_101, purse: PURSE })).toBeUndefined();
    },
  );
});
