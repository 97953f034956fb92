import type { Command } from 'commander';
import { issueAdminLink } from '../../compose/admin.ts';
import { BridgeError } from '../../domain/errors.ts';
import type { Run } from '../command.ts';
import { actorOf, withOffice } from '../office.ts';
import { worldOf } from '../world.ts';

export function addAdmin(program: Command, run: Run): void {
  const admin = program.command('admin').description('the way into the admin console');

  admin
    .command('link')
    .description('print a link that lets one person in, once, within 15 minutes')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) =>
      withOffice(run, async (office, config) => {
        const { admin: options } = config;
        if (options === undefined) {
          const message = 'The configuration has no "admin", so the console is not served. Add: admin: {}';
          throw new BridgeError('configuration_invalid', message);
        }
        const world = worldOf(run.terminal, 'warn');
        const link = await issueAdminLink({ ...config, admin: options }, office, world, actorOf(run));
        run.terminal.print(json ? JSON.stringify({ link: link.href }) : link.href);
        run.terminal.complain('Good for one person, once, within 15 minutes.');
      }),
    );
}
