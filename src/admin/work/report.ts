import { BridgeError } from '../../domain/errors.ts';
import type { SignedReport, StewardsDesk } from '../desk.ts';

/** The decommission report. Whoever asks for one that is being made gets the same: it reads whole tables. */
export function createReportWork({ makeReport, targets }: Pick<StewardsDesk, 'makeReport' | 'targets'>) {
  const underway = new Map<string, Promise<SignedReport>>();
  return {
    /**
     * @param examples how many people are named, by legacy id, of each group that is not across
     * @throws BridgeError `not_found` for a target that is not configured, `legacy_unavailable`
     */
    async make(target: string, examples: number): Promise<SignedReport> {
      if (!targets.has(target)) throw new BridgeError('not_found', `There is no target "${target}".`);
      const key = `${target} ${examples}`;
      const made = underway.get(key) ?? makeReport({ target, examples }).finally(() => underway.delete(key));
      underway.set(key, made);
      return made;
    },
  };
}
