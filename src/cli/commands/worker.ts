import type { Command } from 'commander';
import { createCourier } from '../../compose/courier.ts';
import { loadConfig } from '../../config/load.ts';
import type { Run } from '../command.ts';
import { worldOf } from '../world.ts';

export function addWorker(program: Command, run: Run): void {
  program
    .command('worker')
    .description('run the courier alone: copies captured people to their targets')
    .option('--once', 'copy what is due and end')
    .action(async (options: { once?: boolean }) => {
      const config = loadConfig(run.configFile(), run.terminal.env);
      const courier = await createCourier(config, worldOf(run.terminal, config.logLevel));
      try {
        if (options.once) {
          run.terminal.print(`${await courier.runOnce()} copies settled.`);
          return;
        }
        courier.start();
        run.terminal.print('The courier is running.');
        await run.terminal.untilStopped();
      } finally {
        await courier.close();
      }
    });
}
