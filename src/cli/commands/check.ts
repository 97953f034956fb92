import type { Command } from 'commander';
import { checkDeployment } from '../../compose/check.ts';
import { loadConfig } from '../../config/load.ts';
import type { CheckResult } from '../../domain/check.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { describeCheck } from '../findings.ts';
import { worldOf } from '../world.ts';

export function addCheck(program: Command, run: Run): void {
  program
    .command('check')
    .description('look at the whole deployment and say what to do; writes nothing')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const config = loadConfig(run.configFile(), run.terminal.env);
      const results = await checkDeployment(config, worldOf(run.terminal, 'silent'));
      if (json) run.terminal.print(JSON.stringify(results, null, 2));
      else for (const line of results.flatMap(describeCheck)) run.terminal.print(line);
      run.exitWith(exitCodeFor(results));
    });
}

function exitCodeFor(results: readonly CheckResult[]): number {
  if (results.some(({ level }) => level === 'error')) return EXIT.checkErrors;
  return results.some(({ level }) => level === 'warning') ? EXIT.checkWarnings : EXIT.ok;
}
