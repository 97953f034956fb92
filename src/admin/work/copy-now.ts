import { BridgeError } from '../../domain/errors.ts';
import type { PersonRef } from '../../domain/ids.ts';
import { noteInAudit } from '../../store/audit.ts';
import type { CopyNowAnswer, StewardsDesk } from '../desk.ts';
import { createExplain, isHeld, WAITING } from './explain.ts';

export interface CopiedSoon {
  /** `hurried`: what waited is the next; `entered`: the profile waits now, and is the next. */
  readonly what: 'hurried' | 'entered';
  readonly sentence: string;
}

/** Has somebody copied before everybody else. */
export function createCopyNow(desk: StewardsDesk) {
  const { ledger, steward, store } = desk;
  const explain = createExplain(desk);

  return async (person: PersonRef, target: string, actor: string): Promise<CopiedSoon> => {
    const entry = await ledger.find(target, person);
    const refuse = (sentence: string) => new BridgeError('not_in_this_state', sentence);
    if (entry !== undefined && (entry.state === 'captured' || entry.state === 'retrying')) {
      if (await isHeld(desk, entry)) throw refuse((await explain(entry)).why);
      await steward.hurry(target, person, actor);
      return { what: 'hurried', sentence: `It is the next to be copied to "${target}".` };
    }
    // Its own client decides whether the row is sent, also when it is captured anew.
    if (entry !== undefined && !WAITING.includes(entry.state) && (await isHeld(desk, entry))) {
      throw refuse(`No switch of client "${entry.clientId}" copies people to "${target}".`);
    }
    const answer = await desk.copyNow(target, person);
    if (answer !== 'entered') throw refuse(WHY_NOT[answer]);
    const after = { target, state: 'captured' };
    const before = entry && { target, state: entry.state, reason: entry.reason };
    const subject = `person:${person.directory}:${person.legacyId}`;
    await noteInAudit(store, subject, { actor, action: 'ledger.copy', before, after });
    const sentence =
      `The profile is the next to be copied to "${target}", without a password: ` +
      'that stays there as it is, or comes with the next login.';
    return { what: 'entered', sentence };
  };
}

const WHY_NOT: Record<Exclude<CopyNowAnswer, 'entered'>, string> = {
  across: 'Everything is at the target already; a changed password comes with the next login.',
  underWay: 'A courier has it at this moment.',
  waitsForAdmin: 'It failed and waits for an admin: mend the cause, then retry it.',
  excluded: 'An admin excluded this person; forgetting the row takes that back.',
  gone: 'The person is gone from legacy, or may not log in there.',
  notThere: 'The legacy directory has no such person.',
  hookFailed: 'The hook (legacy.hooks) failed for this person; the log says how.',
  changedMeanwhile: 'A login or a run was faster at this moment. Look again.',
  disabled: 'The person is disabled in legacy, and only who may log in is copied.',
  locked: 'The person is locked in legacy; only who may log in is copied.',
  'must-change-password': 'The person has to choose a new password in the legacy app first.',
};
