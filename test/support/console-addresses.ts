import { allPages } from '../../src/admin/console/pages.ts';
import type { StewardsDesk } from '../../src/admin/desk.ts';
import { createCheckWork } from '../../src/admin/work/checks.ts';

/** What stands for the parameters of a page: one line for each page that has some. */
const EXAMPLES: Readonly<Record<string, string>> = {
  '/clients/{client_id}': '/clients/shop',
  '/clients/{client_id}/app': '/clients/shop/app?app=checkout',
  '/clients/{client_id}/setup': '/clients/shop/setup',
  '/clients/{client_id}/edit': '/clients/shop/edit',
};

/** The path of every page of the console, as a browser asks for it. */
export function consoleAddresses(): string[] {
  const desk = {} as StewardsDesk;
  return allPages(desk, createCheckWork(desk))
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => {
      const address = path.includes('{') ? EXAMPLES[path] : path;
      if (address === undefined) throw new Error(`EXAMPLES needs an address of the page ${path}.`);
      return address;
    });
}
