import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import type { Run } from './command.ts';
import { addAdmin } from './commands/admin.ts';
import { addBackfill } from './commands/backfill.ts';
import { addCheck } from './commands/check.ts';
import { addClient } from './commands/client.ts';
import { addDemo } from './commands/demo.ts';
import { addFind } from './commands/find.ts';
import { addInspect } from './commands/inspect.ts';
import { addLedger } from './commands/ledger.ts';
import { addLoad } from './commands/load.ts';
import { addReport } from './commands/report.ts';
import { addRuns } from './commands/runs.ts';
import { addSchemes } from './commands/schemes.ts';
import { addServe } from './commands/serve.ts';
import { addStatus } from './commands/status.ts';
import { addSync } from './commands/sync.ts';
import { addTry } from './commands/try.ts';
import { addWorker } from './commands/worker.ts';
import { EXIT, EXIT_CODES_HELP, exitCodeOf } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** In the order of the help: what runs, what sets up, what looks, what acts. */
const COMMANDS = [
  addServe,
  addWorker,
  addDemo,
  addInspect,
  addLoad,
  addCheck,
  addTry,
  addFind,
  addSchemes,
  addClient,
  addStatus,
  addLedger,
  addReport,
  addBackfill,
  addSync,
  addRuns,
  addAdmin,
] as const;

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
  for (const add of COMMANDS) add(program, run);

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

/** `package.json` lies two folders above, in the source tree as in the published package. */
function versionOf(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version: unknown }).version);
}

/** Drivers put SQL and values into their messages; their codes say enough. */
function causeOf(cause: Error & { code?: unknown }): string {
  return typeof cause.code === 'string' ? cause.code : cause.name;
}
