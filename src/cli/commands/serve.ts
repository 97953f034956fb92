import type { Command } from 'commander';
import { createBridge } from '../../compose/bridge.ts';
import { loadConfig } from '../../config/load.ts';
import type { Run } from '../command.ts';
import { worldOf } from '../world.ts';

export function addServe(program: Command, run: Run): void {
  program
    .command('serve')
    .description('run the bridge: the OpenID Connect provider and, unless told otherwise, the courier')
    .option('--no-worker', 'leave the copying to "footbridge worker" processes')
    .action(async (options: { worker: boolean }) => {
      const config = loadConfig(run.configFile(), run.terminal.env);
      const bridge = await createBridge(config, worldOf(run.terminal, config.logLevel));
      try {
        const { port, adminLink } = await bridge.listen({ worker: options.worker });
        run.terminal.print(`Footbridge serves ${config.issuer} on ${config.server.host}:${port}.`);
        if (config.admin !== undefined) {
          run.terminal.print(`The admin console is on ${config.admin.host}:${config.admin.port}.`);
        }
        if (adminLink !== undefined) {
          run.terminal.print(`Log in as its first admin, once, within 15 minutes: ${adminLink.href}`);
        }
        await run.terminal.untilStopped();
      } finally {
        await bridge.close();
      }
    });
}
