import { z } from 'zod';
import { MOST_STEPS, STEPS } from '../../../ledger/statistics.ts';
import type { Logger } from '../../../runtime/logger.ts';
import type { StewardsDesk } from '../../desk.ts';
import { createProgressWork } from '../../work/progress.ts';
import { createFeed } from '../feed.ts';
import { type Route, route } from '../route.ts';
import { type Stream, stream } from '../stream.ts';
import { liveTotals, progressView, seriesView } from './progress-views.ts';
import { targetName } from './views.ts';

const tag = 'Progress';
const instant = z.coerce.number<string>().int().min(0).max(8_640_000_000_000_000);

export function progressRoutes(desk: StewardsDesk): Route[] {
  const work = createProgressWork(desk);
  return [
    route({
      method: 'GET',
      path: '/progress',
      id: 'showProgress',
      tag,
      summary: 'Who is across, who waits, what fails and why, and until when it will take.',
      response: progressView,
      async handle() {
        const { targets, ...rest } = await work.overview();
        const body = {
          ...rest,
          targets: targets.map(({ copiesByHour = [], ...target }) => ({
            ...target,
            copiesByHour: copiesByHour.map(({ hour, copies }) => ({ at: Date.parse(hour), copies })),
          })),
        };
        return { body: mutable(body) };
      },
    }),
    route({
      method: 'GET',
      path: '/progress/series',
      id: 'showProgressSeries',
      tag,
      summary: 'What happened at a target step by step, for charts.',
      query: z.strictObject({
        target: targetName,
        from: instant
          .optional()
          .describe('Two days ago by the hour, eight weeks ago by the day unless said.'),
        to: instant.optional().describe('Now unless said.'),
        step: z
          .enum(STEPS)
          .default('hour')
          .describe(`In UTC; at most ${MOST_STEPS.hour} hours or ${MOST_STEPS.day} days.`),
      }),
      response: seriesView,
      handle: async ({ query: { target, ...span } }) => ({
        body: mutable(await work.series(target, span)),
      }),
    }),
  ];
}

export function progressStreams(desk: StewardsDesk, logger: Logger): Stream[] {
  const work = createProgressWork(desk);
  return [
    stream({
      path: '/events',
      id: 'listenToProgress',
      tag,
      summary: 'The compact figures as server-sent events `progress`: at once, and whenever they change.',
      event: 'progress',
      response: liveTotals,
      feed: createFeed({
        read: async () => mutable(await work.totals()),
        logger,
        clock: () => performance.now(),
      }),
    }),
  ];
}

type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

/** The schemas' types know no `readonly`. */
const mutable = <T>(value: T) => value as Mutable<T>;
