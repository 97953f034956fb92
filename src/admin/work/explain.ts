import { copiesTo } from '../../clients/migration.ts';
import type { LedgerEntry, LedgerState } from '../../ledger/ledger.ts';
import { remedyFor } from '../../ledger/remedies.ts';
import type { StewardsDesk } from '../desk.ts';

export interface Explanation {
  readonly why: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Why a person is where they are at a target, and what to do about it, each a sentence. */
export function createExplain({
  clients,
  circuit,
  store,
}: Pick<StewardsDesk, 'clients' | 'circuit' | 'store'>) {
  return async (entry: LedgerEntry): Promise<Explanation> => {
    const { target, state, reason } = entry;
    const held = WAITING.includes(state) ? await whatHolds(entry) : undefined;
    if (held !== undefined) return held;
    if (state === 'copied') return whoIsCopied(entry);
    return { why: reason ?? WHY[state](target), remedy: remedyFor(target, state, reason ?? '') };
  };

  /** What keeps a row that waits from being sent; undefined when nothing does. */
  async function whatHolds({ target, clientId, reason }: LedgerEntry): Promise<Explanation | undefined> {
    if (await isHeld({ clients }, { clientId, target })) {
      return {
        why: `It waits, and is held: no switch of client "${clientId}" copies people to "${target}".`,
        remedy: `Turn a switch of client "${clientId}" to lazy or cutover.`,
      };
    }
    const [states, now] = [await circuit.states(), await store.now()];
    const resting = states.find((one) => one.target === target && one.closedUntil > now);
    if (resting === undefined || reason !== null) return undefined;
    return {
      why: `It waits: target "${target}" is left alone for now. ${resting.reason ?? ''}`.trim(),
      remedy: 'Nothing, if that is meant to be: it is tried again by itself. Resuming the target ends it.',
    };
  }
}

/** Whether the client that brought a row copies nobody to its target; a backfill's rows have none, and always go. */
export async function isHeld(
  { clients }: Pick<StewardsDesk, 'clients'>,
  { clientId, target }: Pick<LedgerEntry, 'clientId' | 'target'>,
): Promise<boolean> {
  if (clientId === '') return false;
  const client = await clients.find(clientId);
  return client === undefined || !copiesTo(client.migration, target);
}

export const WAITING: readonly LedgerState[] = ['captured', 'copying', 'retrying'];

function whoIsCopied({ target, passwordCopied }: LedgerEntry): Explanation {
  if (passwordCopied) return { why: `Profile and password are at "${target}".`, remedy: 'Nothing.' };
  return {
    why: `The profile is at "${target}", without a password from here.`,
    remedy: 'Nothing: the next login brings the password, where the target takes one.',
  };
}

const WHY: Record<Exclude<LedgerState, 'copied'>, (target: string) => string> = {
  captured: () => 'It was captured, and waits for its turn.',
  copying: (target) => `It is being copied to "${target}" at this moment.`,
  retrying: () => 'It failed, and is tried again by itself.',
  parked: () => 'It failed, and waits for an admin.',
  conflict: (target) => `Somebody else at "${target}" is in the way.`,
  stale: () => 'The password changed in legacy before it was copied.',
  gone: () => 'Deleted or disabled in legacy.',
  excluded: () => 'An admin excluded this person.',
};
