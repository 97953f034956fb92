import { type ConsoleEntry, page } from '../page.ts';

export function overviewPages(): ConsoleEntry[] {
  return [page({ path: '/', title: 'Overview', show: async () => ({ view: 'overview', data: {} }) })];
}
