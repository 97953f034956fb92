import type { Command } from 'commander';
import { type Office, openOffice } from '../../compose/office.ts';
import { loadConfig } from '../../config/load.ts';
import type { LedgerCount } from '../../ledger/ledger.ts';
import type { Run } from '../command.ts';
import { formatTable } from '../table.ts';
import { worldOf } from '../world.ts';

interface Status {
  readonly clients: { client_id: string; mode: string; target: string | null }[];
  readonly ledger: LedgerCount[];
  readonly oldestWaitingSeconds: number | null;
  readonly targets: { target: string; closedForSeconds: number; failures: number; reason: string | null }[];
  readonly unverifiable: { directory: string; shape: string; people: number; legacyIds: string[] }[];
}

export function addStatus(program: Command, run: Run): void {
  program
    .command('status')
    .description('who is across, who is waiting, what fails and why')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const config = loadConfig(run.configFile(), run.terminal.env);
      const office = await openOffice(config, worldOf(run.terminal, 'warn'));
      try {
        const status = await readStatus(office);
        if (json) run.terminal.print(JSON.stringify(status, null, 2));
        else for (const line of describe(status)) run.terminal.print(line);
      } finally {
        await office.close();
      }
    });
}

async function readStatus(office: Office): Promise<Status> {
  const now = await office.store.now();
  const oldest = await office.ledger.oldestWaiting();
  const seconds = (ms: number) => Math.max(0, Math.round(ms / 1000));
  return {
    clients: (await office.clients.list()).map(({ metadata, migration }) => ({
      client_id: metadata.client_id,
      mode: migration.mode,
      target: migration.target ?? null,
    })),
    ledger: await office.ledger.counts(),
    oldestWaitingSeconds: oldest === undefined ? null : seconds(now - oldest),
    targets: (await office.circuit.states()).map(({ target, closedUntil, failures, reason }) => ({
      target,
      closedForSeconds: seconds(closedUntil - now),
      failures,
      reason,
    })),
    unverifiable: await office.unverifiable.summary(),
  };
}

function describe(status: Status): string[] {
  return [
    ...section(
      'Clients',
      ['client_id', 'mode', 'target'],
      status.clients.map(({ client_id, mode, target }) => [client_id, mode, target ?? '']),
      'No clients yet: footbridge client add <client_id> ...',
    ),
    ...section(
      'People in the ledger',
      ['target', 'state', 'people', 'reason'],
      status.ledger.map(({ target, state, count, reason }) => [target, state, String(count), reason ?? '']),
      'Nobody has been captured yet: a login of a client in mode "lazy" is what captures.',
    ),
    ...(status.oldestWaitingSeconds === null ? [] : [`Oldest waiting: ${status.oldestWaitingSeconds} s`, '']),
    ...section(
      'Targets that failed lately',
      ['target', 'failures', 'left alone for', 'reason'],
      status.targets
        .filter(({ failures, closedForSeconds }) => failures > 0 || closedForSeconds > 0)
        .map(({ target, failures, closedForSeconds, reason }) => [
          target,
          String(failures),
          `${closedForSeconds} s`,
          reason ?? '',
        ]),
      'None.',
    ),
    ...section(
      'Passwords that could not be verified',
      ['directory', 'people', 'what the column looks like', 'rows'],
      status.unverifiable.map(({ directory, people, shape, legacyIds }) => [
        directory,
        String(people),
        shape,
        legacyIds.join(', ') + (people > legacyIds.length ? ', ...' : ''),
      ]),
      'None.',
    ),
  ];
}

function section(title: string, header: string[], rows: string[][], empty: string): string[] {
  return [title, ...(rows.length === 0 ? [empty] : formatTable(header, rows)).map((line) => `  ${line}`), ''];
}
