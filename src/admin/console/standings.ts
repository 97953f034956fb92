import type { LedgerState } from '../../ledger/ledger.ts';
import { RETRYABLE_STATES } from '../../ledger/steward.ts';
import type { createPeopleWork } from '../work/people.ts';
import { withoutCommands } from './remedy.ts';

type Entry = Awaited<ReturnType<ReturnType<typeof createPeopleWork>['show']>>['targets'][number];

const CAN_BE_COPIED: readonly LedgerState[] = ['captured', 'retrying', 'copied', 'stale'];
const CAN_BE_PARKED: readonly LedgerState[] = ['captured', 'copying', 'retrying', 'conflict'];

/** Where somebody stands at a target, and which buttons make sense there. */
export interface Standing {
  readonly target: string;
  /** Absent: the ledger knows nothing of them here. */
  readonly entry: Entry | undefined;
  readonly may: {
    readonly retry: boolean;
    readonly copy: boolean;
    readonly park: boolean;
    readonly exclude: boolean;
    readonly forget: boolean;
  };
}

/** One for each configured target, in their order. */
export function standingsOf(targets: readonly string[], entries: readonly Entry[]): Standing[] {
  return targets.map((target) => {
    const found = entries.find((entry) => entry.target === target);
    const state = found?.state;
    return {
      target,
      entry: found && { ...found, remedy: withoutCommands(found.remedy) },
      may: {
        retry: RETRYABLE_STATES.some((one) => one === state),
        copy: state === undefined || CAN_BE_COPIED.includes(state),
        park: state !== undefined && CAN_BE_PARKED.includes(state),
        exclude: state !== 'excluded',
        forget: state !== undefined,
      },
    };
  });
}
