import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { openTables } from '../../compose/tables.ts';
import { writeYaml } from '../../config/write.ts';
import { BridgeError } from '../../domain/errors.ts';
import { DEFAULT_ISSUER, proposeConfiguration } from '../../inspect/configuration.ts';
import { inspect } from '../../inspect/inspect.ts';
import type { Inspection } from '../../inspect/inspection.ts';
import type { Run } from '../command.ts';
import { describeCheck } from '../findings.ts';
import { bytes, createProgress, type Progress } from '../progress.ts';
import { formatTable } from '../table.ts';
import { worldOf } from '../world.ts';

/** What is kept of each row fits in memory a hundred thousand times. */
const MAX_ROWS = 100_000;
const DEFAULT_ROWS = '10000';
const KEY_BYTES = 32;

interface Options {
  readonly table?: string;
  readonly rows: number;
  readonly write?: string;
  readonly issuer: string;
  readonly json?: boolean;
}

export function addInspect(program: Command, run: Run): void {
  program
    .command('inspect [source]')
    .description(
      'find out what an old user table means and propose a configuration; reads alone. The source is a URL (mysql: ' +
        'postgres: sqlite:) or an exported file (.sql, .csv, .ndjson, also gzipped); default: $LEGACY_DATABASE_URL',
    )
    .option('--table <name>', 'the table of users, if it is another than the tool would take')
    .option(
      '--rows <number>',
      'how many rows to look at, half of them the newest',
      rowCount,
      rowCount(DEFAULT_ROWS),
    )
    .option('--write <file>', 'write the configuration, and a new secret key beside it where there is none')
    .option('--issuer <url>', 'the address that the new platform will see', DEFAULT_ISSUER)
    .option('--json', 'as JSON')
    .action((source: string | undefined, options: Options) => inspectSource(run, source, options));
}

async function inspectSource(run: Run, source: string | undefined, options: Options): Promise<void> {
  const { terminal } = run;
  const where = source ?? terminal.env.LEGACY_DATABASE_URL;
  if (where === undefined) {
    const message =
      'Name what to inspect: a database URL or an exported file. LEGACY_DATABASE_URL is not set.';
    throw new BridgeError('invalid_request', message);
  }
  let reading: Progress | undefined;
  const folder = options.write === undefined ? '.' : dirname(options.write);
  const tables = openTables(where, folder, worldOf(terminal, 'silent'), (read, total) => {
    reading ??= createProgress(terminal, { label: `Reading ${where}`, total, amount: bytes });
    reading.update(read);
  });
  try {
    const inspection = await inspect(tables.source, { table: options.table, maxRows: options.rows });
    terminal.statusLine?.('');
    const proposed = proposeConfiguration(inspection, tables.place, { issuer: options.issuer, folder });
    const yaml = writeYaml(proposed.configuration, proposed.comments, proposed.head);
    if (options.json) {
      terminal.print(JSON.stringify({ ...inspection, configuration: proposed.configuration }, null, 2));
    } else {
      for (const line of describe(inspection)) terminal.print(line);
      if (options.write === undefined) terminal.print(yaml);
    }
    if (options.write === undefined) return;
    write(options.write, yaml, run);
    for (const line of nextSteps(options.write, tables.load)) terminal.complain(line);
  } finally {
    await tables.source.close();
  }
}

function describe({
  table,
  software,
  alternatives,
  rowsRead,
  rowsTotal,
  census,
  findings,
  notes,
}: Inspection): string[] {
  const total =
    rowsTotal === undefined || rowsTotal <= rowsRead ? '' : ` of about ${rowsTotal.toLocaleString('en')}`;
  return [
    `Table ${table.name}${software === undefined ? '' : ` (${software})`}: ${rowsRead.toLocaleString('en')}${total} rows read.`,
    ...(alternatives.length > 0
      ? [`Other tables that look like people: ${alternatives.join(', ')} (choose with --table).`]
      : []),
    ...notes,
    '',
    'Passwords',
    ...formatTable(
      ['people', 'how', 'judgement', ''],
      census.map(({ what, people, judgement, note }) => [String(people), what, judgement, note ?? '']),
    ).map((line) => `  ${line}`),
    '',
    'Findings',
    ...findings.flatMap(describeCheck).map((line) => `  ${line}`),
    '',
  ];
}

/** The file may be read by whoever runs the bridge alone: it says where the people are. */
function write(file: string, yaml: string, { terminal }: Run): void {
  if (existsSync(file)) {
    throw new BridgeError(
      'already_exists',
      `${file} is there already; nothing was written. Name another file, or move it away.`,
    );
  }
  writeFileSync(file, yaml, { mode: 0o600, flag: 'wx' });
  const key = join(dirname(file), 'footbridge.key');
  if (existsSync(key)) return;
  writeFileSync(key, `${terminal.random(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
}

function nextSteps(file: string, load: string | undefined): string[] {
  const config = `--config ${file}`;
  return [
    `Written: ${file}. What next:`,
    ...(load === undefined ? [] : [`  ${load}`]),
    `  footbridge ${config} check`,
    `  footbridge ${config} try LOGIN`,
    `  footbridge ${config} serve`,
  ];
}

function rowCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MAX_ROWS) return count;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MAX_ROWS}.`);
}
