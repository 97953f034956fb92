import { BridgeError } from '../domain/errors.ts';
import type { ExportEvent, ExportReader, TableDefinition } from './export.ts';
import type { LoadedTable, LoadNeeds, LoadOptions, LoadSummary } from './load.ts';
import { type LoadingFile, openLoadingFile } from './sqlite/loading-file.ts';
import { makeLookUpIndex } from './sqlite/look-up-index.ts';
import { createRejects, type Rejects } from './sqlite/rejects.ts';
import { createTableWriter, type TableWriter } from './sqlite/table-writer.ts';

/** Rows between two reports and two looks at the signal. The event loop is given a turn there. */
const TURN = 2_000;
const MAX_STATEMENT_KINDS = 100;
const COMMIT_EVERY = 100_000;

interface Load {
  readonly file: LoadingFile;
  readonly rejects: Rejects;
  readonly writers: Map<string, TableWriter>;
  readonly leftOut: Map<string, number>;
  readonly skipped: Map<string, number>;
  readonly wanted: (table: string) => boolean;
}

/**
 * Writes an export into an SQLite file that the bridge serves from. The file takes its name when it is complete; a load
 * that is stopped or fails leaves nothing behind.
 *
 * @param into the SQLite file; what is rejected goes to `<into>.rejects.ndjson`. Both are readable for their owner alone
 * @throws BridgeError `invalid_request` when the file may not be replaced, the export cannot be read to its end, has no tables, or
 *   lacks a table that was asked for, and when `signal` stops the load
 */
export async function loadExport(
  reader: ExportReader,
  into: string,
  options: LoadOptions,
): Promise<LoadSummary> {
  const file = await openOrClose(reader, into, options.replace);
  const rejectsFile = `${into}.rejects.ndjson`;
  const rejects = createRejects(rejectsFile);
  const load: Load = {
    file,
    rejects,
    writers: new Map(),
    leftOut: new Map(),
    skipped: new Map(),
    wanted: (table) => options.tables?.includes(table) ?? true,
  };
  try {
    await readAll(load, reader, options);
    requireTables(load, options);
    const writers = [...load.writers.values()];
    const brokenKeys = writers.flatMap((writer) => writer.makeKeys());
    const needs = options.needs?.(writers.map(({ definition }) => definition));
    const views = makeViews(load, needs?.views ?? []);
    for (const lookUp of needs?.lookUps ?? []) makeLookUpIndex(file.database, lookUp);
    stopIfAsked(options.signal);
    rejects.close();
    file.finish();
    return {
      file: into,
      tables: writers.map(summaryOf),
      leftOut: [...load.leftOut].map(([table, rows]) => ({ table, rows })),
      skipped: Object.fromEntries(load.skipped),
      views,
      rejected: rejects.count,
      rejectsFile: rejects.count > 0 ? rejectsFile : undefined,
      remarks: [...brokenKeys, ...writers.flatMap(({ definition }) => remarksOn(definition))],
      brokenKeys: brokenKeys.length,
    };
  } catch (error) {
    file.discard();
    rejects.remove();
    throw error;
  } finally {
    await reader.close();
  }
}

async function openOrClose(reader: ExportReader, into: string, replace: boolean): Promise<LoadingFile> {
  try {
    return openLoadingFile(into, replace);
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function readAll(load: Load, reader: ExportReader, { onProgress, signal }: LoadOptions): Promise<void> {
  let rows = 0;
  const report = () => onProgress?.({ ...reader.progress(), rows, rejected: load.rejects.count });
  for await (const event of reader.events) {
    take(load, event);
    if (event.kind !== 'row') continue;
    rows += 1;
    if (rows % TURN === 0) {
      report();
      await new Promise((done) => setImmediate(done));
      stopIfAsked(signal);
    }
    if (rows % COMMIT_EVERY === 0) load.file.database.exec('COMMIT; BEGIN');
  }
  stopIfAsked(signal);
  report();
}

function take(load: Load, event: ExportEvent): void {
  switch (event.kind) {
    case 'table':
      if (load.wanted(event.table.name)) {
        load.writers.set(event.table.name, createTableWriter(load.file.database, event.table));
      } else load.leftOut.set(event.table.name, 0);
      return;
    case 'altered':
      load.writers.get(event.table.name)?.alter(event.table);
      return;
    case 'row':
      takeRow(load, event);
      return;
    case 'fault':
      if (event.table !== undefined && load.leftOut.has(event.table)) return;
      reject(load, event);
      return;
    case 'skipped':
      countSkipped(load.skipped, event.what);
  }
}

/** The words come from the file: a file of nonsense must not fill the memory. */
function countSkipped(skipped: Map<string, number>, what: string): void {
  const key = skipped.has(what) || skipped.size < MAX_STATEMENT_KINDS ? what : 'other statements';
  skipped.set(key, (skipped.get(key) ?? 0) + 1);
}

function takeRow(load: Load, row: ExportEvent & { kind: 'row' }): void {
  const writer = load.writers.get(row.table);
  if (writer === undefined) {
    load.leftOut.set(row.table, (load.leftOut.get(row.table) ?? 0) + 1);
    return;
  }
  try {
    writer.insert(row.values);
    writer.loaded += 1;
  } catch (error) {
    if (isDiskFault(error)) throw new BridgeError('invalid_request', DISK, { cause: error });
    reject(load, { ...row, raw: row.raw(), reason: 'SQLite cannot hold one of the values.' });
  }
}

const DISK = 'The SQLite file cannot be written any further: the disk is full, or reports an error.';

function isDiskFault(error: unknown): boolean {
  return /^SQLITE_(FULL|IOERR|READONLY|CORRUPT)/.test(String((error as { code?: unknown } | null)?.code));
}

function reject(load: Load, fault: { table?: string; line: number; reason: string; raw: Buffer }): void {
  load.rejects.add(fault);
  const writer = load.writers.get(fault.table ?? '');
  if (writer !== undefined) writer.rejected += 1;
}

function stopIfAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new BridgeError('invalid_request', 'The load was stopped; nothing of it was kept.');
}

function requireTables(load: Load, { tables }: LoadOptions): void {
  const missing = tables?.filter((table) => !load.writers.has(table)) ?? [];
  const found = [...load.writers.keys(), ...load.leftOut.keys()].slice(0, 50).join(', ') || 'none';
  if (missing.length > 0) {
    throw new BridgeError(
      'invalid_request',
      `The export has no table ${missing.join(', ')}. There are: ${found}.`,
    );
  }
  if (load.writers.size > 0) return;
  throw new BridgeError(
    'invalid_request',
    'There is no table in this export. Is it of the format that was read?',
  );
}

/**
 * A statement holds names that the export gave its tables: `prepare` takes one statement and no more.
 *
 * @returns the names of those that were made
 */
function makeViews({ file }: Load, views: LoadNeeds['views']): string[] {
  return views.map(({ name, sql }) => {
    try {
      file.database.prepare(sql).run();
    } catch (cause) {
      const message = `The view ${name} cannot be made on the tables of this export.`;
      throw new BridgeError('invalid_request', message, { cause });
    }
    return name;
  });
}

function summaryOf({ definition, loaded, rejected }: TableWriter): LoadedTable {
  return { table: definition.name, read: loaded + rejected, loaded, rejected };
}

function remarksOn({ name, columns }: TableDefinition): string[] {
  const generated = columns.filter((column) => column.generated).map((column) => column.name);
  if (generated.length === 0) return [];
  return [
    `${name}: the old database computed ${generated.join(', ')}. Where the export leaves such values out, they are NULL.`,
  ];
}
