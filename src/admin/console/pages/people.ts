import { z } from 'zod';
import { searchText } from '../../api/resources/people.ts';
import { directoryName, legacyId } from '../../api/resources/views.ts';
import type { StewardsDesk } from '../../desk.ts';
import { createFindPeople } from '../../work/find-people.ts';
import { createPeopleWork } from '../../work/people.ts';
import { personAddress } from '../addresses.ts';
import { changesBetween } from '../changes.ts';
import { type ConsoleEntry, page } from '../page.ts';
import { factsOf } from '../person-facts.ts';
import { passwordWords, statusWords } from '../person-words.ts';
import { standingsOf } from '../standings.ts';
import { personForms } from './person-forms.ts';

const PATH = '/people';
const ONE = `${PATH}/{directory}/{legacyId}`;
const crumbs = [{ label: 'People', href: PATH }];

export function peoplePages(desk: StewardsDesk): ConsoleEntry[] {
  const work = createPeopleWork(desk);
  const find = createFindPeople(desk);
  const directoryNames = () => [...desk.directories.byName.keys()];
  return [
    page({
      path: PATH,
      title: 'People',
      query: z.strictObject({ q: searchText.optional(), directory: directoryName.optional() }),
      async show({ query }) {
        const text = query.q?.trim() ?? '';
        const found = text === '' ? undefined : await find(text, query.directory);
        const [only, ...more] = found?.items ?? [];
        // Who may be missing has to be told.
        if (only !== undefined && more.length === 0 && found?.unavailable.length === 0) {
          return { to: personAddress(only) };
        }
        const data = {
          text,
          directory: query.directory,
          directories: directoryNames(),
          found,
          personAddress,
        };
        return { view: 'people', data };
      },
    }),
    page({
      path: ONE,
      title: 'Person',
      params: z.object({ directory: directoryName, legacyId }),
      async show({ params }) {
        const person = await work.show(params.directory, params.legacyId, { despiteOutage: true });
        const { legacy, history, targets, ...rest } = person;
        const { name, preferred_username, email } = legacy?.profile ?? {};
        return {
          view: 'person',
          title: name ?? preferred_username ?? email ?? `${params.directory} ${params.legacyId}`,
          crumbs,
          data: {
            ...rest,
            here: personAddress(person),
            legacy: legacy && {
              facts: factsOf(legacy.profile),
              status: statusWords(legacy),
              lockedUntil: legacy.lockedUntil,
              scheme: legacy.password.scheme,
              password: passwordWords(legacy),
            },
            standings: standingsOf([...desk.targets.keys()], targets),
            history: history.map((line) => ({ ...line, changes: changesBetween(line.before, line.after) })),
            subject: `person:${person.directory}:${person.legacyId}`,
          },
        };
      },
    }),
    ...personForms(work, ONE),
  ];
}
