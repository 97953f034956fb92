import type { Chain } from './chain.ts';
import type { Frame } from './frame.ts';
import type { Group } from './group.ts';
import type { Material } from './material.ts';
import { plainest } from './term.ts';

const WITHOUT_SALT: readonly Frame[] = [[0], [0, 1], [1, 0]];
const WITH_SALT: readonly Frame[] = [
  [0],
  [0, 2],
  [2, 0],
  [0, 1],
  [1, 0],
  [0, 1, 2],
  [0, 2, 1],
  [2, 0, 1],
  [1, 2, 0],
  [2, 1, 0],
  [1, 0, 2],
  [0, 1, '{', 2, '}'],
];
/** Columns that are mixed in; a chain costs a thousand times what a digest costs. */
const MOST_SALTS = 8;

/** Every number of rounds up to a thousand and a little: the password in the step and in the start, or in one of them. */
export function fewRounds(group: Group, { passes }: Material): Chain[] {
  return chainsOf(group, passes.slice(0, 3), 1100, WITH_SALT, (step) => [
    [1, 2],
    [2, 1],
    ...(step.includes(2) ? [[1]] : []),
    ...(step.includes(1) && step.includes(2) ? [[]] : []),
    [1, '{', 2, '}'],
  ]);
}

/** What frameworks and tutorials do so often: the digest again and again, with password and salt in it or before it. */
export function manyRounds(group: Group, { passes }: Material): Chain[] {
  const steps: Frame[] = [[0], [0, 2], [0, 1, 2], [0, 1, '{', 2, '}']];
  return chainsOf(group, passes.slice(0, 1), 10_000, steps, (step) => {
    if (step.includes(1)) return [[]];
    return step.includes(2)
      ? [[1]]
      : [
          [1, 2],
          [2, 1],
          [1, '{', 2, '}'],
        ];
  });
}

function chainsOf(
  group: Group,
  passes: Chain['passes'],
  rounds: number,
  steps: readonly Frame[],
  startsOf: (step: Frame) => readonly Frame[],
): Chain[] {
  const bare = WITHOUT_SALT.map((step) => ({
    step,
    starts: step.includes(1) ? [[], [1]] : [[1]],
    salts: [],
  }));
  const salts = plainest(group.salts).slice(0, MOST_SALTS);
  const salted = steps.map((step) => ({ step, starts: startsOf(step), salts }));
  return [...(group.ownSalt ? [] : bare), ...(salts.length === 0 ? [] : salted)].map((chain) => ({
    ...chain,
    group,
    passes,
    rounds,
  }));
}
