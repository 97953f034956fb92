import { allPages } from '../../src/admin/console/pages.ts';
import type { StewardsDesk } from '../../src/admin/desk.ts';
import { createCheckWork } from '../../src/admin/work/checks.ts';

/** What stands for the parameters of a page, and a query that it cannot do without: one line for each such page. */
const EXAMPLES: Readonly<Record<string, string>> = {
  '/clients/{client_id}': '/clients/shop',
  '/clients/{client_id}/app': '/clients/shop/app?app=checkout',
  '/clients/{client_id}/setup': '/clients/shop/setup',
  '/clients/{client_id}/edit': '/clients/shop/edit',
  '/people/{directory}/{legacyId}': '/people/legacy/1',
  '/problems/people': '/problems/people?target=new&state=parked',
  '/targets/{target}': '/targets/new',
  '/runs/{run}': '/runs/running',
};

/** The path of every page of the console, as a browser asks for it. */
export function consoleAddresses(): string[] {
  const desk = {} as StewardsDesk;
  return allPages(desk, createCheckWork(desk))
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => {
      const address = EXAMPLES[path] ?? (path.includes('{') ? undefined : path);
      if (address === undefined) throw new Error(`EXAMPLES needs an address of the page ${path}.`);
      return address;
    });
}
