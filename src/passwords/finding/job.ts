import type { Finding, Question } from './question.ts';

/** A part of the search that can be cut into rows, each of so many candidates. */
export interface Job {
  readonly rows: number;
  /** Candidates in a row. */
  readonly width: number;
  /** Of one row on one core, roughly. */
  readonly milliseconds: number;
  /** Tries these rows. */
  run(from: number, to: number): Promise<Finding[]>;
}

export interface Stage {
  /** What is tried, for the one who waits and for the report. */
  readonly description: string;
  readonly jobs: readonly Job[];
}

/** What all stages are made from. */
export interface Search {
  readonly question: Question;
  readonly password: Uint8Array;
  /** Asked between two candidates: nobody waits for the rest any more. */
  isStopped(): boolean;
}
