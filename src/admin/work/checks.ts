import type { CheckResult } from '../../domain/check.ts';
import type { StewardsDesk } from '../desk.ts';

/** What was found when everything was looked at. */
export interface Look {
  /** Milliseconds since 1970, by the store's clock. */
  readonly at: number;
  readonly findings: CheckResult[];
}

export type CheckWork = ReturnType<typeof createCheckWork>;

/** The doctor. Whoever asks while it looks gets the same look: it asks every database of the deployment. */
export function createCheckWork({ runChecks, store }: Pick<StewardsDesk, 'runChecks' | 'store'>) {
  let underway: Promise<Look> | undefined;
  let last: Look | undefined;
  const look = async () => {
    last = { findings: await runChecks(), at: await store.now() };
    return last;
  };
  return {
    run() {
      underway ??= look().finally(() => {
        underway = undefined;
      });
      return underway;
    },
    /** What this instance found last; undefined when it has not looked since it started. */
    last: () => last,
  };
}
