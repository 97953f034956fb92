import { z } from 'zod';
import { runParams, runsQuery } from '../../api/resources/runs.ts';
import { targetName } from '../../api/resources/views.ts';
import type { StewardsDesk } from '../../desk.ts';
import { createRunWork, type RunView } from '../../work/runs.ts';
import { fieldsOf } from '../only-fields.ts';
import { type ConsoleEntry, page } from '../page.ts';
import { countersInWords, fateInWords, KIND_NAMES, optionsInWords, stateInWords } from '../run-words.ts';
import { newRunPage, RUNS, runTyped } from './new-run.ts';

export function runPages(desk: StewardsDesk): ConsoleEntry[] {
  const work = createRunWork(desk);
  return [
    page({
      path: RUNS,
      title: 'Runs',
      query: runsQuery,
      scripts: ['runs'],
      async show({ query }) {
        const { items, next } = await work.list(query, query);
        const { after: _, limit: __, ...filter } = query;
        const filtered = Object.values(filter).some((value) => value !== undefined);
        const targets = work.choices().map(({ target }) => target);
        const runs = items.map((run) => ({ ...run, name: KIND_NAMES[run.kind] }));
        const kinds = KIND_NAMES;
        return {
          view: 'runs',
          data: {
            runs,
            next,
            query,
            filter,
            filtered,
            targets,
            kinds,
            live: items.filter(isLive).map(({ id }) => id),
          },
        };
      },
    }),
    // It stands before the page of one run, whose path would take it for a run called "new".
    page({
      path: `${RUNS}/new`,
      title: 'Start a run',
      query: z.object({ target: targetName.optional(), ...runTyped }),
      show: async ({ query: { target, ...typed } }) => newRunPage(work.choices(), target, { typed }),
    }),
    page({
      path: `${RUNS}/{run}`,
      title: 'Run',
      params: runParams,
      scripts: ['runs'],
      async show({ params }) {
        const run = await work.show(params.run);
        const name = KIND_NAMES[run.kind];
        return {
          view: 'run',
          title: `${name} to ${run.target}`,
          crumbs: [{ label: 'Runs', href: RUNS }],
          data: {
            run,
            name,
            live: isLive(run),
            meaning: stateInWords(run),
            options: optionsInWords(run),
            counters: countersInWords(run),
            fate: fateInWords(work.choices().find(({ target }) => target === run.target)),
            inEarnest: run.kind === 'rehearsal' && run.state === 'done' ? addressInEarnest(run) : undefined,
          },
        };
      },
    }),
  ];
}

const isLive = ({ endedAt }: RunView) => endedAt === null;

/** Where the backfill can be started that a dry run was for. */
function addressInEarnest({ target, options: { only, withHashes } }: RunView): string {
  const fields = {
    target,
    how: 'copy',
    ...fieldsOf(Array.isArray(only) ? only.map(String) : []),
    ...(withHashes === true ? { send: 'hashes' } : {}),
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) query.set(name, value);
  return `${RUNS}/new?${query}`;
}
