import type { CheckResult } from '../../domain/check.ts';
import type { StewardsDesk } from '../desk.ts';

/** The doctor. Whoever asks while it looks gets the same look: it asks every database of the deployment. */
export function createCheckWork({ runChecks, store }: Pick<StewardsDesk, 'runChecks' | 'store'>) {
  let underway: Promise<{ at: number; findings: CheckResult[] }> | undefined;
  const look = async () => ({ findings: await runChecks(), at: await store.now() });
  return {
    run() {
      underway ??= look().finally(() => {
        underway = undefined;
      });
      return underway;
    },
  };
}
