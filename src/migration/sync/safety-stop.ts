import type { SyncOptions } from '../options.ts';
import type { SyncCounts } from '../sync.ts';
import { carryGone, type Gone, type GoneDependencies, isDone } from './gone.ts';

/** Gathers whoever is gone, and carries nobody until it is sure that they are few. */
export interface SafetyStop {
  /** @returns false when they are too many: nobody of them has been touched */
  add(gone: readonly Gone[]): Promise<boolean>;
  /** Carries across whoever was gathered. */
  carry(): Promise<void>;
  /** The sentence for the admin. */
  question(): string;
}

/**
 * @param population how many people are across
 * @param accepted an admin has said yes: nobody is gathered, everybody is carried at once
 */
export function createSafetyStop(
  population: number,
  accepted: boolean,
  counts: SyncCounts,
  deps: GoneDependencies,
): SafetyStop {
  const limit = accepted ? Number.POSITIVE_INFINITY : limitOf(population, deps.options);
  const gathered = new Map<string, Gone>();

  async function carry(): Promise<void> {
    const people = [...gathered.values()];
    gathered.clear();
    for (const gone of people) await carryGone(gone, counts, deps);
  }

  return {
    async add(gone) {
      for (const one of gone) {
        if (isDone(one, deps)) continue;
        const { directory, legacyId } = one.known.person;
        gathered.set(JSON.stringify([directory, legacyId]), one);
        if (gathered.size > limit) return false;
      }
      if (accepted) await carry();
      return true;
    },
    carry,
    question: () =>
      `More than ${limit} of ${population} people are gone from legacy at once; nobody was touched. Is that right?`,
  };
}

/** Holds the memory of a pass within bounds, too. */
function limitOf(population: number, { holdAbovePercent, holdAbovePeople }: SyncOptions): number {
  return Math.max(holdAbovePeople, Math.floor((population * holdAbovePercent) / 100));
}
