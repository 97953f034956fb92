import type { Command } from 'commander';
import { openSyncCommand } from '../../compose/courier.ts';
import type { Office } from '../../compose/office.ts';
import { BridgeError } from '../../domain/errors.ts';
import { SYNC_COUNTS, type Sync, type SyncCounts, type SyncReport } from '../../migration/sync.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { actorOf, withOffice } from '../office.ts';
import { createProgress } from '../progress.ts';
import { worldOf } from '../world.ts';

interface Options {
  readonly changes?: boolean;
  readonly acceptDeletions?: string;
  readonly json?: boolean;
}

export function addSync(program: Command, run: Run): void {
  program
    .command('sync [target]')
    .description('carry later changes across: profiles, e-mails, disables, deletions; to one target or all')
    .option('--changes', 'what changed since the last time alone; deletions are not looked for')
    .option(
      '--accept-deletions <run>',
      'an explicit yes to a run that waits because too many people are gone',
    )
    .option('--json', 'the result as JSON')
    .action((target: string | undefined, options: Options) =>
      withOffice(run, async (office, config) => {
        const only = await targetOf(office, target, options);
        const syncs = await openSyncCommand(config, office, only, worldOf(run.terminal, 'warn'));
        const reports = await runAll(run, syncs, options);
        const lines = options.json ? [JSON.stringify(reports, null, 2)] : reports.flatMap(describe);
        for (const line of lines) run.terminal.print(line);
        if (reports.some(({ state, counts }) => state !== 'done' || counts.failed > 0))
          run.exitWith(EXIT.failed);
      }),
    );
}

type Reported = SyncReport & { readonly target: string };

/** An accepted run says by itself which target it is for. */
async function targetOf(
  { runs }: Office,
  target: string | undefined,
  { acceptDeletions: id }: Options,
): Promise<string | undefined> {
  if (id === undefined) return target;
  const found = await runs.find(id);
  if (found !== undefined) return found.target;
  throw new BridgeError('not_found', `There is no run "${id}"; "footbridge runs list" shows them.`);
}

async function runAll(run: Run, syncs: ReadonlyMap<string, Sync>, options: Options): Promise<Reported[]> {
  const stopping = new AbortController();
  void run.terminal.untilStopped().then(() => stopping.abort());
  const { changes, acceptDeletions: accepted } = options;
  const request = { full: !changes, actor: actorOf(run), ...(accepted === undefined ? {} : { accepted }) };
  const reports: Reported[] = [];
  for (const [target, sync] of syncs) {
    const progress = createProgress(run.terminal, { label: `Comparing with ${target}` });
    const show = ({ read }: SyncCounts, _total: number | undefined, note: string) =>
      progress.update(read, note);
    const report = await sync.run(request, stopping.signal, show);
    progress.end();
    reports.push({ target, ...report });
  }
  return reports;
}

const ENDS = {
  done: 'done',
  held: 'waits for your yes',
  stopped: 'stopped by "footbridge runs stop"',
  left: 'interrupted: the next sync sees the same changes',
} as const;

const SAID: Record<(typeof SYNC_COUNTS)[number], string> = {
  read: 'people read',
  unchanged: 'as they were',
  updated: 'updated',
  passwords: 'of these with a new legacy password, sent as it is',
  drifted:
    'with a new legacy password that could not be sent as it is: "footbridge ledger list" says what follows',
  reopened: 'of these back again',
  notCopied: 'changed, but their client’s migration is off',
  heldBack: 'disabled or deleted, but their client’s migration is off: carried once it is on again',
  conflict: 'in conflict: the target has a stranger with this e-mail',
  parked: 'parked: the target refuses them',
  waiting: 'left to the courier',
  disabled: 'disabled',
  deleted: 'deleted',
  failed: 'could not be locked out or removed at the target: tried again by the next sync',
};

function describe({ target, id, state, counts, reason }: Reported): string[] {
  return [
    `${target}: run ${id} ${ENDS[state]}.`,
    ...(reason === undefined
      ? []
      : [
          `  ${reason}`,
          `  Yes: footbridge sync --accept-deletions ${id}`,
          `  No:  footbridge runs stop ${id}`,
        ]),
    ...SYNC_COUNTS.filter((name) => name === 'read' || counts[name] > 0).map(
      (name) => `  ${counts[name].toLocaleString('en').padStart(12)}  ${SAID[name]}`,
    ),
  ];
}
