import type { StewardsDesk } from '../../desk.ts';
import { createKeyWork } from '../../work/keys.ts';
import { type ConsoleEntry, form, page } from '../page.ts';

type KeySet = Awaited<ReturnType<ReturnType<typeof createKeyWork>['list']>>[number];

export function keyPages(desk: StewardsDesk): ConsoleEntry[] {
  const work = createKeyWork(desk);
  return [
    page({
      path: '/keys',
      title: 'Keys',
      async show() {
        const sets = await work.list();
        const signing = sets.find(({ signs }) => signs);
        return { view: 'keys', data: { sets: sets.map((set) => ({ ...set, ...stateOf(set, signing) })) } };
      },
    }),
    form({
      path: '/keys',
      title: 'Keys',
      back: () => '/keys',
      async handle({ caller }) {
        await work.rotate(caller.actor);
        return { to: '/keys', done: 'New keys are published within a minute, and sign in ten minutes.' };
      },
    }),
  ];
}

function stateOf({ signs, createdAt }: KeySet, signing: KeySet | undefined) {
  if (signs) return { state: 'signs', tone: 'good' };
  if (signing === undefined || createdAt > signing.createdAt) return { state: 'signs soon', tone: 'info' };
  return { state: 'verifies', tone: 'plain' };
}
