import { textOf } from '../domain/cell.ts';
import { MOST_ROWS_WHERE, type SourceRow, type TableSource } from '../domain/table-source.ts';
import type { ExportEvent, ExportOptions, TableDefinition } from './export.ts';
import { openExport } from './open-export.ts';

/**
 * The tables of an exported file, for a look at what they mean. Each question reads the file from its beginning, since
 * keys may stand at its end.
 *
 * @param file a dump, CSV or NDJSON, gzip or not
 * @param onBytes called now and then with the bytes read and, where they are known, those to read
 */
export function createExportTables(
  file: string,
  options: ExportOptions = {},
  onBytes: (read: number, total: number | undefined) => void = () => {},
): TableSource {
  async function walk(see: (event: ExportEvent) => void): Promise<void> {
    const reader = await openExport(file, options);
    for await (const event of reader.events) {
      const { bytesRead, bytesTotal } = reader.progress();
      onBytes(bytesRead, bytesTotal);
      see(event);
    }
  }

  async function walkRows(table: string, see: (row: SourceRow) => void): Promise<void> {
    let columns: TableDefinition['columns'] = [];
    await walk((event) => {
      const defines = event.kind === 'table' || event.kind === 'altered';
      if (defines && event.table.name === table) columns = event.table.columns;
      if (event.kind === 'row' && event.table === table) {
        see(new Map(columns.map(({ name }, index) => [name, textOf(event.values[index]) ?? null])));
      }
    });
  }

  return {
    async tables() {
      const definitions = new Map<string, TableDefinition>();
      const rows = new Map<string, number>();
      await walk((event) => {
        if (event.kind === 'table' || event.kind === 'altered') {
          definitions.set(event.table.name, event.table);
        }
        if (event.kind === 'row') rows.set(event.table, (rows.get(event.table) ?? 0) + 1);
      });
      return [...definitions].map(([name, definition]) => ({ definition, rows: rows.get(name) ?? 0 }));
    },
    async *rows(table, limit) {
      const rows = createBothEnds<SourceRow>(limit);
      await walkRows(table.name, (row) => rows.add(row));
      yield* rows.kept();
    },
    async rowsWhere(table, column, text) {
      const rows: SourceRow[] = [];
      const wanted = text.toLowerCase();
      await walkRows(table.name, (row) => {
        if (rows.length < MOST_ROWS_WHERE && row.get(column)?.toLowerCase() === wanted) rows.push(row);
      });
      return rows;
    },
    close: async () => {},
  };
}

/** Keeps the first half and the last half of what comes by, whatever comes by. */
function createBothEnds<Item>(limit: number) {
  const last = Math.floor(limit / 2);
  const head: Item[] = [];
  const ring: Item[] = [];
  let at = 0;
  return {
    add(item: Item): void {
      if (head.length < limit - last) head.push(item);
      else if (ring.length < last) ring.push(item);
      else if (last > 0) {
        ring[at] = item;
        at = (at + 1) % last;
      }
    },
    kept: (): Item[] => [...head, ...ring.slice(at), ...ring.slice(0, at)],
  };
}
