import { type Command, InvalidArgumentError } from 'commander';
import { openBackfill } from '../../compose/carriage.ts';
import type { BackfillCounts, BackfillForecast, BackfillReport } from '../../migration/backfill.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { actorOf, withOffice } from '../office.ts';
import { createProgress } from '../progress.ts';
import { worldOf } from '../world.ts';

interface Options {
  readonly dryRun?: boolean;
  readonly only?: string[];
  readonly rate?: number;
  readonly withHashes?: boolean;
  readonly copy: boolean;
  readonly json?: boolean;
}

const collect = (value: string, earlier: string[] = []) => [...earlier, value];

export function addBackfill(program: Command, run: Run): void {
  program
    .command('backfill <target>')
    .description('copy everybody who has not logged in; interrupted, it goes on where it was')
    .option('--dry-run', 'say what would be done; nothing is written anywhere')
    .option(
      '--only <filter>',
      'attributes.NAME>=YYYY-MM-DD, updated_at>=YYYY-MM-DD, scheme=NAME, id=FROM..TO; may be given several times',
      collect,
    )
    .option('--rate <n>', 'people a second, over all instances', positive)
    .option('--with-hashes', 'with the legacy hashes that the target verifies itself; else the profile alone')
    .option('--no-copy', 'enter people into the ledger alone; "footbridge worker" copies them')
    .option('--json', 'the result as JSON')
    .action((target: string, options: Options) =>
      withOffice(run, async (office, config) => {
        const world = worldOf(run.terminal, 'warn');
        const { backfill, worker } = await openBackfill(config, office, target, options.rate, world);
        const stopping = new AbortController();
        void run.terminal.untilStopped().then(() => stopping.abort());
        const request = {
          only: options.only ?? [],
          withHashes: options.withHashes ?? false,
          copy: options.copy,
          actor: actorOf(run),
        };
        const show = createShow(run, `${options.dryRun ? 'Looking at' : 'Copying to'} ${target}`);
        if (options.dryRun) {
          const forecast = await backfill.foresee(request, stopping.signal, show.update);
          show.end();
          print(run, options, forecast, describeForecast(forecast));
          return;
        }
        if (options.copy) worker.start();
        const report = await backfill.run(request, stopping.signal, show.update);
        show.end();
        print(run, options, report, describe(report));
        if (report.state !== 'done') run.exitWith(EXIT.failed);
      }),
    );
}

/** The bar begins to be drawn once somebody has said how much there is. */
function createShow(run: Run, label: string) {
  let progress: ReturnType<typeof createProgress> | undefined;
  return {
    update(counts: BackfillCounts, total: number | undefined, note: string) {
      if (progress === undefined) {
        const before = counts.read;
        progress = createProgress(run.terminal, { label, before, ...(total === undefined ? {} : { total }) });
      }
      const failed = counts.conflict + counts.parked;
      const notes = [failed > 0 ? `${failed} failed` : '', note].filter((text) => text !== '');
      progress.update(counts.read, notes.join('  '));
    },
    end() {
      progress?.end();
    },
  };
}

function print(run: Run, { json }: Options, result: unknown, lines: readonly string[]): void {
  for (const line of json ? [JSON.stringify(result, null, 2)] : lines) run.terminal.print(line);
}

const ENDS = {
  done: 'Everybody was gone through.',
  stopped: 'Stopped by "footbridge runs stop".',
  left: 'Interrupted: the same command goes on from here.',
  lost: 'Another process has taken this run over.',
} as const;

function describe({ id, state, resumed, counts }: BackfillReport): string[] {
  return [`Run ${id}${resumed ? ', taken up where it was left' : ''}. ${ENDS[state]}`, ...linesOf(counts)];
}

function describeForecast({ counts, foreseen }: BackfillForecast): string[] {
  return [
    'Nothing was written.',
    ...linesOf({ ...counts, waiting: 0 }),
    ...Object.entries(foreseen ?? {}).map(([kind, count]) => `  the target ${said(kind)}: ${count}`),
  ];
}

const said = (kind: string) => kind.replace(/^would-/, 'would ').replaceAll('-', ' ');

const LINES: readonly (readonly [keyof BackfillCounts, string])[] = [
  ['read', 'people read'],
  ['notMeant', 'left out by --only'],
  ['across', 'across already'],
  ['underWay', 'waiting in the ledger already'],
  ['waitsForAdmin', 'parked or in conflict already'],
  ['excluded', 'excluded'],
  ['gone', 'gone'],
  ['entered', 'entered into the ledger'],
  ['withHash', '  of these with their legacy hash'],
  ['copied', 'copied'],
  ['conflict', 'in conflict: the target has a stranger with this e-mail'],
  ['parked', 'parked: the target refuses them'],
  ['waiting', 'left to the courier'],
  ['disabled', 'disabled in legacy: not copied'],
  ['later', 'locked or not ready: tried later'],
];

function linesOf(counts: BackfillCounts): string[] {
  return LINES.filter(([name]) => name === 'read' || counts[name] > 0).map(
    ([name, what]) => `  ${counts[name].toLocaleString('en').padStart(12)}  ${what}`,
  );
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a number above 0.');
}
