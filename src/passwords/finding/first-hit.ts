import type { Unit } from './unit.ts';

export interface Slices<T> {
  readonly units: readonly Unit[];
  /** How many are searched at the same time. */
  readonly threads: number;
  search(unit: Unit): Promise<T[]>;
  /** Called before and after each slice. */
  onUnit(unit: Unit, state: 'begun' | 'done'): void;
  /** True: nobody waits any more. */
  isOver(): boolean;
}

export interface FirstHit<T> {
  /** Resolves with the findings of the first slice that has any, in the order of the slices; with none at the end. */
  readonly reached: Promise<T[]>;
  /** The findings so far, while an earlier slice could still change them. */
  soFar(): readonly T[];
}

interface Hit<T> {
  readonly index: number;
  readonly found: T[];
}

const earlier = <T>(one: Hit<T> | undefined, other: Hit<T>): Hit<T> =>
  one !== undefined && one.index < other.index ? one : other;

/**
 * Each thread takes the next slice, in order. A hit counts when all slices before its own have been searched, so that
 * what is reported does not depend on which thread was faster.
 */
export function firstHit<T>({ units, threads, search, onUnit, isOver }: Slices<T>): FirstHit<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T[]>();
  const underWay = new Set<number>();
  let next = 0;
  let best: Hit<T> | undefined;

  async function work(): Promise<void> {
    while (best === undefined && !isOver()) {
      const index = next;
      const unit = units[index];
      if (unit === undefined) return;
      next += 1;
      underWay.add(index);
      onUnit(unit, 'begun');
      const found = await search(unit);
      underWay.delete(index);
      if (isOver()) return;
      onUnit(unit, 'done');
      if (found.length > 0) best = earlier(best, { index, found });
      settle();
    }
  }

  function settle(): void {
    if (best === undefined) return;
    const { index, found } = best;
    if ([...underWay].every((other) => other > index)) resolve(found);
  }

  Promise.all(Array.from({ length: threads }, work)).then(() => resolve(best?.found ?? []), reject);
  return { reached: promise, soFar: () => best?.found ?? [] };
}
