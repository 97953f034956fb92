import type { Command } from 'commander';
import { openDirectoryTable } from '../../compose/tables.ts';
import { loadConfig } from '../../config/load.ts';
import { BridgeError } from '../../domain/errors.ts';
import { columnNamed, findPerson, sampleOf } from '../../inspect/find-person.ts';
import type { SchemeSearch } from '../../passwords/scheme-search.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { readRowFile } from '../row-file.ts';
import { describeSearch, readPeppers, searchWithPassword } from '../search.ts';
import { worldOf } from '../world.ts';

interface Options {
  readonly row?: string;
  readonly login?: string;
  readonly password?: string;
  readonly salt?: string[];
  readonly pepperFile?: string[];
  readonly seconds: string;
  readonly json?: boolean;
}

type Person = Pick<SchemeSearch, 'row' | 'passwordColumn' | 'peppers' | 'otherRows'>;

export function addFind(program: Command, run: Run): void {
  program
    .command('find')
    .description('find out how one person’s password was hashed, by their row and their password')
    .option('--row <file>', 'the row: a JSON object, or CSV or NDJSON that holds this row alone')
    .option('--login <name>', 'the row of this person in the configured legacy directory')
    .option('--password <column>', 'the column of the hash; else the configured one, or every column')
    .option('--salt <column...>', 'columns that may be mixed in; else every short one')
    .option('--pepper-file <file...>', 'a file with a secret of the legacy app’s configuration')
    .option('--seconds <n>', 'how long to search', '60')
    .option('--json', 'as JSON')
    .action((options: Options) => find(run, options));
}

async function find(run: Run, options: Options): Promise<void> {
  const seconds = Number(options.seconds);
  if (!(seconds > 0 && seconds <= 86_400)) {
    throw new BridgeError('invalid_request', '--seconds is a number from 1 to 86400.');
  }
  const { peppers = [], ...person } = await readPerson(run, options);
  const result = await searchWithPassword(run.terminal, {
    ...person,
    ...(options.password === undefined ? {} : { passwordColumn: options.password }),
    ...(options.salt === undefined ? {} : { saltColumns: options.salt }),
    peppers: [...readPeppers(options.pepperFile), ...peppers],
    budgetMs: seconds * 1000,
  });
  if (options.json) run.terminal.print(JSON.stringify(result, null, 2));
  else for (const line of describeSearch(result)) run.terminal.print(line);
  if (result.kind !== 'found') run.exitWith(EXIT.failed);
}

async function readPerson(run: Run, { row, login }: Options): Promise<Person> {
  if (row !== undefined && login === undefined) return { row: await readRowFile(row) };
  if (login !== undefined && row === undefined) return await readConfigured(run, login);
  throw new BridgeError(
    'invalid_request',
    'Give the row by --row FILE, or by --login NAME, and not by both.',
  );
}

/** The first directory that knows the name decides, as in a login. */
async function readConfigured({ terminal, configFile }: Run, login: string): Promise<Person> {
  const { legacy } = loadConfig(configFile(), terminal.env);
  for (const options of legacy) {
    const { source, table: name } = openDirectoryTable(options, worldOf(terminal, 'silent'));
    try {
      const tables = (await source.tables()).map(({ definition }) => definition);
      const table = tables.find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (table === undefined) {
        const message = `legacy.table: there is no table ${options.table} that may be read. Give the row by --row.`;
        throw new BridgeError('configuration_invalid', message);
      }
      const row = await findPerson(source, table, options.login, login);
      if (row === undefined) continue;
      return {
        row,
        passwordColumn: columnNamed(table, options.password.column) ?? options.password.column,
        ...(options.password.pepper === undefined ? {} : { peppers: [options.password.pepper.reveal()] }),
        otherRows: await sampleOf(source, table),
      };
    } finally {
      await source.close();
    }
  }
  const columns = [...new Set(legacy.flatMap((options) => options.login))].join(', ');
  throw new BridgeError('not_found', `Nobody is called that in ${columns}.`);
}
