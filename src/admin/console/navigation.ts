import type { ConsoleEntry } from './page.ts';

/** The pages that the navigation names, in its order. One appears as soon as there is a page at its path. */
const NAVIGATION = [
  { path: '/', label: 'Overview' },
  { path: '/clients', label: 'Clients' },
  { path: '/people', label: 'People' },
  { path: '/problems', label: 'Problems' },
  { path: '/passwords', label: 'Passwords' },
  { path: '/runs', label: 'Runs' },
  { path: '/targets', label: 'Targets' },
  { path: '/checks', label: 'Checks' },
  { path: '/audit', label: 'Audit' },
  { path: '/keys', label: 'Keys' },
] as const;

export interface NavigationItem {
  readonly path: string;
  readonly label: string;
  /** `page`: it is shown now; `true`: something below it is. */
  readonly current: 'page' | 'true' | undefined;
}

/** @param here the path of the page that is shown */
export function navigationFor(entries: readonly ConsoleEntry[], here: string): NavigationItem[] {
  const paths = new Set(entries.filter(({ method }) => method === 'GET').map(({ path }) => path));
  return NAVIGATION.filter(({ path }) => paths.has(path)).map((item) => ({
    ...item,
    current: here === item.path ? 'page' : here.startsWith(`${item.path}/`) ? 'true' : undefined,
  }));
}
