import type { Cell } from '../../domain/cell.ts';
import type { LegacyOptions } from '../options.ts';
import { keyTextOf } from './cell.ts';
import type { JoinOptions } from './join-options.ts';
import { joinOf } from './joined-column.ts';
import { mappedItems } from './mapped-items.ts';
import { type LegacyRow, toRow } from './row.ts';
import { onlyOnce, type SelectItem } from './select-item.ts';

/** One look-up in a further table: its rows whose `key` is one of some texts. */
export interface JoinedTable {
  /** Where the configuration names it, e.g. `joins.details`. */
  readonly mappedBy: string;
  readonly table: string;
  readonly key: string;
  readonly where: string | undefined;
  /** With the columns' own names. */
  readonly items: readonly SelectItem[];
  /** How many rows are asked for, for each key. */
  readonly rowsPerKey: number;
}

/** Asks a connector for rows of a further table: the key, then `items`. */
export type AskJoined = (table: JoinedTable, keys: readonly string[]) => Promise<(readonly Cell[])[]>;

/** More rows than this of one person are not believed: a token must stay small. */
export const MAX_JOINED_ROWS = 200;
/** Two would show that a join is not one to one. */
const ONE = 2;

/** The further tables that the options ask of, those in between first. */
export function joinedTables(options: LegacyOptions): JoinedTable[] {
  return Object.entries(options.joins).flatMap(([name, join]) => {
    const { table, between } = tablesOf(options, name, join);
    return between === undefined ? [table] : [between, table];
  });
}

interface JoinTables {
  readonly table: JoinedTable;
  readonly between: JoinedTable | undefined;
}

function tablesOf(options: LegacyOptions, name: string, join: JoinOptions): JoinTables {
  const mappedBy = `joins.${name}`;
  const items = onlyOnce(
    mappedItems(options).flatMap((item): SelectItem[] => {
      const joined = item.as === 'active' ? undefined : joinOf(options, item.column);
      return item.as === 'active' || joined?.join !== name ? [] : [{ ...item, column: joined.column }];
    }),
  );
  const rowsPerKey = join.many ? MAX_JOINED_ROWS + 1 : ONE;
  const first = { mappedBy, table: join.table, key: join.key, where: join.where, rowsPerKey };
  if (join.through === undefined) return { table: { ...first, items }, between: undefined };
  const { table, column, key } = join.through;
  return {
    between: { ...first, items: [{ as: 'value', column, mappedBy: `${mappedBy}.through.column` }] },
    table: { mappedBy: `${mappedBy}.through`, table, key, where: undefined, items, rowsPerKey: ONE },
  };
}

/** Why the joined rows of one person cannot be taken, as a sentence. */
export class JoinFault extends Error {
  override readonly name = 'JoinFault';
}

/**
 * The row with what the joins say of it: columns of a join that is one to one stand beside its own as `join.column`,
 * and the rows of one with `many` in `lists`.
 *
 * @throws JoinFault when a join that is one to one finds two rows, or one with `many` more than MAX_JOINED_ROWS
 */
export async function withJoins(options: LegacyOptions, row: LegacyRow, ask: AskJoined): Promise<LegacyRow> {
  const beside: LegacyRow[] = [row];
  const lists = new Map<string, LegacyRow[]>();
  for (const [name, join] of Object.entries(options.joins)) {
    const key = keyTextOf(row.values.get(join.on ?? options.id));
    const found = key === undefined ? [] : await rowsFor(tablesOf(options, name, join), key, ask);
    const most = join.many ? MAX_JOINED_ROWS : 1;
    if (found.length > most)
      throw new JoinFault(`joins.${name} finds more than ${most} rows for one person.`);
    const renamed = found.map((one) => prefixed(one, name));
    if (join.many) lists.set(name, renamed);
    else beside.push(...renamed);
  }
  return {
    values: new Map(beside.flatMap(({ values }) => [...values])),
    moments: new Map(beside.flatMap(({ moments }) => [...moments])),
    present: new Map(beside.flatMap(({ present }) => [...(present ?? [])])),
    active: row.active,
    lists,
  };
}

async function rowsFor({ table, between }: JoinTables, key: string, ask: AskJoined): Promise<LegacyRow[]> {
  if (between === undefined) return rowsWith(table, [key], ask);
  const links = await rowsWith(between, [key], ask);
  const [link] = between.items;
  const keys = links.flatMap(({ values }) => {
    const other = link?.as === 'value' ? keyTextOf(values.get(link.column)) : undefined;
    return other === undefined ? [] : [other];
  });
  const unique = [...new Set(keys)];
  return unique.length === 0 ? [] : rowsWith(table, unique.slice(0, MAX_JOINED_ROWS + 1), ask);
}

/** A database may call keys equal that are not: they are compared here again. */
async function rowsWith(table: JoinedTable, keys: readonly string[], ask: AskJoined): Promise<LegacyRow[]> {
  const answers = await ask(table, keys);
  return answers.flatMap(([key, ...cells]) => {
    const own = keyTextOf(key);
    return own !== undefined && keys.includes(own) ? [toRow(table.items, cells)] : [];
  });
}

function prefixed({ values, moments, present, active }: LegacyRow, name: string): LegacyRow {
  const rename = (cells: ReadonlyMap<string, Cell> = new Map()) =>
    new Map([...cells].map(([column, cell]) => [`${name}.${column}`, cell]));
  return { values: rename(values), moments: rename(moments), present: rename(present), active };
}
