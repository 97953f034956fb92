import type { Job } from './job.ts';

/** What one call of a thread may take. */
const UNIT_MILLISECONDS = 250;

/** A slice of the search, for one thread. */
export interface Unit {
  readonly stage: number;
  readonly job: number;
  readonly from: number;
  readonly to: number;
  readonly candidates: number;
}

export function unitsOf(stages: readonly { readonly jobs: readonly Omit<Job, 'run'>[] }[]): Unit[] {
  return stages.flatMap(({ jobs }, stage) =>
    jobs.flatMap(({ rows, width, milliseconds }, job) => {
      const size = Math.max(1, Math.floor(UNIT_MILLISECONDS / Math.max(milliseconds, 0.001)));
      return Array.from({ length: Math.ceil(rows / size) }, (_, index) => {
        const [from, to] = [index * size, Math.min((index + 1) * size, rows)];
        return { stage, job, from, to, candidates: (to - from) * width };
      });
    }),
  );
}
