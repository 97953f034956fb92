import { z } from 'zod';
import { LEDGER_STATES, type LedgerState } from '../../../ledger/ledger.ts';
import { RETRYABLE_STATES } from '../../../ledger/steward.ts';
import { pageQuery } from '../../api/paging.ts';
import { reason, targetName } from '../../api/resources/views.ts';
import type { StewardsDesk } from '../../desk.ts';
import { createProblemWork } from '../../work/problems.ts';
import { groupAddress, personAddress } from '../addresses.ts';
import { type ConsoleEntry, form, page } from '../page.ts';
import { withoutCommands } from '../remedy.ts';

const PATH = '/problems';
const crumbs = [{ label: 'Problems', href: PATH }];

const which = { target: targetName, state: z.enum(RETRYABLE_STATES), reason };

const canBeRetried = (state: LedgerState) => RETRYABLE_STATES.some((one) => one === state);

export function problemPages(desk: StewardsDesk): ConsoleEntry[] {
  const work = createProblemWork(desk);
  return [
    page({
      path: PATH,
      title: 'Problems',
      async show() {
        const { failures, setAside, targets, unverifiable, watched } = await work.overview();
        const needYou = failures.filter(({ state }) => state !== 'retrying');
        const goOn = failures.filter(({ state }) => state === 'retrying');
        const sum = (groups: readonly { people: number }[]) =>
          groups.reduce((all, { people }) => all + people, 0);
        return {
          view: 'problems',
          data: {
            failures: [...needYou, ...goOn].map(shown),
            setAside: setAside.map(shown),
            targets,
            unverifiable: unverifiable.map((shape) => ({ ...shape, remedy: withoutCommands(shape.remedy) })),
            watched,
            waiting: sum(needYou),
            retrying: sum(goOn),
            unreadable: sum(unverifiable),
            personAddress,
          },
        };
      },
    }),
    page({
      path: `${PATH}/people`,
      title: 'People of one problem',
      query: z.strictObject({
        target: targetName,
        state: z.enum(LEDGER_STATES),
        reason: reason.optional(),
        ...pageQuery,
      }),
      async show({ query: { limit, after, ...of } }) {
        const { entries, next, people, remedy } = await work.people(of, { limit, after });
        const data = { ...of, entries, next, after, people, personAddress };
        return {
          view: 'problem-people',
          crumbs,
          data: {
            ...data,
            remedy: withoutCommands(remedy),
            query: of,
            retryable: of.reason !== undefined && canBeRetried(of.state),
          },
        };
      },
    }),
    form({
      path: `${PATH}/retry`,
      title: 'Problems',
      form: z.strictObject(which),
      back: () => PATH,
      async handle({ form: of, caller }) {
        const rows = await work.retry(of, caller.actor);
        const whom = rows === 1 ? '1 person is' : `${rows.toLocaleString('en')} people are`;
        const done =
          rows === 0
            ? 'Nobody is held back for this reason any more: nothing was changed.'
            : `${whom} tried again at once, with all their attempts. Who fails again comes back to this page.`;
        return { to: PATH, done };
      },
    }),
    form({
      path: `${PATH}/resume`,
      title: 'Problems',
      form: z.strictObject({ target: targetName }),
      back: () => PATH,
      async handle({ form: { target }, caller }) {
        await work.resume(target, caller.actor);
        return { to: PATH, done: `Target "${target}" is tried again at once.` };
      },
    }),
  ];
}

type Group = Awaited<ReturnType<ReturnType<typeof createProblemWork>['overview']>>['failures'][number];

const shown = (group: Group) => ({
  ...group,
  remedy: withoutCommands(group.remedy),
  href: groupAddress(group),
});
