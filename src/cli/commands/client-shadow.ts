import type { Command } from 'commander';
import { BridgeError } from '../../domain/errors.ts';
import type { ShadowReport } from '../../ledger/shadow-records.ts';
import type { Run } from '../command.ts';
import { withOffice } from '../office.ts';
import { formatTable } from '../table.ts';

export function addClientShadow(client: Command, run: Run): void {
  client
    .command('shadow <client_id>')
    .description('what shadow has found out about the client’s target')
    .option('--json', 'as JSON')
    .action((clientId: string, { json }: { json?: boolean }) =>
      withOffice(run, async ({ clients, shadow }) => {
        const doubts = await clients.doubtsAboutCutover(clientId);
        const target = (await clients.find(clientId))?.migration.target;
        if (target === undefined) {
          const message = `Client "${clientId}" has no target, so there is nothing to look at in shadow.`;
          throw new BridgeError('invalid_request', message);
        }
        const report = await shadow.report(target);
        if (json) return run.terminal.print(JSON.stringify({ ...report, doubts }, null, 2));
        for (const line of describe(report, doubts)) run.terminal.print(line);
      }),
    );
}

function describe({ target, people, problems, groups, rehashes }: ShadowReport, doubts: string[]): string[] {
  const problemRows = groups.map((group) => [
    group.problem,
    String(group.people),
    group.reason ?? '',
    group.examples.map(({ directory, legacyId }) => `${directory}:${legacyId}`).join(' '),
  ]);
  const rehashRows = rehashes.map(({ scheme, trait, tried, mismatched }) => [
    scheme,
    trait,
    String(tried),
    String(mismatched),
  ]);
  return [
    `Target ${target}: ${people} people seen, ${problems} of them could not be copied as they are.`,
    ...(problemRows.length === 0
      ? []
      : ['', ...formatTable(['problem', 'people', 'why', 'such as'], problemRows)]),
    ...(rehashRows.length === 0
      ? []
      : ['', ...formatTable(['scheme', 'passwords', 'rehashes tried', 'did not open'], rehashRows)]),
    '',
    ...(doubts.length === 0 ? ['Clean: nothing speaks against cutover.'] : doubts),
  ];
}
