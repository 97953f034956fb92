import { KNOWN_LAYOUTS } from './known/all.ts';
import type { KnownLayout, LayoutMatch, LayoutTable, LayoutView } from './known-layout.ts';

/**
 * Finds the software whose tables these are.
 *
 * @returns undefined when none is known, or when several answer: then nothing is at sight
 */
export function recognise(
  tables: readonly LayoutTable[],
): { readonly layout: KnownLayout; readonly match: LayoutMatch } | undefined {
  const found = KNOWN_LAYOUTS.flatMap((layout) => {
    const match = layout.match(tables);
    return match === undefined ? [] : [{ layout, match }];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** What must be made on top of these tables before the configuration for them works well. */
export interface LayoutNeeds {
  /** Empty as well when it is there already. */
  readonly views: readonly LayoutView[];
  /** The columns that people are looked up by, in the tables where they stand. */
  readonly lookUps: readonly {
    readonly table: string;
    readonly column: string;
    readonly caseBlind: boolean;
  }[];
}

export function needsOf(tables: readonly LayoutTable[]): LayoutNeeds {
  const found = recognise(tables);
  if (found === undefined) return { views: [], lookUps: [] };
  const { legacy, view } = found.layout.legacy(found.match, () => false);
  const { login, match } = legacy as { readonly login: readonly string[]; readonly match?: string };
  return {
    views: view === undefined || tables.some(({ name }) => name === view.name) ? [] : [view],
    lookUps: login.map((column) => ({
      ...(view?.from[column] ?? { table: found.match.table.name, column }),
      caseBlind: match === 'case-insensitive',
    })),
  };
}
