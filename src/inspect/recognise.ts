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

/** What must be made on top of these tables before the configuration for them works; none where it is there already. */
export function viewsFor(tables: readonly LayoutTable[]): LayoutView[] {
  const found = recognise(tables);
  const view = found?.layout.legacy(found.match, () => false).view;
  return view === undefined || tables.some(({ name }) => name === view.name) ? [] : [view];
}
