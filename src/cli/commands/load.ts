import type { Command } from 'commander';
import { Option } from 'commander';
import { BridgeError } from '../../domain/errors.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../exports/export.ts';
import type { LoadSummary } from '../../exports/load.ts';
import { loadExport } from '../../exports/load-export.ts';
import { openExport } from '../../exports/open-export.ts';
import { needsOf } from '../../inspect/recognise.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { bytes, createProgress } from '../progress.ts';
import { formatTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface Options {
  readonly into: string;
  readonly table: string[];
  readonly replace?: boolean;
  readonly format?: ExportFormat;
  readonly charset?: string;
  readonly delimiter?: string;
  readonly null?: string[];
  readonly json?: boolean;
}

const collect = (value: string, earlier: string[] = []) => [...earlier, value];

export function addLoad(program: Command, run: Run): void {
  program
    .command('load <export>')
    .description(
      'make an SQLite directory out of a dump (.sql), .csv or .ndjson, gzip or not; "-" is standard input',
    )
    .requiredOption('--into <file>', 'the SQLite file; legacy.url is then sqlite:<file>')
    .option(
      '--table <name>',
      'this table alone; may be given several times. Names the table of a CSV',
      collect,
      [],
    )
    .option('--replace', 'replace an existing file')
    .addOption(
      new Option('--format <format>', 'instead of what name and first bytes say').choices([
        ...EXPORT_FORMATS,
      ]),
    )
    .option('--charset <name>', 'instead of what the export says, e.g. utf8mb4, latin1')
    .option('--delimiter <character>', 'of a CSV, instead of the one that is found')
    .option(
      '--null <word>',
      'CSV values that mean NULL; may be given several times (default: \\N, NULL)',
      collect,
    )
    .option('--json', 'the summary as JSON')
    .addHelpText(
      'after',
      `
Rejected rows go to <file>.rejects.ndjson with place, reason and their raw text: your own data, hashes included.
It ends with 1 when a row was rejected or a unique key does not hold: the file is made all the same. It ends with 2
when nothing was made: the export cannot be read to its end, the file is there already, the load was stopped.`,
    )
    .action(async (from: string, options: Options) => {
      const summary = await load(run.terminal, from, options);
      if (options.json) run.terminal.print(JSON.stringify(summary, null, 2));
      else for (const line of describe(summary)) run.terminal.print(line);
      if (summary.rejected > 0 || summary.brokenKeys > 0) run.exitWith(EXIT.failed);
    });
}

async function load(terminal: Terminal, from: string, options: Options): Promise<LoadSummary> {
  const { format, charset, delimiter, table } = options;
  const reader = await openExport(from === '-' ? process.stdin : from, {
    ...(format === undefined ? {} : { format }),
    ...(charset === undefined ? {} : { charset }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter === '\\t' ? '\t' : delimiter }),
    ...(options.null === undefined ? {} : { nullWords: options.null }),
    ...(table[0] === undefined ? {} : { tableName: table[0] }),
  });
  if (reader.format !== 'sql' && table.length > 1) {
    await reader.close();
    throw new BridgeError('invalid_request', 'A CSV or NDJSON file is one table: give --table once.');
  }
  const stopped = new AbortController();
  void terminal.untilStopped().then(() => stopped.abort());
  const progress = createProgress(terminal, {
    label: `Loading ${from}`,
    total: reader.progress().bytesTotal,
    amount: bytes,
  });
  try {
    return await loadExport(reader, options.into, {
      replace: options.replace ?? false,
      signal: stopped.signal,
      ...(table.length === 0 ? {} : { tables: table }),
      needs: needsOf,
      onProgress: ({ bytesRead, rows, rejected }) =>
        progress.update(
          bytesRead,
          `${count(rows)} rows${rejected > 0 ? `, ${count(rejected)} rejected` : ''}`,
        ),
    });
  } finally {
    progress.end();
  }
}

const count = (amount: number) => amount.toLocaleString('en');

function describe(summary: LoadSummary): string[] {
  const { file, tables, views, leftOut, skipped, rejected, rejectsFile, remarks } = summary;
  const rows = tables.map((table) => [
    table.table,
    count(table.read),
    count(table.loaded),
    count(table.rejected),
  ]);
  const statements = Object.entries(skipped).map(([what, times]) => `${what} (${count(times)})`);
  return [
    `${file}:`,
    ...formatTable(['table', 'rows read', 'loaded', 'rejected'], rows).map((line) => `  ${line}`),
    ...views.map(
      (view) => `Made on top of them: the view ${view}, which the configuration of inspect reads.`,
    ),
    ...(leftOut.length === 0
      ? []
      : [
          `Not asked for: ${leftOut.map((table) => `${table.table} (${count(table.rows)} rows)`).join(', ')}`,
        ]),
    ...(statements.length === 0 ? [] : [`Skipped, because they hold no rows: ${statements.join(', ')}`]),
    ...remarks.map((remark) => `Note: ${remark}`),
    ...(rejectsFile === undefined
      ? []
      : [`${count(rejected)} rejected: ${rejectsFile} says where, why and what. It holds your users' data.`]),
  ];
}
