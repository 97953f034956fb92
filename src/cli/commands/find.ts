import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { parse } from 'csv-parse/sync';
import { BridgeError } from '../../domain/errors.ts';
import { searchScheme } from '../../passwords/find-scheme.ts';
import type { FoundPassword, SchemeSearchResult } from '../../passwords/scheme-search.ts';
import { createLogger } from '../../runtime/logger.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { createProgress, type Progress } from '../progress.ts';

interface Options {
  readonly row: string;
  readonly password?: string;
  readonly salt?: string[];
  readonly pepperFile?: string[];
  readonly seconds: string;
  readonly json?: boolean;
}

export function addFind(program: Command, run: Run): void {
  program
    .command('find')
    .description('find out how one person’s password was hashed, by their row and their password')
    .requiredOption(
      '--row <file>',
      'the row: a JSON object, or CSV with a header and one row; - for standard input',
    )
    .option('--password <column>', 'the column of the hash; else every column is looked at')
    .option('--salt <column...>', 'columns that may be mixed in; else every short one')
    .option('--pepper-file <file...>', 'a file with a secret of the legacy app’s configuration')
    .option('--seconds <n>', 'how long to search', '60')
    .option('--json', 'as JSON')
    .action(async (options: Options) => {
      const seconds = Number(options.seconds);
      if (!(seconds > 0 && seconds <= 86_400)) {
        throw new BridgeError('invalid_request', '--seconds is a number from 1 to 86400.');
      }
      const row = readRow(options.row);
      const peppers = (options.pepperFile ?? []).map((file) => readText(file).replace(/\r?\n$/, ''));
      const password = await run.terminal.askSecret('Password of this person: ');
      let progress: Progress | undefined;
      const result = await searchScheme(
        {
          row,
          ...(options.password === undefined ? {} : { passwordColumn: options.password }),
          ...(options.salt === undefined ? {} : { saltColumns: options.salt }),
          peppers,
          password,
          budgetMs: seconds * 1000,
          onProgress({ tried, description, share }) {
            progress ??= createProgress(run.terminal, { label: 'Searching' });
            progress.update(tried, `${description}, ${Math.floor(share * 100)} %`);
          },
        },
        { logger: createLogger('silent'), clock: run.terminal.clock },
      );
      password.fill(0);
      progress?.end();
      if (options.json) run.terminal.print(JSON.stringify(result, null, 2));
      else for (const line of describe(result)) run.terminal.print(line);
      if (result.kind !== 'found') run.exitWith(EXIT.failed);
    });
}

/** @throws BridgeError `invalid_request`; never with anything of the row */
function readRow(file: string): Record<string, string> {
  const text = readText(file === '-' ? 0 : file);
  const read = text.trimStart().startsWith('{') ? readJson(text) : readCsv(text);
  return Object.fromEntries(
    Object.entries(read).map(([column, value]) => [
      column,
      value === null || typeof value === 'object' ? '' : String(value),
    ]),
  );
}

function readText(file: string | 0): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const name = file === 0 ? 'Standard input' : `The file ${file}`;
    throw new BridgeError('invalid_request', `${name} cannot be read.`);
  }
}

function readJson(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    throw new BridgeError('invalid_request', 'The row begins like JSON and is none: give one object.');
  }
}

function readCsv(text: string): object {
  let rows: object[];
  try {
    rows = parse(text, { columns: true, skip_empty_lines: true, bom: true });
  } catch {
    throw new BridgeError('invalid_request', 'The row is neither a JSON object nor CSV that can be read.');
  }
  const [row, ...more] = rows;
  if (row === undefined || more.length > 0) {
    throw new BridgeError(
      'invalid_request',
      'The CSV has a header and one row, of the person whose password it is.',
    );
  }
  return row;
}

function describe(result: SchemeSearchResult): string[] {
  if (result.kind === 'found') {
    return [
      `Found after ${grouped(result.tried)} tries${result.names === undefined ? '' : `: ${result.names}`}.`,
      '',
      'legacy:',
      ...yamlOf(result.configuration),
      '',
      ...result.notes,
      ...result.others.slice(0, 10).flatMap((other) => ['', 'This reads the row as well:', ...yamlOf(other)]),
    ];
  }
  const damaged = result.damaged.map(({ column, damage }) => `${column}: ${damage}.`);
  if (result.kind === 'out-of-time') {
    const rest = `${grouped(result.tried)} tries, ${grouped(result.remaining)} remain`;
    return [`Not found in this time: ${rest}. Give --seconds, or name the columns.`, ...damaged];
  }
  return [
    `Not found after ${grouped(result.tried)} tries. Is it this person's password, and is the legacy app's secret given?`,
    `Covered: ${result.covered.join(', ')}.`,
    ...damaged,
  ];
}

const yamlOf = (configuration: FoundPassword) => [
  '  password:',
  ...Object.entries(configuration).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`),
];

const grouped = (count: number) => count.toLocaleString('en');
