import type { Command } from 'commander';
import { BridgeError } from '../../domain/errors.ts';
import type { Run as MigrationRun } from '../../migration/runs.ts';
import type { Run } from '../command.ts';
import { actorOf, withOffice } from '../office.ts';
import { formatTable } from '../table.ts';

const SHOWN = 50;

export function addRuns(program: Command, run: Run): void {
  const runs = program.command('runs').description('backfills and syncs, under way and past');

  runs
    .command('list')
    .description(`the newest ${SHOWN}`)
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) =>
      withOffice(run, async (office) => {
        const found = await office.runs.list({ limit: SHOWN });
        if (json) return run.terminal.print(JSON.stringify(found, null, 2));
        if (found.length === 0) return run.terminal.print('There has been no run.');
        for (const line of tableOf(found)) run.terminal.print(line);
      }),
    );

  runs
    .command('show <run>')
    .description('one run and its figures')
    .option('--json', 'as JSON')
    .action((id: string, { json }: { json?: boolean }) =>
      withOffice(run, async (office) => {
        const found = await office.runs.find(id);
        if (found === undefined) {
          throw new BridgeError('not_found', `There is no run "${id}"; "footbridge runs list" shows them.`);
        }
        if (json) return run.terminal.print(JSON.stringify(found, null, 2));
        for (const line of describe(found)) run.terminal.print(line);
      }),
    );

  runs
    .command('stop <run>')
    .description('end a run after the page it is at; what was copied stays')
    .action((id: string) =>
      withOffice(run, async (office) => {
        const how = await office.runs.stop(id, actorOf(run));
        run.terminal.print(how === 'stopped' ? `${id}: stopped` : `${id}: stops after the page it is at`);
      }),
    );
}

function tableOf(runs: readonly MigrationRun[]): string[] {
  return formatTable(
    ['run', 'kind', 'target', 'state', 'began', 'ended', 'by', 'reason'],
    runs.map((one) => [
      one.id,
      one.kind,
      one.target,
      stateOf(one),
      moment(one.startedAt),
      one.endedAt === null ? '' : moment(one.endedAt),
      one.actor,
      one.reason ?? '',
    ]),
  );
}

function describe(one: MigrationRun): string[] {
  return [
    `${one.id}: ${one.kind} to ${one.target}, ${stateOf(one)}${one.reason === null ? '' : ` (${one.reason})`}`,
    `  began    ${moment(one.startedAt)} by ${one.actor}`,
    `  last     ${moment(one.updatedAt)}`,
    `  ended    ${one.endedAt === null ? 'not yet' : moment(one.endedAt)}`,
    `  options  ${JSON.stringify(one.options)}`,
    ...Object.entries(one.counters).map(
      ([name, count]) => `  ${count.toLocaleString('en').padStart(12)}  ${name}`,
    ),
  ];
}

/** A run that nobody is at was interrupted; the same command takes it up. */
const stateOf = ({ state, attended }: MigrationRun) =>
  state === 'running' && !attended ? 'interrupted' : state;

const moment = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
