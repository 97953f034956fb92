import type { SyncOptions } from '../options.ts';
import type { SyncCounts } from '../sync.ts';
import { type AtRestDependencies, clientsAtRest } from './at-rest.ts';
import { carryGone, type Gone, type GoneDependencies, isDone } from './gone.ts';

/** Gathers whoever is gone, and carries nobody until it is sure that they are few. */
export interface SafetyStop {
  /**
   * People of a client that is at rest are left as they are.
   *
   * @returns false when they are too many: nobody of them has been touched
   */
  add(gone: readonly Gone[]): Promise<boolean>;
  /** Carries across whoever was gathered. */
  carry(): Promise<void>;
  /** The sentence for the admin. */
  question(): string;
}

export type SafetyStopDependencies = GoneDependencies & AtRestDependencies;

/**
 * @param population how many people are across
 * @param accepted an admin has said yes: nobody is gathered, everybody is carried at once
 */
export function createSafetyStop(
  population: number,
  accepted: boolean,
  counts: SyncCounts,
  deps: SafetyStopDependencies,
): SafetyStop {
  const limit = accepted ? Number.POSITIVE_INFINITY : limitOf(population, deps.options);
  /** By person, and each kind for itself: a column that disables many says nothing about rows that are missing. */
  const gathered = { disabled: new Map<string, Gone>(), deleted: new Map<string, Gone>() };
  const heldBack = new Set<string>();

  function gather(gone: Gone): void {
    const key = keyOf(gone);
    if (gone.why === 'deleted') gathered.disabled.delete(key);
    gathered[gone.why].set(key, gone);
  }

  async function carry(): Promise<void> {
    const people = [...gathered.deleted.values(), ...gathered.disabled.values()];
    gathered.deleted.clear();
    gathered.disabled.clear();
    for (const gone of people) await carryGone(gone, counts, deps);
  }

  return {
    async add(gone) {
      if (gone.length === 0) return true;
      const atRest = await clientsAtRest(deps);
      for (const one of gone) {
        if (isDone(one, deps)) continue;
        if (atRest.has(one.known.clientId)) heldBack.add(keyOf(one));
        else gather(one);
        counts.heldBack = heldBack.size;
        if (gathered.deleted.size > limit || gathered.disabled.size > limit) return false;
      }
      if (accepted) await carry();
      return true;
    },
    carry,
    question: () =>
      `So far ${gathered.deleted.size} people were found deleted and ${gathered.disabled.size} disabled in legacy, of ` +
      `${population}; ${limit} of each may be. Nobody was touched. Is that right?`,
  };
}

const keyOf = ({ known: { person } }: Gone) => JSON.stringify([person.directory, person.legacyId]);

/** Holds the memory of a pass within bounds, too. */
function limitOf(population: number, { holdAbovePercent, holdAbovePeople }: SyncOptions): number {
  return Math.max(holdAbovePeople, Math.floor((population * holdAbovePercent) / 100));
}
