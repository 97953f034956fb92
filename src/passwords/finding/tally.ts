import type { SearchProgress } from '../scheme-search.ts';
import type { SearchPlan } from './search.ts';
import type { Unit } from './unit.ts';

/** Counts what was tried, and tells it stage by stage: a stage is told when its first slice is begun. */
export function createTally(
  { units, descriptions }: SearchPlan,
  onProgress: ((progress: SearchProgress) => void) | undefined,
) {
  const total = units.reduce((sum, { candidates }) => sum + candidates, 0);
  const stages = descriptions.map((description, stage) => {
    const own = units.filter((unit) => unit.stage === stage);
    return { description, total: own.reduce((sum, { candidates }) => sum + candidates, 0), done: 0 };
  });
  let tried = 0;
  let current = 0;
  return {
    on(unit: Unit, state: 'begun' | 'done'): void {
      const stage = stages[unit.stage];
      if (state === 'begun') current = Math.max(current, unit.stage);
      else if (stage !== undefined) {
        tried += unit.candidates;
        stage.done += unit.candidates;
      }
      const shown = stages[current];
      if (shown === undefined) return;
      const share = shown.total === 0 ? 1 : shown.done / shown.total;
      onProgress?.({ tried, description: shown.description, share });
    },
    state: () => ({ tried, remaining: Math.max(0, total - tried) }),
  };
}
