import type { LegacyOptions } from '../options.ts';
import type { Cell } from './cell.ts';

/** One thing that the options ask of a row. `mappedBy` is where in the configuration, for messages. */
export type SelectItem =
  | { readonly as: 'value' | 'moment'; readonly column: string; readonly mappedBy: string }
  /** The operator's own SQL condition: trusted, as the whole configuration is. */
  | { readonly as: 'active'; readonly condition: string; readonly mappedBy: string };

export interface LegacyRow {
  /** By the column's name as the configuration spells it. */
  readonly values: ReadonlyMap<string, Cell>;
  /** The same columns where a moment is meant: a count of seconds where the database can give one. */
  readonly moments: ReadonlyMap<string, Cell>;
  /** What the condition of `status.active` came to: 1, or anything else for no. */
  readonly active: Cell | undefined;
}

/** Everything that the options ask of a row, each once, the primary key first. */
export function selectItems(options: LegacyOptions): SelectItem[] {
  const { password, status } = options;
  const items: SelectItem[] = [{ as: 'value', column: options.id, mappedBy: 'id' }];
  const value = (column: string | undefined, mappedBy: string) => {
    if (column !== undefined) items.push({ as: 'value', column, mappedBy });
  };
  for (const column of options.login) value(column, 'login');
  value(password.column, 'password.column');
  value(password.salt, 'password.salt');
  value(password.username, 'password.username');
  if (typeof password.scheme === 'object') value(password.scheme.column, 'password.scheme.column');
  value(status?.column, 'status.column');
  if (typeof status?.active === 'string') {
    items.push({ as: 'active', condition: status.active, mappedBy: 'status.active' });
  }
  for (const [claim, source] of Object.entries(options.profile)) {
    if (typeof source === 'string') value(source, `profile.${claim}`);
    else if (typeof source === 'object' && 'column' in source) value(source.column, `profile.${claim}`);
  }
  for (const [column, mappedBy] of momentColumns(options)) items.push({ as: 'moment', column, mappedBy });
  return items.filter((item, index) => items.findIndex((other) => sameItem(item, other)) === index);
}

/** The columns that a moment is read from. */
function momentColumns(options: LegacyOptions): [string, string][] {
  const columns: [string, string][] = [];
  if (options.updatedAt !== undefined) columns.push([options.updatedAt, 'updatedAt']);
  for (const [claim, source] of Object.entries(options.profile)) {
    if (typeof source === 'string' && claim === 'updated_at') columns.push([source, `profile.${claim}`]);
    if (typeof source !== 'object' || !('column' in source)) continue;
    if (source.format === 'timestamp' || claim === 'updated_at')
      columns.push([source.column, `profile.${claim}`]);
  }
  return columns;
}

function sameItem(a: SelectItem, b: SelectItem): boolean {
  if (a.as === 'active' || b.as === 'active') return a.as === b.as;
  return a.as === b.as && a.column === b.column;
}

/** Puts the answer of a select of exactly these items, in this order, under their names. */
export function toRow(items: readonly SelectItem[], cells: readonly Cell[]): LegacyRow {
  const values = new Map<string, Cell>();
  const moments = new Map<string, Cell>();
  let active: Cell | undefined;
  items.forEach((item, index) => {
    const cell = cells[index] ?? null;
    if (item.as === 'active') active = cell;
    else (item.as === 'moment' ? moments : values).set(item.column, cell);
  });
  return { values, moments, active };
}
