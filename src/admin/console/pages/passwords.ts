import type { CatalogueEntry } from '../../../passwords/catalogue.ts';
import { pageFrom } from '../../api/paging.ts';
import { schemeQuery } from '../../api/resources/schemes.ts';
import { FIND_COMMAND } from '../../work/password-remedies.ts';
import { MOST_SAMPLED, type SchemeWork } from '../../work/schemes.ts';
import { adviceOn, chartOf } from '../census-chart.ts';
import { createFormats } from '../formats.ts';
import { type ConsoleEntry, form, page } from '../page.ts';
import { parametersInWords, withGroupedNumbers } from '../parameters.ts';

export function passwordPages(work: SchemeWork): ConsoleEntry[] {
  return [
    page({
      path: '/passwords',
      title: 'Passwords',
      async show() {
        const census = work.lastCensus();
        const chart = census && chartOf(census.lines);
        return {
          view: 'passwords',
          data: {
            census,
            chart,
            advice: chart && adviceOn(chart),
            met: await work.unverifiable(),
            most: MOST_SAMPLED,
            command: FIND_COMMAND,
          },
        };
      },
    }),
    form({
      path: '/passwords',
      title: 'Passwords',
      scope: 'admin:read',
      back: () => '/passwords',
      async handle({ now }) {
        const { sampled } = await work.takeCensus(MOST_SAMPLED);
        return { to: '/passwords', done: `Looked at ${createFormats(now).count(sampled, 'row', 'rows')}.` };
      },
    }),
    page({
      path: '/passwords/schemes',
      title: 'Schemes',
      query: schemeQuery,
      async show({ query }) {
        const found = await work.list(query);
        const { items, next } = pageFrom(found, ({ name }) => name, query);
        const { after: _, limit: __, ...filter } = query;
        return {
          view: 'schemes',
          crumbs: [{ label: 'Passwords', href: '/passwords' }],
          data: {
            schemes: items.map(inWords),
            number: found.length,
            next,
            query,
            filter,
            filtered: Object.values(filter).some((value) => value !== undefined),
          },
        };
      },
    }),
  ];
}

function inWords(entry: CatalogueEntry) {
  const { judgement, parameters } = entry;
  const why = 'reason' in judgement ? withGroupedNumbers(judgement.reason) : undefined;
  return { ...entry, made: parametersInWords(parameters), why };
}
