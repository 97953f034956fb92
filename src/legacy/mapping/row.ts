import type { Cell } from '../../domain/cell.ts';
import type { LegacyOptions } from '../options.ts';
import { joinOf } from './joined-column.ts';
import { mappedItems } from './mapped-items.ts';
import { onlyOnce, type SelectItem } from './select-item.ts';

export interface LegacyRow {
  /** By the column's name as the configuration spells it. */
  readonly values: ReadonlyMap<string, Cell>;
  /** The same columns where a moment is meant: a count of seconds where the database can give one. */
  readonly moments: ReadonlyMap<string, Cell>;
  /** Columns of which only this is asked: 1 where there is something. */
  readonly present?: ReadonlyMap<string, Cell>;
  /** What the condition of `status.active` came to: 1, or anything else for no. */
  readonly active: Cell | undefined;
  /** By the name of a join with `many`: what its rows hold. */
  readonly lists?: ReadonlyMap<string, readonly LegacyRow[]>;
}

/** Everything that the options ask of a row of the users' own table, each once, the primary key first. */
export function selectItems(options: LegacyOptions): SelectItem[] {
  const items = mappedItems(options).filter(
    (item) => item.as === 'active' || joinOf(options, item.column) === undefined,
  );
  return onlyOnce(items);
}

/** Puts the answer of a select of exactly these items, in this order, under their names. */
export function toRow(items: readonly SelectItem[], cells: readonly Cell[]): LegacyRow {
  const values = new Map<string, Cell>();
  const moments = new Map<string, Cell>();
  const present = new Map<string, Cell>();
  const maps = { value: values, moment: moments, present };
  let active: Cell | undefined;
  items.forEach((item, index) => {
    const cell = cells[index] ?? null;
    if (item.as === 'active') active = cell;
    else maps[item.as].set(item.column, cell);
  });
  return { values, moments, present, active };
}
