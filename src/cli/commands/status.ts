import type { Command } from 'commander';
import { readStatus, type Status } from '../../report/read-status.ts';
import type { Run } from '../command.ts';
import { withOffice } from '../office.ts';
import { switchesText } from '../switch-text.ts';
import { formatTable } from '../table.ts';

export function addStatus(program: Command, run: Run): void {
  program
    .command('status')
    .description('who is across, who is waiting, what fails and why, and until when it will take')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
Active people are those who logged in within the last 30 days. The forecast is about people who will log in sooner or
later: it is fitted to how the newcomers of a day become fewer, over up to 56 whole days (UTC), and is not given before
that can be told from chance. A changed percentage or another client shifts it: it then needs some days to be right again.
Somebody whom a backfill brought with a legacy hash that the target takes is across; somebody of whom it brought the profile
alone is not, before they log in.`,
    )
    .action(({ json }: { json?: boolean }) =>
      withOffice(run, async (office) => {
        const status = await readStatus(office);
        if (json) run.terminal.print(JSON.stringify(status, null, 2));
        else for (const line of describe(status)) run.terminal.print(line);
      }),
    );
}

function describe(status: Status): string[] {
  return [
    ...section(
      'Clients',
      ['client_id', 'mode', 'target'],
      status.clients.map(({ client_id, target, migration }) => [
        client_id,
        switchesText(migration),
        target ?? '',
      ]),
      'No clients yet: footbridge client add <client_id> ...',
    ),
    ...section(
      'People in the ledger',
      ['client_id', 'target', 'state', 'people'],
      status.people.map(({ client_id, target, state, count }) => [client_id, target, state, grouped(count)]),
      'Nobody has been captured yet: a login of a client in mode "lazy" is what captures.',
    ),
    ...section(
      'By scheme of the legacy password',
      ['target', 'scheme', 'people', 'copied'],
      status.schemes.map(({ target, scheme, people, copied }) => [
        target,
        scheme ?? '(no login yet)',
        grouped(people),
        grouped(copied),
      ]),
      'Nobody yet.',
    ),
    ...status.migration.flatMap(describeMigration),
    'Who stays behind, and what to do',
    ...(status.reasons.length === 0 ? ['  Nobody.'] : status.reasons.flatMap(describeReason)),
    '',
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

type MigrationStatus = Status['migration'][number];

function describeMigration({ target, oldestWaitingSeconds, ...rest }: MigrationStatus): string[] {
  const { active, copiesByHour, forecast } = rest;
  const copies = copiesByHour.reduce((sum, hour) => sum + hour.copies, 0);
  const busiest = Math.max(0, ...copiesByHour.map((hour) => hour.copies));
  const waiting =
    oldestWaitingSeconds === null
      ? 'Nobody is waiting.'
      : `The oldest that waits: ${duration(oldestWaitingSeconds)}.`;
  return [
    `To ${target}`,
    `  ${waiting}`,
    `  Copies of the last 24 hours: ${grouped(copies)}, at most ${grouped(busiest)} in an hour.`,
    `  Active (logged in within ${active.days} days): ${grouped(active.people)}, of whom ${acrossOf(active)}.`,
    ...describeForecast(forecast).map((line) => `  ${line}`),
    '',
  ];
}

function describeForecast(forecast: MigrationStatus['forecast']): string[] {
  if (forecast.kind !== 'fitted') return [`No forecast. ${forecast.why}`];
  const { activePeople, byBackfill, halvingDays, days, milestones } = forecast;
  const brought = byBackfill === 0 ? '' : `, ${grouped(byBackfill)} of them brought by a backfill,`;
  return [
    `Forecast, from ${days} days: about ${grouped(activePeople)} people${brought} are across in the end; newcomers halve in ${halvingDays} days.`,
    ...milestones.map((one) => {
      if (one.kind === 'expected')
        return `  ${one.percent} % by ${one.day} (${one.earliest} to ${one.latest})`;
      return `  ${one.percent} % reached${one.day === null ? '' : ` on ${one.day}`}`;
    }),
  ];
}

function describeReason({ target, state, reason, people, remedy }: Status['reasons'][number]): string[] {
  return [`  ${grouped(people)} ${state} at ${target}: ${reason}`, `    ${remedy}`];
}

function section(title: string, header: string[], rows: string[][], empty: string): string[] {
  return [title, ...(rows.length === 0 ? [empty] : formatTable(header, rows)).map((line) => `  ${line}`), ''];
}

/** Some of very many are looked at: said as what it is. */
function acrossOf({ people, lookedAt, across }: MigrationStatus['active']): string {
  const share = percentOf(across, lookedAt);
  if (lookedAt === people) return `${grouped(across)} are across${share}`;
  return `${grouped(lookedAt)} were looked at and ${grouped(across)} of these are across${share}`;
}

function percentOf(part: number, whole: number): string {
  return whole === 0 ? '' : ` (${Math.floor((100 * part) / whole)} %)`;
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} days`;
}

const grouped = (count: number) => count.toLocaleString('en');
