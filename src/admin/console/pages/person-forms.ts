import { z } from 'zod';
import { directoryName, legacyId, reason, targetName } from '../../api/resources/views.ts';
import type { createPeopleWork } from '../../work/people.ts';
import { personAddress } from '../addresses.ts';
import { type ConsoleEntry, type FormSpec, form, type Undo } from '../page.ts';

type Who = { readonly directory: string; readonly legacyId: string };

const params = z.object({ directory: directoryName, legacyId });
const atTarget = z.strictObject({ target: targetName });
const withReason = z.strictObject({ target: targetName, reason });

/**
 * What can be done about one person: each a form on their page.
 *
 * @param path of the page
 */
export function personForms(work: ReturnType<typeof createPeopleWork>, path: string): ConsoleEntry[] {
  /** @param act the sentence that the admin is told, and what takes it back where something does */
  function action<F extends z.ZodObject>(
    name: string,
    fields: F,
    act: (who: Who, of: z.output<F>, actor: string) => Promise<{ done: string; undo?: Undo | undefined }>,
  ): ConsoleEntry {
    const spec: Omit<FormSpec<typeof params, F>, 'method'> = {
      path: `${path}/${name}`,
      title: 'Person',
      params,
      form: fields,
      back: personAddress,
      handle: async ({ params: who, form: of, caller }) => ({
        to: personAddress(who),
        ...(await act(who, of, caller.actor)),
      }),
    };
    return form(spec);
  }

  return [
    action('retry', atTarget, async ({ directory, legacyId: id }, { target }, actor) => {
      const { rows } = await work.retry(directory, id, target, actor);
      const done =
        rows === 0
          ? `Nothing failed at "${target}" any more: nothing was changed.`
          : `It is tried again at "${target}" at once, with all its attempts.`;
      return { done };
    }),
    action('copy', atTarget, async ({ directory, legacyId: id }, { target }, actor) => {
      const { sentence } = await work.copyNow(directory, id, target, actor);
      return { done: sentence };
    }),
    action('park', withReason, async (who, { target, reason: why }, actor) => {
      await work.park(who.directory, who.legacyId, target, why, actor);
      const undo = { label: 'Let it go on', action: `${personAddress(who)}/retry`, fields: { target } };
      return { done: `Held back from "${target}" until a retry or the next changed login.`, undo };
    }),
    action('exclude', withReason, async (who, { target, reason: why }, actor) => {
      await work.exclude(who.directory, who.legacyId, target, why, actor);
      const undo = {
        label: 'Take the exclusion back',
        action: `${personAddress(who)}/forget`,
        fields: { target },
      };
      const done = `Excluded from "${target}". Taken back, the next login begins anew: what had been captured is gone.`;
      return { done, undo };
    }),
    action('forget', atTarget, async ({ directory, legacyId: id }, { target }, actor) => {
      await work.forget(directory, id, target, actor);
      return {
        done: `The ledger knows nothing of this person at "${target}" any more; the next login begins anew.`,
      };
    }),
    action('revoke', z.strictObject({}), async ({ directory, legacyId: id }, _, actor) => {
      const { sessions, grants } = await work.revoke(directory, id, actor);
      const done =
        sessions + grants === 0
          ? 'Nobody was logged in as this person at the bridge: there was nothing to end.'
          : `Ended at the bridge: sessions ${sessions}, grants ${grants} with all their tokens. The clients’ own sessions go on.`;
      return { done };
    }),
  ];
}
