import type Database from 'better-sqlite3';
import type { Cell } from '../../domain/cell.ts';
import {
  MOST_ROWS_WHERE,
  type SourceRow,
  type SourceTable,
  type TableDefinition,
  type TableSource,
} from '../../domain/table-source.ts';
import type { Clock } from '../../runtime/clock.ts';
import { MAX_READ } from '../mapping/bounds.ts';
import { readBothEnds } from '../tables/both-ends.ts';
import { noColumn, toSourceRow } from '../tables/source-row.ts';
import { toFault } from './faults.ts';
import { createSqliteFile } from './open-file.ts';
import { quoteName } from './statements.ts';

/** How long a writer of a legacy app is waited for. */
const TIMEOUT_MS = 5_000;

/**
 * The tables of an SQLite file, for a look at what they mean. The file is opened read-only.
 *
 * @throws BridgeError `configuration_invalid`; later `legacy_unavailable`
 */
export function createSqliteTables(url: string, { clock }: { readonly clock: Clock }): TableSource {
  const file = createSqliteFile(url, TIMEOUT_MS, clock);

  async function reading<T>(
    table: string,
    work: (database: Database.Database) => T | Promise<T>,
  ): Promise<T> {
    try {
      return await file.read(work);
    } catch (error) {
      throw toFault(error, { file: file.path, table });
    }
  }

  return {
    tables: () => reading('sqlite_master', readTables),
    async *rows(table, limit) {
      yield* await reading(table.name, (database) => readRows(database, table, limit));
    },
    rowsWhere: (table, column, text) =>
      reading(table.name, (database) => readRowsWhere(database, table, column, text)),
    close: async () => file.close(),
  };
}

function readTables(database: Database.Database): SourceTable[] {
  const names = database
    .prepare<[], string>(
      "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .pluck()
    .all();
  return names.map((name) => ({
    definition: readDefinition(database, name),
    rows: Number(
      database
        .prepare(`SELECT COUNT(*) FROM ${quoteName(name)}`)
        .pluck()
        .get(),
    ),
  }));
}

function readDefinition(database: Database.Database, name: string): TableDefinition {
  const rows = <Row>(sql: string, text: string) => database.prepare<[string], Row>(sql).all(text);
  const columns = rows<{ name: string; type: string; notnull: bigint; pk: bigint }>(
    'SELECT name, type, "notnull", pk FROM pragma_table_xinfo(?)',
    name,
  );
  const indexes = rows<{ name: string; unique: bigint; origin: string; partial: bigint }>(
    'SELECT name, "unique", origin, partial FROM pragma_index_list(?)',
    name,
  );
  return {
    name,
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type.toLowerCase(),
      nullable: column.notnull === 0n,
    })),
    primaryKey: columns
      .filter(({ pk }) => pk > 0n)
      .sort((a, b) => Number(a.pk - b.pk))
      .map((column) => column.name),
    indexes: indexes
      .filter(({ origin }) => origin !== 'pk')
      .map((index) => ({
        columns: rows<{ name: string | null }>('SELECT name FROM pragma_index_info(?)', index.name).map(
          (part) => part.name ?? 'an expression',
        ),
        unique: index.unique === 1n && index.partial === 0n,
      })),
  };
}

async function readRows(
  database: Database.Database,
  { name, columns, primaryKey }: TableDefinition,
  limit: number,
): Promise<SourceRow[]> {
  const rows = await readBothEnds(primaryKey.map(quoteName), limit, (tail) =>
    database
      .prepare<[], Cell[]>(`${selectOf({ name, columns })} ${tail}`)
      .raw()
      .all(),
  );
  return rows.map((cells) => toSourceRow(columns, cells));
}

/** Case is folded beyond ASCII; a column of numbers or of bytes holds the text that is looked for as well. */
function readRowsWhere(
  database: Database.Database,
  table: TableDefinition,
  column: string,
  text: string,
): SourceRow[] {
  const known = table.columns.find(({ name }) => name.toLowerCase() === column.toLowerCase());
  if (known === undefined) throw noColumn(table, column);
  const sql = `${selectOf(table)} WHERE lower_unicode(CAST(${quoteName(known.name)} AS TEXT)) = lower_unicode(@text)
    LIMIT ${MOST_ROWS_WHERE}`;
  const rows = database.prepare<[{ text: string }], Cell[]>(sql).raw().all({ text });
  return rows.map((cells) => toSourceRow(table.columns, cells));
}

function selectOf({ name, columns }: Pick<TableDefinition, 'name' | 'columns'>): string {
  const list = columns.map((column) => `substr(${quoteName(column.name)}, 1, ${MAX_READ})`).join(', ');
  return `SELECT ${list} FROM ${quoteName(name)}`;
}
