import { BridgeError } from '../../domain/errors.ts';
import type { LedgerState } from '../../ledger/ledger.ts';
import { remedyFor } from '../../ledger/remedies.ts';
import { RETRYABLE_STATES } from '../../ledger/steward.ts';
import type { PageRequest } from '../api/paging.ts';
import type { StewardsDesk } from '../desk.ts';
import { createTargetWork } from './targets.ts';

/** How many reasons are told, the most frequent first. */
const MOST_REASONS = 100;
/** Nothing failed, and still these people stay behind. */
const SET_ASIDE = ['stale', 'gone', 'excluded'] as const satisfies readonly LedgerState[];

const REMEDY_OF_UNREADABLE =
  'Find out with the password of one test user how the column is hashed ("footbridge inspect"), and configure that ' +
  'scheme. Where the values are damaged, have these people choose a new password in the legacy app.';

/** One reason of failures. */
export interface WhichFailures {
  readonly target: string;
  readonly state: (typeof RETRYABLE_STATES)[number];
  readonly reason: string;
}

/** Everything that keeps people from being copied or let in, grouped by why, with what to do about it. */
export function createProblemWork(desk: StewardsDesk) {
  const { steward, unverifiable, targets, directories } = desk;
  const targetWork = createTargetWork(desk);

  async function grouped(states: readonly LedgerState[]) {
    const groups = await steward.groups(states, MOST_REASONS);
    return groups.map(({ examples, ...group }) => ({
      ...group,
      examples: examples.map((person) => ({ ...person })),
      remedy: remedyFor(group.target, group.state, group.reason),
    }));
  }

  return {
    async overview() {
      const shapes = await unverifiable.summary();
      return {
        failures: await grouped(RETRYABLE_STATES),
        setAside: await grouped(SET_ASIDE),
        /** Those that nothing is sent to, or one copy at a time. */
        targets: (await targetWork.list())
          .filter(({ circuit }) => circuit.state !== 'open')
          .map(({ name, circuit }) => ({ name, circuit })),
        unverifiable: shapes.map((shape) => ({ ...shape, remedy: REMEDY_OF_UNREADABLE })),
        watched: { targets: [...targets.keys()], directories: [...directories.byName.keys()] },
      };
    },
    /**
     * The people of a state at a target, of one reason where it is given: a page of them, how many there are in all,
     * and what to do.
     */
    async people(
      { target, state, reason }: { target: string; state: LedgerState; reason?: string | undefined },
      page: PageRequest,
    ) {
      const filter = { target, states: [state], reason };
      const { entries, next } = await steward.list(filter, page);
      return {
        entries,
        next,
        people: await steward.count(filter),
        remedy: remedyFor(target, state, reason ?? ''),
      };
    },
    /**
     * Has everybody who failed for this reason tried again at once.
     *
     * @returns how many
     */
    async retry({ target, state, reason }: WhichFailures, actor: string): Promise<number> {
      if (!targets.has(target)) throw new BridgeError('not_found', `There is no target "${target}".`);
      return steward.retry({ target, states: [state], reason }, actor);
    },
    resume: targetWork.resume,
  };
}
