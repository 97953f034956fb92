import { z } from 'zod';
import { MAX_PAUSE_MINUTES } from '../../api/resources/targets.ts';
import { targetName } from '../../api/resources/views.ts';
import type { StewardsDesk } from '../../desk.ts';
import { createTargetWork, type TargetView } from '../../work/targets.ts';
import { createFormats } from '../formats.ts';
import { type ConsoleEntry, form, page, type Shown } from '../page.ts';
import { abilitiesOf, connectorInWords, queueBar, stateOf } from '../target-words.ts';

const MINUTE = 60_000;
const params = z.object({ target: targetName });
const pathOf = (name: string) => `/targets/${name}`;
const back = ({ target }: { target: string }) => pathOf(target);

export function targetPages(desk: StewardsDesk): ConsoleEntry[] {
  const work = createTargetWork(desk);
  return [
    page({
      path: '/targets',
      title: 'Targets',
      show: async () => ({ view: 'targets', data: { targets: (await work.list()).map(inWords) } }),
    }),
    page({
      path: '/targets/{target}',
      title: 'Target',
      params,
      show: async ({ params: { target } }) => shown(await work.show(target)),
    }),
    form({
      path: '/targets/{target}',
      title: 'Target',
      params,
      scope: 'admin:read',
      back,
      // The answer is shown at once: another instance would not know it.
      async handle({ params: { target } }) {
        const findings = await work.check(target);
        return shown(await work.show(target), findings);
      },
    }),
    form({
      path: '/targets/{target}/pause',
      title: 'Target',
      params,
      form: z.object({
        minutes: z.coerce.number<string>('say for how long').int().min(1).max(MAX_PAUSE_MINUTES),
        reason: z.string('say why').max(191),
      }),
      back,
      async handle({ params: { target }, form: { minutes, reason: why }, caller, now }) {
        const before = await work.show(target);
        const { circuit } = await work.pause(target, minutes, why, caller.actor);
        const rest = createFormats(now).duration((circuit.closedUntil ?? now) - now);
        const takeBack = { label: 'Undo', action: `${pathOf(target)}/resume`, fields: {} };
        return {
          to: pathOf(target),
          done: `Nothing is sent to ${target} for ${rest}. Logins go on and are captured.`,
          undo: before.circuit.state === 'open' ? takeBack : undefined,
        };
      },
    }),
    form({
      path: '/targets/{target}/resume',
      title: 'Target',
      params,
      back,
      async handle({ params: { target }, caller, now }) {
        const { circuit } = await work.show(target);
        await work.resume(target, caller.actor);
        return {
          to: pathOf(target),
          done: `Copies are sent to ${target} again.`,
          undo: pauseAgain(target, circuit, now),
        };
      },
    }),
  ];
}

/** Only a pause can be brought back: whether a target answers is not ours to say. */
function pauseAgain(
  target: string,
  { state, failures, closedUntil, reason: why }: TargetView['circuit'],
  now: number,
) {
  if (state !== 'resting' || failures > 0 || closedUntil === undefined || why === undefined) return undefined;
  const minutes = Math.min(MAX_PAUSE_MINUTES, Math.max(1, Math.round((closedUntil - now) / MINUTE)));
  return {
    label: 'Undo',
    action: `${pathOf(target)}/pause`,
    fields: { minutes: String(minutes), reason: why },
  };
}

function inWords(target: TargetView) {
  return {
    ...target,
    connector: connectorInWords(target.connector),
    state: stateOf(target.circuit),
    bar: queueBar(target.queue),
  };
}

function shown(
  target: TargetView,
  findings?: Awaited<ReturnType<ReturnType<typeof createTargetWork>['check']>>,
): Shown {
  return {
    view: 'target',
    title: target.name,
    crumbs: [{ label: 'Targets', href: '/targets' }],
    data: { target: inWords(target), abilities: abilitiesOf(target.capabilities), findings },
  };
}
