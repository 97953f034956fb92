import type { Stage } from './job.ts';
import type { Finding, Question } from './question.ts';
import { stagesOf } from './stages.ts';
import { type Unit, unitsOf } from './unit.ts';

export interface PlanTask {
  readonly question: Question;
  readonly password: Uint8Array;
  /** Shared with the threads: one, as soon as nobody waits for what is still being tried. */
  readonly stopped: Int32Array;
}
export interface SearchTask extends PlanTask {
  readonly unit: Unit;
}
export interface SearchPlan {
  readonly descriptions: readonly string[];
  readonly units: readonly Unit[];
}

/** A thread of a search serves that search alone, so that what goes into the digests is made once a thread. */
let stages: readonly Stage[] | undefined;

const stagesFor = ({ question, password, stopped }: PlanTask): readonly Stage[] => {
  stages ??= stagesOf({
    question,
    password: Uint8Array.from(password),
    isStopped: () => Atomics.load(stopped, 0) !== 0,
  });
  return stages;
};

/** What there is to try, in its order. */
export async function planSearch(task: PlanTask): Promise<SearchPlan> {
  const planned = stagesFor(task);
  return { descriptions: planned.map(({ description }) => description), units: unitsOf(planned) };
}

/** Tries one slice. */
export async function search(task: SearchTask): Promise<Finding[]> {
  const { stage, job, from, to } = task.unit;
  return (await stagesFor(task)[stage]?.jobs[job]?.run(from, to)) ?? [];
}
