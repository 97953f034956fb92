import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import type { Run } from './command.ts';
import { EXIT, EXIT_CODES_HELP, exitCodeOf } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

type AddCommand = (program: Command, run: Run) => void;

/**
 * In the order of the help: what runs, what sets up, what looks, what acts. Each is loaded when it is asked for, since the
 * rooms of all of them take longer to load than most commands to run.
 */
const COMMANDS: readonly (readonly [string, () => Promise<AddCommand>])[] = [
  ['serve', async () => (await import('./commands/serve.ts')).addServe],
  ['worker', async () => (await import('./commands/worker.ts')).addWorker],
  ['demo', async () => (await import('./commands/demo.ts')).addDemo],
  ['inspect', async () => (await import('./commands/inspect.ts')).addInspect],
  ['load', async () => (await import('./commands/load.ts')).addLoad],
  ['check', async () => (await import('./commands/check.ts')).addCheck],
  ['try', async () => (await import('./commands/try.ts')).addTry],
  ['find', async () => (await import('./commands/find.ts')).addFind],
  ['schemes', async () => (await import('./commands/schemes.ts')).addSchemes],
  ['client', async () => (await import('./commands/client.ts')).addClient],
  ['status', async () => (await import('./commands/status.ts')).addStatus],
  ['ledger', async () => (await import('./commands/ledger.ts')).addLedger],
  ['report', async () => (await import('./commands/report.ts')).addReport],
  ['backfill', async () => (await import('./commands/backfill.ts')).addBackfill],
  ['sync', async () => (await import('./commands/sync.ts')).addSync],
  ['runs', async () => (await import('./commands/runs.ts')).addRuns],
  ['admin', async () => (await import('./commands/admin.ts')).addAdmin],
];

/**
 * Runs one command line.
 *
 * @param args without the names of node and the program
 * @returns the exit code
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = new Command('footbridge')
    .description(
      'An OpenID Connect provider in front of an old user table, from which people move one login at a time.',
    )
    .option('-c, --config <file>', 'the configuration', terminal.env.FOOTBRIDGE_CONFIG ?? 'footbridge.yaml')
    .version(versionOf(), '--version')
    .showSuggestionAfterError()
    .addHelpText('after', EXIT_CODES_HELP)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.complain(text.trimEnd()),
    });
  const run: Run = {
    terminal,
    configFile: () => program.opts<{ config: string }>().config,
    exitWith: (code) => {
      exitCode = code;
    },
  };
  for (const add of await commandsFor(args)) add(program, run);

  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    terminal.complain(`footbridge: ${error instanceof Error ? error.message : String(error)}`);
    const cause = error instanceof Error && error.cause instanceof Error ? causeOf(error.cause) : undefined;
    if (cause !== undefined) terminal.complain(`  cause: ${cause}`);
    return exitCodeOf(error);
  }
}

/** Those that are words of the line; all, for the help, where none is. */
function commandsFor(args: readonly string[]): Promise<readonly AddCommand[]> {
  const named = COMMANDS.filter(([name]) => args.includes(name));
  return Promise.all((named.length === 0 ? COMMANDS : named).map(([, load]) => load()));
}

/** `package.json` lies two folders above, in the source tree as in the published package. */
function versionOf(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version: unknown }).version);
}

/** Drivers put SQL and values into their messages; their codes say enough. */
function causeOf(cause: Error & { code?: unknown }): string {
  return typeof cause.code === 'string' ? cause.code : cause.name;
}
