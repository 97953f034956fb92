/** One thing that the options ask of a row. `mappedBy` is where in the configuration, for messages. */
export type SelectItem =
  /** `present`: 1 where the column is neither NULL nor empty; its value is not asked for. */
  | { readonly as: 'value' | 'moment' | 'present'; readonly column: string; readonly mappedBy: string }
  /** The operator's own SQL condition: trusted, as the whole configuration is. */
  | { readonly as: 'active'; readonly condition: string; readonly mappedBy: string };

export function onlyOnce(items: readonly SelectItem[]): SelectItem[] {
  return items.filter((item, index) => items.findIndex((other) => sameItem(item, other)) === index);
}

function sameItem(a: SelectItem, b: SelectItem): boolean {
  if (a.as === 'active' || b.as === 'active') return a.as === b.as;
  return a.as === b.as && a.column === b.column;
}
