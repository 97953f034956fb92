import type { Command } from 'commander';
import { createBridge } from '../../compose/bridge.ts';
import { parseConfig } from '../../config/load.ts';
import type { DemoConfig } from '../../demo/configuration.ts';
import { runDemo } from '../../demo/demo.ts';
import type { Run } from '../command.ts';
import { worldOf } from '../world.ts';

const portNumber = (text: string) => Number.parseInt(text, 10);

export function addDemo(program: Command, run: Run): void {
  program
    .command('demo')
    .description('show the whole story on this machine: a legacy table, the bridge and a small new platform')
    .option('--once', 'tell the story without a browser, for every person, and end with a table')
    .option('--port <port>', 'of the bridge (default: 4000, or a free one)', portNumber)
    .option('--platform-port <port>', 'of the new platform (default: 4100, or a free one)', portNumber)
    .option(
      '--folder <folder>',
      'where the databases go and stay (default: a temporary one, removed at the end)',
    )
    .action(async (options: { once?: boolean; port?: number; platformPort?: number; folder?: string }) => {
      const { terminal } = run;
      const world = worldOf(terminal, 'warn');
      const startBridge = async (raw: DemoConfig) => {
        const bridge = await createBridge(parseConfig(raw), world);
        try {
          const { adminLink } = await bridge.listen({ worker: true });
          return { origin: raw.issuer, adminLink, close: bridge.close };
        } catch (error) {
          await bridge.close();
          throw error;
        }
      };
      const { logger, random } = world;
      const { once = false, ...places } = options;
      const untilStopped = () => terminal.untilStopped();
      run.exitWith(
        await runDemo(
          { once, ...places, out: terminal.print },
          { startBridge, logger, random, untilStopped },
        ),
      );
    });
}
