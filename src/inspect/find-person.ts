import { BridgeError } from '../domain/errors.ts';
import type { SourceRow, TableDefinition, TableSource } from '../domain/table-source.ts';

/**
 * The row of the person who logs in by this name: the one that is spelled so, else the one that differs by case alone.
 *
 * @param logins the columns that are tried; those that the table lacks are left out
 * @returns the columns as text, NULL as nothing; undefined when nobody is called so
 * @throws BridgeError `invalid_request` when several rows match or none of the columns is there; what the source throws
 */
export async function findPerson(
  source: TableSource,
  table: TableDefinition,
  logins: readonly string[],
  name: string,
): Promise<Record<string, string> | undefined> {
  const columns = logins.flatMap((login) => columnNamed(table, login) ?? []);
  if (columns.length === 0) {
    const message = `The table ${table.name} has none of the columns ${logins.join(', ')} to look a person up by.`;
    throw new BridgeError('invalid_request', message);
  }
  const found: { row: Record<string, string>; isExact: boolean }[] = [];
  for (const column of columns) {
    for (const row of await source.rowsWhere(table, column, name)) {
      const stored = row.get(column) ?? '';
      if (stored.toLowerCase() === name.toLowerCase())
        found.push({ row: textsOf(row), isExact: stored === name });
    }
  }
  const exact = found.filter(({ isExact }) => isExact);
  const meant = (exact.length > 0 ? exact : found).map(({ row }) => row);
  const [person, ...others] = new Map(meant.map((row) => [JSON.stringify(row), row])).values();
  if (others.length === 0) return person;
  throw new BridgeError(
    'invalid_request',
    `${others.length + 1} rows of ${table.name} match that name in ${columns.join(', ')}: name somebody who is there once.`,
  );
}

/** The table's own spelling of this name; undefined when it has no such column. */
export function columnNamed({ columns }: TableDefinition, name: string): string | undefined {
  const same = (other: string) => other.toLowerCase() === name.toLowerCase();
  return (columns.find((column) => column.name === name) ?? columns.find((column) => same(column.name)))
    ?.name;
}

/** Rows of other people, for what one row cannot show. */
export async function sampleOf(
  source: TableSource,
  table: TableDefinition,
): Promise<readonly Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for await (const row of source.rows(table, SAMPLE)) rows.push(textsOf(row));
  return rows;
}

const SAMPLE = 200;

const textsOf = (row: SourceRow): Record<string, string> =>
  Object.fromEntries([...row].map(([column, text]) => [column, text ?? '']));
